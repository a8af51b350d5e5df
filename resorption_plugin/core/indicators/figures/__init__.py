"""One file per family of figures; each lists what it declares in ``INDICATORS``."""
