"""What an import would do to a workspace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest
import shapely

from resorption_plugin.core.errors import Cancelled
from resorption_plugin.core.exchange.arrondissements import commune_code
from resorption_plugin.core.exchange.preview import Preview, Previewer
from resorption_plugin.core.exchange.readers import Incoming, Reading
from resorption_plugin.core.exchange.rows import SourceRow
from resorption_plugin.core.exchange.surroundings import Surroundings
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.records import Record

TOULOUSE = (1.44, 43.6)
NOW = dt.datetime(2025, 11, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def surroundings(territory) -> Surroundings:
    return Surroundings(territory, ["31"], 2154)


@pytest.fixture
def preview(surroundings, territory):
    def run(existing: Iterable[Record], *rows: Incoming) -> Preview:
        return Previewer(existing, surroundings, territory).preview(Reading(rows, ()), Silent())

    return run


def row(line: int = 2, at: tuple[float, float] = TOULOUSE, **values: Any) -> Incoming:
    given = {"source": "s", "source_id": "1", **values}
    kept = {name: value for name, value in given.items() if value != "absent"}
    return Incoming(SourceRow(line, ("x",)), kept, shapely.Point(at))


def known(at: tuple[float, float] = TOULOUSE, **values: Any) -> Record:
    return Record("water_point", "u1", {"source": "s", "source_id": "1", **values}, shapely.Point(at))


def reason(result: Preview) -> str:
    (rejected,) = result.rejected
    return rejected.reason.template.format(**rejected.reason.values)


def changes(result: Preview) -> dict[str, tuple[Any, Any]]:
    (changed,) = result.changed
    return {change.field: (change.old, change.new) for change in changed.changes}


def test_a_new_water_point_gets_the_commune_of_its_position(preview):
    ((line, record),) = preview([], row(line=7)).added
    assert line == 7
    assert [record[name] for name in ("fk_city", "commune", "department", "commune_distance_m")] == [
        "31555",
        "Toulouse",
        "31",
        0.0,
    ]


def test_what_the_file_does_not_say_is_unknown(preview):
    ((_, record),) = preview([], row()).added
    assert (record["type"], record["working_state"], record["lifecycle"]) == ("inconnu", "unknown", "existing")
    assert record["is_potable"] is None
    assert record["taps"] is None


def test_importing_again_changes_nothing(preview):
    first = preview([], row(name="Stade", is_potable=True, flow_l_min=2.5, state_on=dt.date(2025, 1, 1)))
    stored = first.change_set(NOW, "me").insert
    again = preview(stored, row(name="Stade", is_potable=True, flow_l_min=2.5, state_on=dt.date(2025, 1, 1)))
    assert again.counts() == {"added": 0, "changed": 0, "unchanged": 1, "rejected": 0}
    assert not again.change_set(NOW, "me")


def test_a_change_shows_the_old_and_the_new_value(preview):
    result = preview([known(name="Stade", model="A")], row(name="Stade", model="B"))
    assert changes(result) == {"model": ("A", "B")}
    (update,) = result.change_set(NOW, "me").update
    assert update.values == {"model": "B", "updated_at": NOW, "updated_by": "me"}
    assert update.geometry is None


def test_what_the_file_does_not_say_erases_nothing(preview):
    assert preview([known(comments="written by the officer", taps=2)], row()).counts()["unchanged"] == 1


def test_a_fountain_that_works_again_loses_its_closure(preview):
    before = known(working_state="closed", closed_from=dt.date(2025, 1, 1), state_on=dt.date(2025, 2, 1))
    after = row(working_state="working", closed_from=None, state_on=dt.date(2025, 10, 1))
    assert changes(preview([before], after)) == {
        "working_state": ("closed", "working"),
        "closed_from": (dt.date(2025, 1, 1), None),
        "state_on": (dt.date(2025, 2, 1), dt.date(2025, 10, 1)),
    }


@pytest.mark.parametrize("seen", ["state_on", "visited_on"])
def test_what_was_seen_since_is_not_overwritten_by_an_older_file(preview, seen):
    before = known(working_state="out_of_order", **{seen: dt.date(2025, 11, 5)})
    after = row(working_state="working", closed_from=None, state_on=dt.date(2025, 10, 16))
    assert preview([before], after).counts()["unchanged"] == 1


def test_a_file_without_date_does_not_overwrite_a_dated_observation(preview):
    before = known(working_state="out_of_order", visited_on=dt.date(2025, 11, 5))
    assert preview([before], row(working_state="working", closed_from=None)).counts()["unchanged"] == 1


def test_a_point_that_moved_a_little_is_moved_with_its_commune(preview):
    result = preview([known(commune="Elsewhere")], row(at=(1.4401, 43.6)))
    assert changes(result)["geom"] == (shapely.Point(TOULOUSE), shapely.Point(1.4401, 43.6))
    assert changes(result)["commune"] == ("Elsewhere", "Toulouse")
    assert result.change_set(NOW, "me").update[0].geometry == shapely.Point(1.4401, 43.6)


def test_less_than_a_centimetre_is_no_move(preview):
    assert preview([known()], row(at=(1.44 + 5e-8, 43.6))).counts()["unchanged"] == 1


def test_the_same_number_far_away_is_not_taken_for_the_same_fountain(preview):
    result = preview([known()], row(at=(1.45, 43.6)))
    assert reason(result).startswith("Number 1 of “s” is in the workspace 0.8 km from here.")


def test_the_same_number_of_another_source_elsewhere_is_another_water_point(preview):
    assert preview([known()], row(source="t", at=(1.4401, 43.6))).counts()["added"] == 1


def test_the_same_number_of_another_source_at_the_very_place_is_the_same_water_point(preview):
    assert preview([known()], row(source="t")).counts()["unchanged"] == 1


def test_a_number_that_is_the_workspace_s_own_identifier_is_that_water_point(preview):
    assert preview([known(source_id=None)], row(source="t", source_id="u1")).counts()["unchanged"] == 1


def test_without_number_the_name_and_the_position_tell(preview):
    before = known(source_id=None, name="Stade")
    assert preview([before], row(source_id="absent", name="STADE", at=(1.440001, 43.6))).counts()["added"] == 0
    assert preview([before], row(source_id="absent", name="Mairie")).counts()["added"] == 1


def test_a_second_row_for_the_same_water_point_is_rejected(preview):
    result = preview([], row(line=2), row(line=9, at=(1.4402, 43.6)))
    assert result.counts() == {"added": 1, "changed": 0, "unchanged": 0, "rejected": 1}
    assert (result.rejected[0].line, reason(result)) == (9, "The same water point is already in line 2.")


def test_water_points_the_file_does_not_mention_are_counted_and_left(preview):
    other = Record("water_point", "u2", {"source": "s", "source_id": "2"}, shapely.Point(1.5, 43.6))
    drawn = Record("water_point", "u3", {"source": None, "source_id": None}, shapely.Point(1.6, 43.6))
    result = preview([known(), other, drawn], row())
    assert result.absent == 1
    assert not result.change_set(NOW, "me").delete


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ((2.35, 48.85), "The position lies 5"),
        ((43.6, 1.44), "Latitude and longitude seem to be swapped"),
        ((-61.5, 16.2), "outside the workspace's territory (31)."),
        ((0.72, 42.75), "The position lies in no French commune"),
    ],
)
def test_a_position_elsewhere_is_rejected_with_its_reason(preview, at, expected):
    assert expected in reason(preview([], row(at=at)))


def test_a_tap_just_across_the_border_is_taken_with_its_own_commune(preview):
    ((_, record),) = preview([], row(at=(1.29, 43.84))).added
    assert record["department"] == "82"


def test_a_declared_commune_is_kept_for_the_checks_to_judge(preview):
    ((_, record),) = preview([], row(fk_city="31149")).added
    assert (record["fk_city"], record["commune"]) == ("31149", "Colomiers")


@pytest.mark.parametrize(
    ("district", "commune"),
    [("75115", "75056"), ("69385", "69123"), ("13201", "13055"), ("31555", "31555"), ("2A004", "2A004")],
)
def test_a_district_of_a_large_city_stands_for_its_commune(district, commune):
    assert commune_code(district) == commune


def test_a_district_declared_again_changes_nothing(territory):
    paris = Surroundings(territory, ["75"], 2154)
    reading = Reading((row(at=(2.31, 48.84), fk_city="75115"),), ())
    first = Previewer([], paris, territory).preview(reading, Silent())
    stored = first.change_set(NOW, "me").insert
    assert (stored[0]["fk_city"], stored[0]["commune"]) == ("75056", "Paris")
    assert Previewer(stored, paris, territory).preview(reading, Silent()).counts()["unchanged"] == 1


def test_a_commune_that_does_not_exist_is_kept_without_name(preview):
    ((_, record),) = preview([], row(fk_city="31999")).added
    assert (record["fk_city"], record["commune"], record["department"]) == ("31999", None, "31")


def test_a_row_that_breaks_a_rule_of_the_model_is_rejected(preview):
    result = preview([], row(closed_from=dt.date(2025, 2, 1), closed_until=dt.date(2025, 1, 1)))
    message = result.rejected[0].reason.values["message"]
    assert message.en == "The closure cannot end before it begins."


def test_a_text_longer_than_its_column_is_rejected(preview):
    result = preview([], row(address="x" * 501))
    assert result.rejected[0].reason.values["limit"] == 500


def test_a_preview_can_be_cancelled(surroundings, territory):
    class Impatient(Silent):
        def is_cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        Previewer([], surroundings, territory).preview(Reading((row(),), ()), Impatient())


def test_two_previews_of_the_same_are_the_same(preview):
    assert preview([], row()).does_the_same_as(preview([], row()))
    assert not preview([], row()).does_the_same_as(preview([], row(name="other")))


CLOSED_IN_JANUARY = {"closed_from": dt.date(2026, 1, 2), "closed_until": None, "closure_reason": None}


def test_what_is_known_of_a_closure_stays_where_the_file_says_less_of_it(preview):
    known_closure = known(
        working_state="out_of_order",
        closed_from=dt.date(2026, 1, 2),
        closed_until=dt.date(2026, 3, 1),
        closure_reason="Fuite",
    )
    told = row(working_state="closed", **CLOSED_IN_JANUARY)
    assert preview([known_closure], told).counts()["unchanged"] == 1
    seen_again = row(working_state="closed", state_on=dt.date(2026, 1, 9), **CLOSED_IN_JANUARY)
    assert changes(preview([known_closure], seen_again)) == {"state_on": (None, dt.date(2026, 1, 9))}


def test_the_yearly_closure_told_as_a_closure_is_no_news(preview):
    winter = known(working_state="working", season_closed_from="01-02", season_closed_until="03-31")
    assert preview([winter], row(working_state="closed", **CLOSED_IN_JANUARY)).counts()["unchanged"] == 1


def test_another_closure_takes_the_place_of_the_known_one(preview):
    known_closure = known(working_state="out_of_order", closed_from=dt.date(2025, 6, 1), closure_reason="Fuite")
    assert changes(preview([known_closure], row(working_state="closed", **CLOSED_IN_JANUARY))) == {
        "working_state": ("out_of_order", "closed"),
        "closed_from": (dt.date(2025, 6, 1), dt.date(2026, 1, 2)),
        "closure_reason": ("Fuite", None),
    }


def test_a_closure_whose_reason_the_file_gives_is_taken_whole(preview):
    known_closure = known(working_state="out_of_order", closed_from=dt.date(2026, 1, 2), closure_reason="Fuite")
    told = row(working_state="closed", **CLOSED_IN_JANUARY | {"closure_reason": "Mise hors gel"})
    assert set(changes(preview([known_closure], told))) == {"working_state", "closure_reason"}


@pytest.mark.parametrize(("was", "becomes"), [(3.0, 3.0), (5.0, 5.0), (1.0, 5.0), (6.0, 5.0), (None, 5.0)])
def test_a_class_of_precision_does_not_replace_the_accuracy_it_holds(preview, was, becomes):
    result = preview([known(position_accuracy_m=was)], row(position_accuracy_m=5.0))
    assert [change.new for changed in result.changed for change in changed.changes] == ([becomes] * (was != becomes))
