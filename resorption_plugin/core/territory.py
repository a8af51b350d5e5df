"""The communes and departments of France, offline: which commune is here, what is its name.

The reference is one packed file (``tools/pack_territories.py`` writes it): names, and simplified outlines in
EPSG:4326. Neighbouring outlines were simplified one by one, so they leave gaps and overlaps of some metres;
``Territory.commune_at`` says how far it had to reach.
"""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from .errors import TerritoryError
from .i18n import mark

QUANTUM_DEGREES = 1e-6
"""One unit of the packed integer positions, in degrees."""

GAP_LIMIT_METRES = 500.0
"""How far the nearest commune may lie from a point that no outline covers.

Of 5,760 random points of metropolitan France, 16 lay in a gap of the simplified outlines, the widest reach being
471 m; farther, the point is more likely abroad, at sea, or in one of the few communes of which no outline is known.
"""

METRES_PER_DEGREE = 111_320.0
"""Length of a degree of latitude (40,075,017 m / 360, WGS 84's equator): within 0.7 % in France, used below 1 km."""

IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Department:
    """A department: its code (``"31"``, ``"2A"``, ``"974"``), its name and its region's."""

    code: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune by its INSEE code; the intercommunal body (EPCI) is empty where there is none."""

    code: str
    name: str
    department: Department
    epci_code: str
    epci_name: str


@dataclass(frozen=True, slots=True)
class CommuneMatch:
    """The commune of a point; ``distance_m`` is 0 inside its outline, else the metres to it."""

    commune: Commune
    distance_m: float


def encode_positions(positions: IntArray) -> npt.NDArray[np.uint8]:
    """Return (n, 2) integer positions as (2, 4, n) byte planes of zigzag differences, which compress well."""
    steps = np.diff(positions, axis=0, prepend=np.zeros((1, 2), dtype=np.int32)).T
    zigzag = ((steps << 1) ^ (steps >> 31)).astype("<u4")
    planes = np.ascontiguousarray(zigzag).view(np.uint8).reshape(2, -1, 4)
    return np.ascontiguousarray(planes.transpose(0, 2, 1))


def decode_positions(planes: npt.NDArray[np.uint8]) -> IntArray:
    """Return the (n, 2) integer positions of ``encode_positions``."""
    zigzag = np.ascontiguousarray(planes.transpose(0, 2, 1)).view("<u4")[..., 0]
    steps = (zigzag >> 1).astype(np.int32) ^ -(zigzag & 1).astype(np.int32)
    return np.cumsum(steps, axis=1, dtype=np.int32).T


class Territory:
    """The reference, read from its packed file; outlines are decoded when first needed."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        tables = json.loads(arrays["tables"].tobytes())
        self._departments = [Department(*row) for row in tables["departments"]]
        self._epci: list[list[str]] = tables["epci"]
        self._codes: list[str] = tables["codes"]
        self._names: list[str] = tables["names"]
        self._department_index: npt.NDArray[np.int16] = arrays["department"]
        self._epci_index: npt.NDArray[np.int16] = arrays["epci"]
        self._planes: npt.NDArray[np.uint8] = arrays["positions"]
        self._rings: IntArray = arrays["rings"]
        self._polygons: IntArray = arrays["polygons"]
        self._multipolygons: IntArray = arrays["multipolygons"]
        self._decoded: dict[int, shapely.MultiPolygon] = {}

    @classmethod
    def load(cls, path: Path) -> Territory:
        """Read the packed file at ``path``.

        Raises ``TerritoryError`` when it is missing or is not such a file.
        """
        try:
            with np.load(path, allow_pickle=False) as packed:
                return cls(dict(packed))
        except FileNotFoundError as error:
            raise TerritoryError(
                mark("The reference of communes is missing at {path}. Install the plugin again."), path=path
            ) from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile) as error:
            raise TerritoryError(
                mark("The reference of communes at {path} is damaged. Install the plugin again."), path=path
            ) from error

    def departments(self) -> list[Department]:
        """Return every department, in the order of the codes."""
        return list(self._departments)

    def department(self, code: str) -> Department:
        """Return a department by its code; raises ``TerritoryError`` when there is none."""
        return self._departments[self._department_position(code)]

    def commune(self, code: str) -> Commune:
        """Return a commune by its INSEE code; raises ``TerritoryError`` when there is none."""
        return self._commune_at_index(self._commune_position(code))

    def communes(self, department_codes: Collection[str]) -> list[Commune]:
        """Return the communes of the departments, in the order of their INSEE codes."""
        return [self._commune_at_index(int(index)) for index in self._communes_of(department_codes)]

    def epci_departments(self, code: str) -> list[str]:
        """Return the departments of the communes of an EPCI, in the order of the codes; empty when there is none."""
        wanted = [position for position, (known, _name) in enumerate(self._epci) if known == code]
        found = np.unique(self._department_index[np.isin(self._epci_index, wanted)])
        return [self._departments[int(position)].code for position in found]

    def commune_geometry(self, code: str) -> shapely.MultiPolygon:
        """Return the simplified outline of a commune in EPSG:4326."""
        return self._outlines([self._commune_position(code)])[0]

    def department_geometry(self, department_codes: Collection[str]) -> shapely.Geometry:
        """Return the union of the simplified communes of the departments, in EPSG:4326, for maps."""
        outlines = self._outlines(self._communes_of(department_codes))
        return shapely.union_all(shapely.make_valid(outlines))

    def commune_at(self, lon: float, lat: float) -> CommuneMatch | None:
        """Return the commune of a position in EPSG:4326, or ``None`` abroad and at sea.

        A position that no outline covers takes the nearest commune within ``GAP_LIMIT_METRES``; where outlines
        overlap, the first INSEE code is taken. A position that is not finite has no commune.
        """
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lat) <= 90):
            return None
        candidates = self._near(lon, lat)
        outlines = self._outlines(candidates)
        inside = np.flatnonzero(shapely.intersects_xy(outlines, lon, lat))
        if len(inside):
            return CommuneMatch(self._commune_at_index(int(candidates[inside[0]])), 0.0)
        distances = _metres_to(outlines, lon, lat)
        nearest = int(np.argmin(distances)) if len(distances) else -1
        if nearest < 0 or distances[nearest] > GAP_LIMIT_METRES:
            return None
        return CommuneMatch(self._commune_at_index(int(candidates[nearest])), float(distances[nearest]))

    def metres_to_commune(self, code: str, lon: float, lat: float) -> float:
        """Return the metres from a position in EPSG:4326 to a commune, 0 inside its simplified outline.

        Raises ``TerritoryError`` when there is no such commune.
        """
        return float(_metres_to(self._outlines([self._commune_position(code)]), lon, lat)[0])

    def prepare(self) -> None:
        """Decode what the first question about a position needs, once; it takes some tenths of a second."""
        _ = self._boxes

    @cached_property
    def _positions(self) -> IntArray:
        return decode_positions(self._planes)

    @cached_property
    def _boxes(self) -> shapely.STRtree:
        """The bounds of each commune, to be searched."""
        first_vertex = self._rings[self._polygons[self._multipolygons[:-1]]]
        lower = np.minimum.reduceat(self._positions, first_vertex, axis=0) * QUANTUM_DEGREES
        upper = np.maximum.reduceat(self._positions, first_vertex, axis=0) * QUANTUM_DEGREES
        return shapely.STRtree(shapely.box(lower[:, 0], lower[:, 1], upper[:, 0], upper[:, 1]))

    @cached_property
    def _index_of_code(self) -> dict[str, int]:
        return {code: index for index, code in enumerate(self._codes)}

    def _near(self, lon: float, lat: float) -> IntArray:
        """Return the indexes of the communes whose bounds lie within ``GAP_LIMIT_METRES``."""
        north = GAP_LIMIT_METRES / METRES_PER_DEGREE
        east = north / max(math.cos(math.radians(lat)), 0.1)
        around = shapely.box(lon - east, lat - north, lon + east, lat + north)
        return np.sort(self._boxes.query(around)).astype(np.int32)

    def _outlines(self, indexes: Sequence[int] | IntArray) -> npt.NDArray[np.object_]:
        """Return the outlines of some communes in EPSG:4326, each decoded once and prepared for searches."""
        wanted = [int(index) for index in indexes]
        missing = sorted({index for index in wanted if index not in self._decoded})
        if missing:
            for run in np.split(missing, np.flatnonzero(np.diff(missing) > 1) + 1):
                outlines = self._decode(int(run[0]), int(run[-1]))
                shapely.prepare(outlines)
                self._decoded.update(zip(run.tolist(), outlines, strict=True))
        return np.array([self._decoded[index] for index in wanted], dtype=object)

    def _decode(self, first: int, last: int) -> npt.NDArray[np.object_]:
        """Return the outlines from one index to another: much faster at once than one by one."""
        communes = self._multipolygons[first : last + 2]
        polygons = self._polygons[communes[0] : communes[-1] + 1]
        rings = self._rings[polygons[0] : polygons[-1] + 1]
        positions = self._positions[rings[0] : rings[-1]] * QUANTUM_DEGREES
        offsets = (rings - rings[0], polygons - polygons[0], communes - communes[0])
        return np.asarray(shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, positions, offsets))

    def _commune_at_index(self, index: int) -> Commune:
        epci = int(self._epci_index[index])
        epci_code, epci_name = self._epci[epci] if epci >= 0 else ("", "")
        department = self._departments[int(self._department_index[index])]
        return Commune(self._codes[index], self._names[index], department, epci_code, epci_name)

    def _communes_of(self, department_codes: Collection[str]) -> IntArray:
        positions = [self._department_position(code) for code in department_codes]
        return np.flatnonzero(np.isin(self._department_index, positions)).astype(np.int32)

    def _commune_position(self, code: str) -> int:
        try:
            return self._index_of_code[code]
        except KeyError:
            raise TerritoryError(
                mark(
                    "There is no commune with the INSEE code “{code}”. It has five characters, such as 31555 or 2A004."
                ),
                code=code,
            ) from None

    def _department_position(self, code: str) -> int:
        for position, department in enumerate(self._departments):
            if department.code == code:
                return position
        raise TerritoryError(
            mark("There is no department “{code}”. Expected a code such as 01 to 95, 2A, 2B, 971 to 974 or 976."),
            code=code,
        )


def _metres_to(outlines: npt.NDArray[np.object_], lon: float, lat: float) -> npt.NDArray[np.float64]:
    """Return the metres from a position to each outline, 0 inside, on a plane tangent at the position."""
    scale = np.array([math.cos(math.radians(lat)), 1.0]) * METRES_PER_DEGREE
    local = shapely.transform(outlines, lambda positions: (positions - [lon, lat]) * scale)
    # GEOS raises the processor's "invalid" flag on some outlines though every distance is a number.
    with np.errstate(invalid="ignore"):
        return np.asarray(shapely.distance(local, shapely.Point(0, 0)))
