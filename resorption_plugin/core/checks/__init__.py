"""Checks: what is declared once in ``rules/`` is found, run, reconciled with what was decided, and documented."""
