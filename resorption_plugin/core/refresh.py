"""Brings the distances and findings of a workspace up to date: all of them, or what an edit touches."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

from .checks import registry
from .checks.context import CommuneLookup, Context
from .checks.reconcile import Translate, concerned, in_english, reconcile
from .checks.registry import Check
from .checks.runner import Run, run
from .checks.scope import longest_metres, to_check_again, without_record
from .checks.spec import Profile
from .errors import OvertakenError
from .geo import METROPOLE_EPSG
from .ports import ChangeSet, FeatureStore, Feedback, Part, Silent, stop_if_cancelled
from .records import Dataset
from .water import distances
from .water.reach import WaterMap
from .water.street_source import LAYER as STREETS
from .water.street_source import StoredStreets
from .water.touched import touched_sites

P = ParamSpec("P")
T = TypeVar("T")

logger = logging.getLogger(__name__)

_TRIES = 3
"""An import starts two jobs at once at most: a whole run, and that of the records it wrote."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """The day, the standards and the references with which results are computed."""

    reference_date: dt.date
    now: dt.datetime
    profile: Profile = Profile.STATE
    distances: distances.Settings = field(default_factory=distances.Settings)
    communes: CommuneLookup | None = None
    """Without it, the checks of the place have nothing to say."""
    translate: Translate = in_english


@dataclass(frozen=True, slots=True)
class DistanceCounts:
    """What a computation of distances gives."""

    pairs: int
    """Rows of the workspace afterwards."""
    unroutable: int
    """Open sites that no usable water point can be measured from."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What was looked at and written after an edit."""

    sites: int
    """Sites whose distances were computed again."""
    records: int
    """Records checked again."""
    changes: ChangeSet


def _again_when_overtaken(work: Callable[P, T]) -> Callable[P, T]:
    """Let work that reads, computes and writes begin again when another one wrote the same results meanwhile."""

    @wraps(work)
    def tried(*arguments: P.args, **named: P.kwargs) -> T:
        for _ in range(_TRIES - 1):
            try:
                return work(*arguments, **named)
            except OvertakenError:
                logger.info("%s: overtaken, once more", work.__name__)
        return work(*arguments, **named)

    return tried


def default_epsg(store: FeatureStore) -> int:
    """Return the projected system of the workspace."""
    return int(store.meta("metric_epsg") or METROPOLE_EPSG)


@_again_when_overtaken
def compute_distances(store: FeatureStore, conditions: Conditions, feedback: Feedback | None = None) -> DistanceCounts:
    """Compute every distance row again and write what changed, in one transaction."""
    data = store.read(distances.LAYERS, feedback)
    water = WaterMap(data, conditions.reference_date, default_epsg(store), StoredStreets(store))
    changes = distances.plan_update(water, conditions.distances, conditions.now, feedback=feedback)
    stop_if_cancelled(feedback or Silent())
    if changes:
        store.apply(changes)
    rows = store.read(["distance"]).layer("distance")
    reached = {row["site_uid"] for row in rows if row["rank"] is not None}
    lost = [site for site in data.layer("site") if distances.is_open(site) and site.uid not in reached]
    return DistanceCounts(len(rows), len(lost))


@_again_when_overtaken
def run_checks(
    store: FeatureStore, conditions: Conditions, codes: Collection[str] = (), feedback: Feedback | None = None
) -> Sequence[Check]:
    """Run the checks of these codes (all when empty) on every record and write what changed, in one transaction.

    Returns the checks that were run. Raises ``ParameterError`` for an unknown code, ``Cancelled`` without writing.
    """
    chosen = registry.chosen(codes)
    data = what_is_judged(store, chosen, feedback)
    result = judge(store, data, conditions, chosen, feedback)
    changes = reconcile(data.layer("finding"), result, conditions.reference_date, conditions.now, conditions.translate)
    stop_if_cancelled(feedback or Silent())
    if changes:
        store.apply(changes)
    return chosen


def what_is_judged(store: FeatureStore, chosen: Sequence[Check], feedback: Feedback | None = None) -> Dataset:
    """Return the records that some checks read, with the findings stored. Raises ``Cancelled``."""
    return store.read({*_layers(chosen), "site", "finding"}, feedback)


def judge(
    store: FeatureStore,
    data: Dataset,
    conditions: Conditions,
    chosen: Sequence[Check],
    feedback: Feedback | None = None,
) -> Run:
    """Return what some checks say of ``data``, which need not be what the workspace holds. Writes nothing."""
    return run(_context(store, data, conditions), chosen, feedback=feedback)


@_again_when_overtaken
def refresh(
    store: FeatureStore,
    changed: Mapping[str, Collection[str]],
    conditions: Conditions,
    feedback: Feedback | None = None,
) -> Refreshed:
    """Bring up to date what an edit touches: its distances and its findings, in one transaction.

    ``changed`` gives by layer the uids added, modified or deleted, with the sites to which a record belongs or
    belonged. The result is that of computing and checking everything again. Raises ``Cancelled`` without writing.
    """
    feedback = feedback or Silent()
    chosen = registry.checks()
    data = store.read({*_layers(chosen), *distances.LAYERS, "finding"}, Part(feedback, 0.0, 0.1))
    context = _context(store, data, conditions)
    left = store.former(changed)
    touched = touched_sites(changed, context.water, conditions.distances, left)
    rest = Part(feedback, 0.1, 0.5)
    changes = distances.plan_update(context.water, conditions.distances, conditions.now, touched, rest)
    reach = longest_metres((check.spec for check in chosen), conditions.profile)
    only = to_check_again(changed, touched, context.water, reach, left)
    only |= without_record(data)
    result = run(context, chosen, only, Part(feedback, 0.5, 1.0))
    found = reconcile(concerned(data, result), result, conditions.reference_date, conditions.now, conditions.translate)
    for written, more in (
        (changes.insert, found.insert),
        (changes.update, found.update),
        (changes.delete, found.delete),
    ):
        written.extend(more)  # type: ignore[arg-type]
    stop_if_cancelled(feedback)
    if changes:
        store.apply(changes)
    sites = len(data.layer("site")) if touched is None else len(touched)
    return Refreshed(sites, len(only), changes)


def _layers(chosen: Sequence[Check]) -> set[str]:
    """Return the layers to read at once; streets, the most of all, are read when the barriers are not known yet."""
    return {layer for layer in registry.layers_read(chosen) if layer != STREETS}


def _context(store: FeatureStore, data: Dataset, conditions: Conditions) -> Context:
    departments = [code.strip() for code in (store.meta("departments") or "").split(",") if code.strip()]
    return Context(
        data,
        conditions.reference_date,
        default_epsg(store),
        profile=conditions.profile,
        communes=conditions.communes,
        departments=departments,
        streets=StoredStreets(store),
        today=conditions.now.astimezone().date(),
    )
