"""One file a correction."""
