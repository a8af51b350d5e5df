"""Every scene, by the code of its check."""

from __future__ import annotations

from . import barriers, data, water
from .build import Scene

SCENES: dict[str, dict[str, Scene]] = {
    "EAU-001": water.EAU_001,
    "EAU-002": water.EAU_002,
    "EAU-003": barriers.EAU_003,
    "EAU-006": water.EAU_006,
    "DON-001": data.DON_001,
    "DON-002": data.DON_002,
    "DON-003": data.DON_003,
    "DON-004": data.DON_004,
}
