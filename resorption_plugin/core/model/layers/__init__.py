"""One file per layer; each declares ``LAYER``."""
