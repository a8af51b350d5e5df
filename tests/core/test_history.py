"""The history told in words, its values given back, its states laid out in time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import shapely

from resorption_plugin.core.errors import Cancelled, ParameterError
from resorption_plugin.core.history.changes import GEOMETRY, Change, Operation
from resorption_plugin.core.history.lines import Line, lines, moments
from resorption_plugin.core.history.restoring import Signature, plan_restore
from resorption_plugin.core.history.versions import versions
from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.core.wording import apart, displacement, field_title, of_person, record_name, value_text

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
HERE, THERE = shapely.Point(1.44, 43.6), shapely.Point(1.44, 43.6001)
SIGNED = Signature("Marie", NOW)
I, U, D = Operation.INSERT, Operation.UPDATE, Operation.DELETE  # noqa: E741 - the stored codes


def change(number: int, operation: Operation, field: str | None = None, *values: Any, **more: Any) -> Change:
    given = {"author": "Marie", "presumed": False, "layer": "site", "uid": "s", "at": NOW, **more}
    return Change(
        number=number, operation=operation, field=field, **dict(zip(("before", "after"), values, strict=False)), **given
    )


def update(field: str, before: Any, after: Any = None, **more: Any) -> Line:
    return Line(change(1, U, field, before, after, **more))


def there(_layer: str, _uid: str) -> bool:
    return True


def gone(_layer: str, _uid: str) -> bool:
    return False


SITE = Record(
    "site", "s", {"status": "open", "name": "Îlot", "population_total": 12, "population_minors": 4, "fk_city": "31001"}
)


def test_lines_are_newest_first_without_what_the_program_writes() -> None:
    told = lines(
        [
            change(1, I),
            change(2, U, "name", "a", "b"),
            change(3, U, "updated_at", NOW, NOW),
            change(4, U, "commune_distance_m", 0.0, 1.0),
            change(5, U, GEOMETRY, HERE, THERE),
            change(6, U, "fk_city", "31001", "31002"),
        ]
    )
    assert [line.change.number for line in told] == [6, 5, 2, 1]


def test_a_deletion_is_one_line_with_all_that_was_held() -> None:
    told = lines([change(1, D), change(2, D, "name", "Îlot"), change(3, D, "status", "open"), change(4, I)])
    assert [(line.change.number, [entry.field for entry in line.held]) for line in told] == [
        (4, []),
        (1, ["name", "status"]),
    ]


def test_what_was_decided_on_a_finding_that_went_is_told() -> None:
    (line,) = lines([change(1, D, "accepted_reason", "Vu", layer="finding")])
    assert line.change.before == "Vu"


def test_one_go_is_one_person_and_one_moment() -> None:
    second = dt.timedelta(seconds=1)
    goes = list(
        moments(
            [
                change(1, I),
                change(2, U, "name", "a", "b", at=NOW + second),
                change(3, U, "name", "b", "c", at=NOW + second, author="Paul"),
                change(4, U, "name", "c", "d", at=NOW + 10 * second, author="Paul"),
            ]
        )
    )
    assert [(go.author, [entry.number for entry in go.changes]) for go in goes] == [
        ("Marie", [1, 2]),
        ("Paul", [3]),
        ("Paul", [4]),
    ]
    assert goes[0].at == NOW + second


@pytest.mark.parametrize(
    ("layer", "name", "value", "text"),
    [
        ("site", "name", None, "(vide)"),
        ("site", "status", "open", "Existant"),
        ("site", "fk_field_type", 3, "Terrain"),
        ("site", "is_reinstallation", True, "Oui"),
        ("site", "is_reinstallation", False, "Non"),
        ("site", "built_at", dt.date(2026, 2, 1), "01/02/2026"),
        ("site", "position_accuracy_m", 7.5, "7,5 m"),
        ("site", "population_total", 12, "12"),
        ("site", "social_origins", ("french", "other"), "Ressortissants français, Ressortissants extracommunautaires"),
        ("site", "status", "unheard_of", "unheard_of"),
        ("dwelling", "site_uid", "s", "Îlot"),
        ("dwelling", "site_uid", "t", "t"),
        ("site", GEOMETRY, HERE, "43,60000 ; 1,44000"),
        ("site_footprint", GEOMETRY, shapely.box(0, 0, 1, 1), "tracé de 5 points"),
    ],
)
def test_values_are_told_in_french(layer: str, name: str, value: Any, text: str) -> None:
    assert value_text(layer, name, value, "fr", {"s": "Îlot"}) == text


def test_values_are_told_in_english_too() -> None:
    assert value_text("site", "built_at", dt.date(2026, 2, 1), "en") == "2026-02-01"
    assert value_text("site", GEOMETRY, HERE, "en") == "43.60000, 1.44000"
    assert (field_title("site", "name", "en"), field_title("site", GEOMETRY, "fr")) == (
        "Name of the site",
        "Emplacement",
    )


def test_an_instant_is_told_in_the_time_of_the_computer() -> None:
    local = NOW.astimezone()
    assert value_text("site", "population_updated_at", NOW, "fr") == local.strftime("%d/%m/%Y %H:%M")


def test_a_move_is_told_in_metres() -> None:
    # a ten-thousandth of a degree of latitude is 11.11 m at 43.6° (WGS 84)
    assert displacement(HERE, THERE, "fr") == "déplacé de 11,1 m"
    assert displacement(HERE, shapely.Point(1.44, 43.7), "en") == "moved 11.1 km"
    assert displacement(shapely.box(0, 0, 1, 1), shapely.box(0, 0, 1, 1).buffer(0.1), "fr").startswith("redessiné")


def test_places_are_apart_by_their_middles() -> None:
    assert apart(HERE, THERE, "en") == "11.1 m"
    assert apart(HERE, shapely.Point(), "en") == ""


def test_a_name_elides_what_precedes_it_in_french() -> None:
    assert [of_person(name, "fr") for name in ("karim", "anne", "Éloïse")] == ["de karim", "d’anne", "d’Éloïse"]
    assert of_person("anne", "en") == "of anne"


def test_a_record_is_called_by_its_title() -> None:
    assert record_name("site", {"name": None, "address": "1 rue X"}, "fr") == "1 rue X"
    assert record_name("population_count", {"counted_on": dt.date(2026, 2, 1)}, "fr") == "01/02/2026"
    assert record_name("dwelling", {"site_uid": "s"}, "fr", {"s": "Îlot"}) == "Îlot"
    assert record_name("dwelling", {"site_uid": "t"}, "fr") == ""


def test_a_value_comes_back_signed() -> None:
    (written,) = plan_restore(update("name", "Avant", "Îlot"), SITE, there, SIGNED).update
    assert dict(written.values) == {"name": "Avant", "updated_at": NOW, "updated_by": "Marie"}


def test_a_place_comes_back_with_the_commune_of_that_place() -> None:
    moved = update(GEOMETRY, HERE, THERE)
    others = [
        moved.change,
        change(2, U, "fk_city", "31555", "31001"),
        change(3, U, "name", "a", "b"),
        change(4, U, "fk_city", "99999", "31555", at=NOW - dt.timedelta(days=1)),
    ]
    (written,) = plan_restore(moved, SITE, there, SIGNED, others).update
    assert (written.geometry, written["fk_city"], "name" in written.values) == (HERE, "31555", False)


def test_a_deleted_record_comes_back_whole() -> None:
    line = Line(change(1, D), (change(2, D, "name", "Îlot"), change(3, D, GEOMETRY, HERE)))
    (written,) = plan_restore(line, None, there, SIGNED).insert
    assert (written.uid, written["name"], written["updated_by"], written.geometry) == ("s", "Îlot", "Marie", HERE)


@pytest.mark.parametrize(
    ("line", "current", "exists", "sentence"),
    [
        (Line(change(1, I)), SITE, there, "no earlier value"),
        (update("name", "Avant"), None, there, "deleted since"),
        (update("updated_by", "Marie"), SITE, there, "filled by the program"),
        (update("commune_distance_m", 1.0), SITE, there, "filled by the program"),
        (update("name", "Îlot"), SITE, there, "already holds"),
        (update("status", None), SITE, there, "cannot be empty"),
        (update("status", "unheard_of"), SITE, there, "does not know this value"),
        (update("population_minors", 40), SITE, there, "cannot come back beside the others"),
        (update(GEOMETRY, None, HERE), SITE, there, "no place then"),
        (update(GEOMETRY, HERE), Record("site", "s", {}, HERE), there, "already at this place"),
        (Line(change(1, D)), SITE, there, "there again"),
        (
            update("site_uid", "t", "s", layer="dwelling", uid="d"),
            Record("dwelling", "d", {"site_uid": "s"}),
            gone,
            "Restore that one first",
        ),
        (
            Line(change(1, D, layer="dwelling"), (change(2, D, "site_uid", "s", layer="dwelling"),)),
            None,
            gone,
            "Restore that one first",
        ),
    ],
)
def test_what_cannot_come_back_is_refused_in_a_sentence(
    line: Line, current: Record | None, exists: Any, sentence: str
) -> None:
    with pytest.raises(ParameterError, match=sentence):
        plan_restore(line, current, exists, SIGNED)


def test_each_state_of_a_record_has_its_time() -> None:
    day = dt.timedelta(days=1)
    entries = [
        change(1, I, at=NOW),
        change(2, U, "name", "a", "b", at=NOW + day, author="Paul"),
        change(3, U, GEOMETRY, HERE, THERE, at=NOW + day, author="Paul"),
        change(4, D, at=NOW + 2 * day),
        change(5, D, "name", "b", at=NOW + 2 * day),
        change(6, D, GEOMETRY, THERE, at=NOW + 2 * day),
    ]
    kept = Record("site", "kept", {"name": "k"}, HERE)

    found = list(versions(Dataset([kept]), "site", entries))

    assert [(v.record.uid, v.record["name"], v.record.geometry, v.start, v.end, v.author) for v in found] == [
        ("kept", "k", HERE, None, None, None),
        ("s", "b", THERE, NOW + day, NOW + 2 * day, "Paul"),
        ("s", "a", HERE, NOW, NOW + day, "Marie"),
    ]


def test_laying_out_the_states_can_be_cancelled() -> None:
    class Stopped:
        def progress(self, fraction: float) -> None:
            raise AssertionError("nothing was done")

        def is_cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        list(versions(Dataset([SITE]), "site", [], Stopped()))
