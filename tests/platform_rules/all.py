"""The rules of the platform's server validators of sites, closures and actions that a rule of the model holds.

Each names the one statement of the model that holds it, with values that break it, obey it, and leave it unknown.
"""

from __future__ import annotations

from .records import ACTION, CLOSURE, PROCEDURE
from .site import SITE

STATED = (*SITE, *PROCEDURE, *CLOSURE, *ACTION)
