"""Where the invented sites stand: far enough from each other that the water of one does not serve the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from ..errors import ParameterError
from ..geo import metric_epsg, projector
from ..i18n import mark
from ..territory import METRES_PER_DEGREE, Commune
from . import shapes
from .chance import Chance
from .ground import Ground
from .scenarios import COMMON, SINGULAR, Scenario

APART_M = 950.0
"""Between two sites: twice the farthest water point of a site, with a margin."""

_TRIES = 400


@dataclass(frozen=True, slots=True)
class Plot:
    """The place of a site: its scenario, its commune, and its centre in the metric system of its department."""

    number: int
    scenario: Scenario
    commune: Commune
    centre: shapely.Point

    @property
    def epsg(self) -> int:
        """Return the code of the metric system."""
        return metric_epsg(self.commune.department.code)

    @property
    def to_stored(self) -> Callable[[shapely.Geometry], shapely.Geometry]:
        """Return the projection of metres to EPSG:4326."""
        return projector(4326, self.epsg)


class Spread:
    """Positions in longitude and latitude, and whether another one keeps away from them."""

    def __init__(self) -> None:
        self._positions = np.empty((0, 2))

    def add(self, position: shapely.Point) -> None:
        """Keep a position."""
        self._positions = np.vstack([self._positions, [position.x, position.y]])

    def keeps_away(self, position: shapely.Point, metres: float) -> bool:
        """Say whether every kept position is farther than this (to 1 %, enough for a random spread)."""
        scale = METRES_PER_DEGREE * np.array([np.cos(np.radians(position.y)), 1.0])
        offsets = (self._positions - [position.x, position.y]) * scale
        return not bool((np.hypot(*offsets.T) < metres).any())


def place(ground: Ground, count: int, avoid: dict[str, shapely.Geometry], chance: Chance) -> tuple[list[Plot], Spread]:
    """Return ``count`` plots, away from each other and from the lines to avoid (metres, by department).

    Raises ``ParameterError`` when the territory has no room for so many.
    """
    plots: list[Plot] = []
    spread = Spread()
    for number, scenario in enumerate(_scenarios(count, chance)):
        plot = _neighbour(plots, number, scenario, chance) or _alone(
            ground, number, scenario, avoid=avoid, spread=spread, chance=chance
        )
        if plot is None:
            raise ParameterError(
                mark("Only {number} invented sites fit in this territory. Ask for fewer, or for a larger territory."),
                number=number,
            )
        plots.append(plot)
        spread.add(plot.to_stored(plot.centre))
    return plots, spread


def _scenarios(count: int, chance: Chance) -> Sequence[Scenario]:
    common = [chance.weighted(COMMON) for _ in range(max(0, count - len(SINGULAR)))]
    return [*SINGULAR[:count], *common]


def _neighbour(plots: Sequence[Plot], number: int, scenario: Scenario, chance: Chance) -> Plot | None:
    if scenario.neighbour_at_m is None:
        return None
    before = plots[-1]
    centre = shapes.beside(before.centre, scenario.neighbour_at_m, chance)
    return replace(before, number=number, scenario=scenario, centre=centre)


def _alone(
    ground: Ground,
    number: int,
    scenario: Scenario,
    *,
    avoid: dict[str, shapely.Geometry],
    spread: Spread,
    chance: Chance,
) -> Plot | None:
    for _ in range(_TRIES):
        drawn = ground.draw(chance)
        if drawn is None:
            continue
        commune, centre = drawn
        plot = Plot(number, scenario, commune, centre)
        clear = avoid[commune.department.code].distance(centre) > APART_M / 3
        if clear and spread.keeps_away(plot.to_stored(centre), APART_M):
            return plot
    return None
