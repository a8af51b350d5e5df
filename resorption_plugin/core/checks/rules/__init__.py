"""One file per check; each declares it with the decorator ``check``."""
