"""Every system, in the order of the documents."""

from __future__ import annotations

from .acting import ACTING
from .actors import ACTORS
from .knowing import KNOWING

SYSTEMS = (*KNOWING, *ACTING)

__all__ = ["ACTORS", "SYSTEMS"]
