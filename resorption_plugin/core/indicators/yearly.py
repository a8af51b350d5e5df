"""What a department reports year by year: its profile, else the sum of its actions' figures, never both.

The profile (``territory_profile``) is the figure that the department publishes, with what no action of the workspace
recorded; the metrics of the actions (``action_metric``) are parts of it. For each department and year the profile's
figure is taken where it has one, else the sum over the actions of the department. Where neither says anything the
department is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Dataset, Record
from .places import Level, code_at, department, lies_in
from .situation import Situation
from .spec import Amount


def departments(situation: Situation) -> list[str]:
    """Return the departments of the territory that the workspace knows; none for a commune."""
    if situation.place.level is Level.COMMUNE:
        return []
    data = situation.data
    rows = [*data.layer("territory_profile"), *data.layer("action"), *data.layer("site")]
    codes = {row["code"] for row in data.layer("department")} | {department(row) for row in rows}
    return sorted(code for code in codes if code and lies_in(situation.place, _somewhere(code)))


def _somewhere(code: str) -> Record:
    return Record("department", code, {"department": code})


def profile(situation: Situation, code: str, year: int) -> Record | None:
    """Return the profile of a department for a year."""
    for row in situation.data.layer("territory_profile"):
        if row["department"] == code and row["year"] == year:
            return row
    return None


def latest(situation: Situation, code: str, column: str) -> Record | None:
    """Return the latest profile of a department up to the day's year which states a column."""
    rows = [
        row
        for row in situation.data.layer("territory_profile")
        if row["department"] == code and row["year"] is not None and row["year"] <= situation.on.year
    ]
    stated = [row for row in rows if row[column] is not None]
    return max(stated, key=lambda row: int(row["year"]), default=None)


def result(situation: Situation, profile_column: str, metric_column: str | None) -> Amount:
    """Return the sum over the departments of the territory of a result of the day's year."""
    year = situation.on.year
    found: list[int | None] = []
    for code in departments(situation):
        row = profile(situation, code, year)
        published = row[profile_column] if row is not None else None
        found.append(published if published is not None else _of_actions(situation.data, code, year, metric_column))
    known = [number for number in found if number is not None]
    value = sum(known) if known else None
    return Amount(value, len(found), len(found) - len(known), groups=(value,) if value else ())


def _of_actions(data: Dataset, code: str, year: int, column: str | None) -> int | None:
    """Return the sum of a metric over the actions of a department, ``None`` when none of them states it."""
    if column is None:
        return None
    numbers = [
        row[column]
        for row in data.layer("action_metric")
        if row["year"] == year and row[column] is not None and _department_of(data, row["action_uid"]) == code
    ]
    return sum(numbers) if numbers else None


def _department_of(data: Dataset, action_uid: str | None) -> str | None:
    """Return the department of an action: its own, else that of the first of its sites."""
    action = data.get("action", action_uid)
    if action is None:
        return None
    return code_at(Level.DEPARTMENT, action) or next(_of_sites(data, action.uid), None)


def _of_sites(data: Dataset, action_uid: str) -> Iterator[str]:
    links = (link for link in data.layer("action_site") if link["action_uid"] == action_uid)
    sites = (data.get("site", link["site_uid"]) for link in links)
    return (code for site in sites if site is not None and (code := department(site)) is not None)
