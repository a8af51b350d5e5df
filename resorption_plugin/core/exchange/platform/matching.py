"""Which site of the workspace a row of the platform is about; where that is not certain, the officer is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import shapely

from ...geo import geodesic_metres
from ...records import Record
from ...territory import METRES_PER_DEGREE
from ..arrondissements import commune_code
from ..converters import fold

SAME_SITE_METRES = 500.0
"""How far a site of the same commune and name may lie: what the platform itself calls nearby (its search for sites
around a position). Farther, two "Route de Paris" of one commune are two sites."""

SAME_PLACE_METRES = 50.0
"""Two sites this close under different names may be one: the limit at which sites are reported as duplicates."""

_WIDEST_COSINE = 0.1
"""Of the latitude, so that a box around a position near a pole stays finite."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row says of the site it is about. ``point`` is in EPSG:4326."""

    line: int
    rb_id: int | None
    city: str
    name: str
    point: shapely.Point | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A site of the workspace that a row may be about; ``metres`` is unknown where one of the two has no position."""

    site: Record
    metres: float | None
    has_same_name: bool


class Special(Enum):
    """Answers other than the uid of a site."""

    NEW = "new"
    SKIP = "skip"


Answer = str | Special
"""The uid of a site, a new site, or leave the row out."""


@dataclass(frozen=True, slots=True)
class Match:
    """What became of one row: its ``site`` (none: a new one), unless it is skipped or the officer has to choose.

    ``candidates`` are filled where there is, or was, a choice.
    """

    site: Record | None = None
    candidates: tuple[Candidate, ...] = ()
    is_ambiguous: bool = False
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class _Round:
    """What the rows of one file want from each other."""

    taken: frozenset[str]
    """Sites whose number on the platform is in the file."""
    wanted: Mapping[str, int]
    """How many rows may be about each other site."""
    chosen: Mapping[str, int]
    """How many answers name each site."""


class Matcher:
    """Finds the site of each row: by the number on the platform, else by commune, name and distance.

    A site that bears another number of the platform is another site. Several sites that fit, one that fits but is
    closed where the row is open (people come back to the same place), one that two rows claim, or one at the same
    place under another name are not decided here.
    """

    def __init__(self, sites: Iterable[Record]) -> None:
        """Index the sites of the workspace."""
        self._by_number: dict[int, Record] = {}
        self._by_uid: dict[str, Record] = {}
        self._by_name: dict[tuple[str, str], list[Record]] = {}
        placed: list[Record] = []
        for site in sites:
            self._by_uid[site.uid] = site
            if site["rb_id"] is not None:
                self._by_number[site["rb_id"]] = site
            self._by_name.setdefault(_named(site["fk_city"], site["name"]), []).append(site)
            if _position(site) is not None:
                placed.append(site)
        self._placed = placed
        self._tree = shapely.STRtree(np.array([site.geometry for site in placed], dtype=object))

    def match(self, claims: Sequence[Claim], answers: Mapping[int, Answer]) -> list[Match]:
        """Return what each row is about, in the same order; ``answers`` are the officer's, by line.

        An answer that names no site of the workspace, or a site that another row has, is not followed: the row stays
        ambiguous.
        """
        numbered = (self._by_number.get(claim.rb_id) for claim in claims if claim.rb_id is not None)
        taken = frozenset(site.uid for site in numbered if site is not None)
        candidates = [self._candidates(claim, taken) for claim in claims]
        wanted = Counter(each.site.uid for found in candidates for each in found)
        chosen = Counter(answer for answer in answers.values() if isinstance(answer, str))
        together = _Round(taken, wanted, chosen)
        return [
            self._decide(claim, found, answers.get(claim.line), together)
            for claim, found in zip(claims, candidates, strict=True)
        ]

    def _known(self, claim: Claim) -> Record | None:
        return None if claim.rb_id is None else self._by_number.get(claim.rb_id)

    def _decide(
        self, claim: Claim, candidates: tuple[Candidate, ...], answer: Answer | None, together: _Round
    ) -> Match:
        known = self._known(claim)
        if known is not None:
            return Match(known)
        if isinstance(answer, str):
            return self._chosen(answer, candidates, together)
        if answer is not None or not candidates:
            return Match(candidates=candidates, is_skipped=answer is Special.SKIP)
        first = candidates[0]
        is_wanted_once = together.wanted[first.site.uid] == 1 and not together.chosen[first.site.uid]
        if len(candidates) == 1 and is_wanted_once and _is_certain(claim, first):
            return Match(first.site)
        return Match(candidates=candidates, is_ambiguous=True)

    def _chosen(self, uid: str, candidates: tuple[Candidate, ...], together: _Round) -> Match:
        site = self._by_uid.get(uid)
        if site is None or uid in together.taken or together.chosen[uid] > 1:
            return Match(candidates=candidates, is_ambiguous=True)
        return Match(site, candidates)

    def _candidates(self, claim: Claim, taken: frozenset[str]) -> tuple[Candidate, ...]:
        """Return the sites a row may be about, those of its name and then the nearest first."""
        if self._known(claim) is not None:
            return ()
        named = self._by_name.get(_named(claim.city, claim.name), []) if fold(claim.name) else []
        found: dict[str, Candidate] = {}
        for sites, has_same_name in ((named, True), (self._near(claim), False)):
            for site in sites:
                candidate = _candidate(claim, site, has_same_name=has_same_name)
                if candidate is not None and site.uid not in taken:
                    found.setdefault(site.uid, candidate)
        return tuple(sorted(found.values(), key=lambda each: (not each.has_same_name, each.metres or 0.0)))

    def _near(self, claim: Claim) -> list[Record]:
        """Return the sites in a box around a row."""
        if claim.point is None:
            return []
        north = SAME_PLACE_METRES / METRES_PER_DEGREE * 1.01
        east = north / max(float(np.cos(np.radians(claim.point.y))), _WIDEST_COSINE)
        x, y = claim.point.x, claim.point.y
        hits = self._tree.query(shapely.box(x - east, y - north, x + east, y + north))
        return [self._placed[number] for number in hits.tolist()]


def _candidate(claim: Claim, site: Record, *, has_same_name: bool) -> Candidate | None:
    """Return the site as one that a row may be about; ``None`` when it is too far, or another one on the platform."""
    is_another = claim.rb_id is not None and site["rb_id"] is not None
    metres = _metres(claim.point, site)
    limit = SAME_SITE_METRES if has_same_name else SAME_PLACE_METRES
    return None if is_another or (metres is not None and metres > limit) else Candidate(site, metres, has_same_name)


def _is_certain(claim: Claim, only: Candidate) -> bool:
    was_closed = (only.site["status"] or "open") != "open"
    return only.has_same_name and only.metres is not None and not (was_closed and claim.is_open)


def _named(city: str | None, name: str | None) -> tuple[str, str]:
    return commune_code(city or ""), fold(name or "")


def _position(site: Record) -> shapely.Point | None:
    known = site.geometry
    return known if isinstance(known, shapely.Point) and not known.is_empty else None


def _metres(point: shapely.Point | None, site: Record) -> float | None:
    known = _position(site)
    if point is None or known is None:
        return None
    return geodesic_metres(known.x, known.y, point.x, point.y)
