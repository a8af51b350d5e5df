from __future__ import annotations

import datetime as dt

import shapely

from resorption_plugin.core.indicators.overview import FIGURES, overview
from resorption_plugin.core.records import Dataset, Record

ON = dt.date(2026, 1, 15)
EPSG = 2154
LON, LAT = 1.4442, 43.6045
METRE = 1 / 111_320


def site(uid: str, **values) -> Record:
    return Record("site", uid, {"status": "open", **values}, shapely.Point(LON, LAT))


def tap(uid: str, north_m: float, **values) -> Record:
    given = {"lifecycle": "existing", "working_state": "working", "is_potable": True, **values}
    return Record("water_point", uid, given, shapely.Point(LON, LAT + north_m * METRE))


def amounts(*records: Record):
    return {figure.key: amount for figure, amount in overview(Dataset(records), ON, EPSG).amounts}


def test_every_figure_has_its_name_and_its_definition_in_both_languages():
    for figure in FIGURES:
        assert all((figure.label.en, figure.label.fr, figure.definition.en, figure.definition.fr)), figure.key
    assert len({figure.key for figure in FIGURES}) == len(FIGURES)


def test_people_are_summed_on_open_sites_and_the_uncounted_stand_beside():
    found = amounts(site("a", population_total=40), site("b"), site("c", status="resorbed", population_total=99))
    assert (found["people"].value, found["people"].asked, found["people"].unknown) == (40, 2, 1)
    assert found["people"].unknown_share == 0.5
    assert (found["sites_open"].value, found["sites_closed"].value) == (2, 1)


def test_an_unknown_answer_is_neither_yes_nor_no():
    found = amounts(site("a", heatwave_status=True), site("b", heatwave_status=False), site("c"))
    assert (found["sites_heat_alert"].value, found["sites_heat_alert"].unknown) == (1, 1)


def test_sites_are_counted_by_their_measured_distance():
    near = amounts(site("a"), tap("t", 150))
    assert (near["within_limit"].value, near["beyond_limit"].value) == (1, 0)
    far = amounts(site("a"), tap("t", 300))
    assert (far["within_limit"].value, far["beyond_limit"].value) == (0, 1)
    assert far["measured_from_the_point"].value == 1


def test_a_site_is_in_exactly_one_class_of_distance():
    lost = Record("site", "lost", {"status": "open"})
    found = amounts(site("a"), site("b", status=None), lost, tap("t", 300), tap("u", 100, working_state="unknown"))
    classes = ("within_limit", "limit_to_verify", "beyond_limit", "without_position")
    assert sum(found[key].value for key in classes) == found["sites_open"].value == 3


def test_water_points_are_judged_on_the_day():
    winter = {"season_closed_from": "11-15", "season_closed_until": "03-31"}
    found = amounts(
        tap("a", 0), tap("b", 0, **winter), tap("c", 0, working_state="unknown"), tap("d", 0, lifecycle="planned")
    )
    assert [found[f"points_{state}"].value for state in ("available", "unavailable", "unknown")] == [1, 1, 1]


def test_the_last_computation_is_that_of_the_newest_distance():
    computed = dt.datetime(2026, 1, 14, 8, 30, tzinfo=dt.UTC)
    row = Record("distance", "x", {"site_uid": "a", "water_point_uid": "t", "rank": 1, "computed_at": computed})
    assert overview(Dataset([row]), ON, EPSG).computed_at == computed
    assert overview(Dataset(), ON, EPSG).computed_at is None
