"""Corrections offered where the right answer is certain. The officer sees each before it is made, and can undo it."""
