"""Reads from a workspace what the dock shows. Runs in a task: no layer of the project, no widget."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from ..core.finding_list import ListedFinding, box_of, natural_order, weight_of
from ..core.geo import METROPOLE_EPSG
from ..core.indicators.overview import LAYERS
from ..core.ports import Feedback
from ..core.records import Dataset, Record
from ..geopackage.store import GeoPackageStore
from .checking import finding_sentence
from .figure_source import FigureSource


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the officer's desk.

    The findings in their natural order, what the figures are made of, the territory's name.
    """

    findings: list[ListedFinding]
    overview: FigureSource
    departments: str


def read_desk(store: GeoPackageStore, on: dt.date, feedback: Feedback) -> Desk:
    """Read a workspace on the day ``on``; raises ``WorkspaceError`` and ``Cancelled``."""
    dataset = store.read([*LAYERS, "finding"], feedback)
    epsg = int(store.meta("metric_epsg") or METROPOLE_EPSG)
    findings = sorted((_listed_once(dataset, record) for record in dataset.layer("finding")), key=natural_order)
    names = sorted(f"{row['name']} ({row['code']})" for row in dataset.layer("department"))
    return Desk(findings, FigureSource(store.path, dataset, epsg, on), ", ".join(names))


def _listed_once(dataset: Dataset, record: Record) -> ListedFinding:
    return dataset.memory.of(("listed", record.uid), (record,), lambda: listed(record))


def listed(record: Record) -> ListedFinding:
    """Return a finding with its sentence in the user's language."""
    return ListedFinding(record, _sentence(record), weight_of(record), box_of(record))


def _sentence(record: Record) -> str:
    try:
        return finding_sentence(record["message"], json.loads(record["details"] or "{}"))
    except (KeyError, IndexError, ValueError, TypeError):
        # written by another version of a check: the sentence as it was written then
        return str(record["sentence"] or record["message"])
