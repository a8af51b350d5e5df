"""The figures of a territory today: what is counted, what is unknown, in which place."""

from __future__ import annotations

from resorption_plugin.core.indicators.overview import LAYERS, overview
from resorption_plugin.core.indicators.places import Level, Place, places
from resorption_plugin.core.indicators.registry import indicator, indicators
from resorption_plugin.core.indicators.timeline import Timeline
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Label
from resorption_plugin.core.records import Dataset, Record
from tests.core.territory_records import EPSG, ON, amounts, at, site, tap, values


def test_every_indicator_says_what_it_is_in_both_languages():
    for declared in indicators():
        texts = (declared.name, declared.definition, declared.unknown, declared.section.value)
        assert all(text.en and text.fr for text in texts), declared.id
        assert declared.formula, declared.id
        assert set(declared.reads) <= {layer.key for layer in catalogue.layers()}, declared.id
    assert set(LAYERS) <= {layer.key for layer in catalogue.layers()}


def test_every_indicator_has_an_amount_of_nothing():
    for key, amount in amounts().items():
        assert amount.value in (0, None), key
        assert amount.unknown_share == 0, key


def test_people_are_summed_on_open_sites_and_the_uncounted_stand_beside():
    found = amounts(site("a", population_total=40), site("b"), site("c", status="resorbed", population_total=99))
    assert (found["people"].value, found["people"].asked, found["people"].unknown) == (40, 2, 1)
    assert found["people"].unknown_share == 0.5
    assert values(found, "sites_open", "sites_closed") == [2, 1]


def test_a_number_that_nobody_knows_is_not_zero():
    found = amounts(site("a"), site("b"))
    assert values(found, "people", "minors", "schooled") == [None, None, None]


def test_an_unknown_answer_is_neither_yes_nor_no_and_no_part_of_the_percentage():
    found = amounts(site("a", heatwave_status=True), site("b", heatwave_status=False), site("c"))
    heat = found["sites_heat_alert"]
    assert (heat.value, heat.unknown, heat.share) == (1, 1, 0.5)


def test_the_platform_s_percentage_counts_the_unknown_as_without_and_says_so():
    tap_on_site = {
        "water_access_type": "robinet_connecte_au_reseau",
        "water_access_is_public": False,
        "water_access_is_local": True,
    }
    found = amounts(site("a", population_total=30, **tap_on_site), site("b", population_total=70))
    assert (found["water_platform_sites"].value, found["water_platform_people"].value) == (50, 30)
    assert found["water_good_sites"].share == 1
    assert (found["water_good_people"].share, found["water_good_people"].unknown_share) == (1, 0.7)
    assert "inconnu" in indicator("water_platform_sites").unknown.fr


def test_size_classes_and_origins_are_the_platform_s():
    people = (9, 10, 50, 51, 100, 101, 150, 151, 200, 201, 250, 251, None)
    found = amounts(*(site(f"s{number}", population_total=number) for number in people))
    keys = ("under_10", "10_50", "51_100", "101_150", "151_200", "201_250", "251", "unknown")
    assert [found[f"size_{key}_sites"].value for key in keys] == [1, 2, 2, 2, 2, 2, 1, 1]
    assert sum(found[f"size_{key}_people"].value for key in keys[:-1]) == found["people"].value
    assert found["sites_big"].value == 11
    origins = (("european",), ("french",), ("other",), ("european", "other"), None)
    found = amounts(*(site(str(n), population_total=20 + n, social_origins=chosen) for n, chosen in enumerate(origins)))
    keys = ("eu_only", "french_only", "extra_eu_only", "mixed", "unknown")
    assert [found[f"origin_{key}_sites"].value for key in keys] == [1] * 5
    assert [found[f"origin_{key}_people"].value for key in keys] == [20, 21, 22, 23, 24]
    assert values(found, "sites_eu", "people_eu_big") == [1, 20]


def test_the_share_of_minors_in_school_is_of_the_sites_that_know_both():
    found = amounts(
        site("a", population_minors=10, minors_in_school=4),
        site("b", population_minors=30),
        site("c", population_minors=0),
    )["schooled"]
    assert (found.value, found.share, found.asked, found.unknown) == (4, 0.4, 2, 1)


def test_sites_are_counted_by_their_measured_distance():
    near = amounts(site("a"), tap("t", 150))
    assert values(near, "within_limit", "beyond_limit") == [1, 0]
    far = amounts(site("a"), tap("t", 300))
    assert values(far, "within_limit", "beyond_limit", "measured_from_the_point") == [0, 1, 1]


def test_a_site_is_in_exactly_one_class_of_distance():
    lost = Record("site", "lost", {"status": "open"})
    found = amounts(site("a"), site("b", status=None), lost, tap("t", 300), tap("u", 100, working_state="unknown"))
    classes = ("within_limit", "limit_to_verify", "beyond_limit", "without_position")
    assert sum(found[key].value or 0 for key in classes) == found["sites_open"].value == 3


def test_taps_and_litres_are_shared_and_what_nobody_measured_is_unknown():
    measured = tap("t", 50, taps=2, flow_l_min=10, hours_per_day=2)
    found = amounts(site("a", population_total=120), measured)
    assert values(found, "people_per_tap", "crowded_taps", "litres", "litres_below") == [60, 1, 20, 1]
    found = amounts(site("a", population_total=120), tap("t", 50))
    assert found["people_per_tap"].value is None
    assert (found["litres"].asked, found["litres"].unknown) == (1, 1)
    assert amounts(site("a", population_total=120))["without_tap"].value == 1


def test_water_points_are_judged_on_the_day():
    winter = {"season_closed_from": "11-15", "season_closed_until": "03-31"}
    found = amounts(
        tap("a", 0), tap("b", 0, **winter), tap("c", 0, working_state="unknown"), tap("d", 0, lifecycle="planned")
    )
    assert [found[f"points_{state}"].value for state in ("available", "unavailable", "unknown")] == [1, 1, 1]


def test_the_last_computation_is_that_of_the_newest_distance():
    row = Record("distance", "x", {"site_uid": "a", "water_point_uid": "t", "rank": 1, "computed_at": at(2026, 1, 14)})
    assert overview(Timeline(Dataset([row])), ON, EPSG).computed_at == at(2026, 1, 14)
    assert overview(Timeline(Dataset()), ON, EPSG).computed_at is None


def test_metropole_and_overseas_are_never_added_up():
    records = [site("a", department="31", fk_city="31555"), site("b", department="974", fk_city="97411")]
    assert [place.level for place in places(Dataset(records[:1]))][:2] == [Level.WORKSPACE, Level.PERIMETER]
    both = places(Dataset(records))
    assert Level.WORKSPACE not in {place.level for place in both}
    counted = {place.code: amounts(*records, place=place)["sites_open"].value for place in both}
    assert counted == {
        "metropole": 1,
        "overseas": 1,
        "76": 1,
        "04": 1,
        "31": 1,
        "974": 1,
        "31555": 1,
        "97411": 1,
    }


def test_a_site_without_a_department_has_that_of_its_commune():
    place = Place(Level.DEPARTMENT, "2A", Label("2A", "2A"))
    assert amounts(site("a", fk_city="2A004"), place=place)["sites_open"].value == 1
