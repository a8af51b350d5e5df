"""Benchmarks against peers, one file each."""
