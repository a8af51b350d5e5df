"""Figures for people who decide: each with the sentence that defines it, and its unknown share."""
