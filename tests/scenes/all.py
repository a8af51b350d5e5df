"""Every scene, by the code of its check: what the modules beside this one name ``EAU_001``."""

from __future__ import annotations

import importlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from .build import Scene

_CODE = re.compile(r"[A-Z]{3}_\d{3}")

SCENES: dict[str, dict[str, Scene]] = {
    name.replace("_", "-"): scenes
    for path in sorted(Path(__file__).parent.glob("*.py"))
    if path != Path(__file__)
    for name, scenes in vars(importlib.import_module(f"tests.scenes.{path.stem}")).items()
    if _CODE.fullmatch(name)
}


@cache
def found(code: str, name: str) -> tuple[Any, ...]:
    """Return the findings of a check on a scene, judged once."""
    return tuple(SCENES[code][name].findings(code))
