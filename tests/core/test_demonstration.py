"""The invented department: the same for a same seed, coherent with the model, wrong only where it says so."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely

from resorption_plugin.core.checks import registry
from resorption_plugin.core.checks.context import Context
from resorption_plugin.core.checks.runner import run
from resorption_plugin.core.demonstration.generator import DAY, Demonstration, demonstration
from resorption_plugin.core.demonstration.names import of_place, place_name
from resorption_plugin.core.demonstration.plots import APART_M
from resorption_plugin.core.demonstration.scenarios import COMMON, SINGULAR, Ground
from resorption_plugin.core.errors import ParameterError, TerritoryError
from resorption_plugin.core.geo import projector
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.records import Record
from resorption_plugin.core.territory import Territory

TO_METRES = projector(2154)

DETERMINED = frozenset(
    {
        *(f"EAU-{number:03}" for number in (1, 2, 3, 6, 12, 14)),
        *(f"DON-{number:03}" for number in (1, 2, 3, 4, 5, 6, 10, 12)),
    }
)
"""Checks whose findings the scenarios alone bring: each promises all it has of them. The other checks judge what is
drawn at random as well, visits, dates, answers, households: of those a scenario promises the one it is made for."""


@pytest.fixture(scope="module")
def demo(territory: Territory) -> Demonstration:
    return demonstration(territory, ["31"], 39, 1)


def site_of(demo: Demonstration, key: str) -> Record:
    (uid,) = [uid for uid, scenario in demo.scenarios.items() if scenario.key == key]
    return demo.dataset.get("site", uid)


def taps_of(demo: Demonstration, site: Record) -> list[Record]:
    return [point for point in demo.dataset.layer("water_point") if demo.site_of.get(point.uid) == site.uid]


def reach(demo: Demonstration, site: Record, point: Record) -> float:
    homes = demo.dataset.children("dwelling", "site_uid")[site.uid]
    return max(TO_METRES(home.geometry).distance(TO_METRES(point.geometry)) for home in homes)


def test_the_same_seed_gives_the_same_records(territory: Territory, demo: Demonstration) -> None:
    again = demonstration(territory, ["31"], 39, 1)
    assert list(again.dataset) == list(demo.dataset)


def test_another_seed_gives_other_places(territory: Territory, demo: Demonstration) -> None:
    other = demonstration(territory, ["31"], 12, 2)
    assert not {site.uid for site in other.dataset.layer("site")} & {site.uid for site in demo.dataset.layer("site")}


def test_it_has_the_size_of_a_department(demo: Demonstration) -> None:
    sites = demo.dataset.layer("site")
    assert len(sites) == 39
    assert len(demo.dataset.layer("water_point")) == 312
    lengths = set(map(len, demo.dataset.children("population_count", "site_uid").values()))
    assert lengths <= set(range(6, 13))
    assert {site["water_access_type"] for site in sites} >= {None, "inconnu", "reservoir", "robinet_connecte_au_reseau"}


def test_every_record_obeys_the_model(demo: Demonstration) -> None:
    for record in demo.dataset:
        layer = catalogue.layer(record.layer)
        assert set(record.values) <= set(layer.names())
        broken = [rule.name for rule in layer.rules if rule.hard and rule.condition.evaluate(record.values) is False]
        assert not broken, f"{record.layer} {record.uid} breaks {broken}"
        for field in layer.fields:
            value = record[field.name]
            assert value is not None or not field.required or field.name == "uid", field.name
            if field.domain and value is not None:
                codes = value if isinstance(value, tuple) else [value]
                assert {str(code) for code in codes} <= set(field.domain.codes()), field.name
            if field.max_length and value is not None:
                assert len(value) <= field.max_length


def test_only_the_footprint_that_crosses_itself_is_invalid(demo: Demonstration) -> None:
    invalid = [record for record in demo.dataset if record.geometry is not None and not record.geometry.is_valid]
    assert [demo.scenarios[record["site_uid"]].ground for record in invalid] == [Ground.BOW_TIE]


def test_each_commune_is_the_one_of_the_position_but_for_two_mistakes(
    territory: Territory, demo: Demonstration
) -> None:
    wrong = []
    for record in [*demo.dataset.layer("site"), *demo.dataset.layer("water_point")]:
        match = territory.commune_at(record.geometry.x, record.geometry.y)
        assert match is not None
        if match.commune.code != record["fk_city"]:
            wrong.append(demo.scenarios[demo.site_of[record.uid]].key)
    assert sorted(wrong) == ["site in another commune", "tap in another commune"]


@pytest.mark.parametrize(
    ("key", "metres"), [("tap at 190 m", 190), ("tap at 205 m, known to 10 m", 205), ("tap at 225 m", 225)]
)
def test_a_tap_lies_at_its_reach_from_the_farthest_dwelling(demo: Demonstration, key: str, metres: float) -> None:
    site = site_of(demo, key)
    (tap,) = taps_of(demo, site)
    assert reach(demo, site, tap) == pytest.approx(metres, abs=0.01)


def test_the_surroundings_serve_no_site_within_200_m(demo: Demonstration) -> None:
    others = [point for point in demo.dataset.layer("water_point") if point.uid not in demo.site_of]
    tree = shapely.STRtree([TO_METRES(point.geometry) for point in others])
    homes = [TO_METRES(home.geometry) for home in demo.dataset.layer("dwelling")]
    assert len(others) > 200
    assert len(tree.query(homes, predicate="dwithin", distance=200)[0]) == 0


def test_sites_keep_apart_but_for_two_neighbours_30_m_from_each_other(demo: Demonstration) -> None:
    places = [TO_METRES(site.geometry) for site in demo.dataset.layer("site")]
    apart = np.array([a.distance(b) for a, b in itertools.combinations(places, 2)])
    assert (apart < 100).sum() == 1
    assert apart.min() == pytest.approx(30, abs=0.01)
    assert np.sort(apart)[1] > APART_M * 0.85


def test_dwellings_stand_in_their_footprint(demo: Demonstration) -> None:
    grounds = demo.dataset.children("site_footprint", "site_uid")
    for home in demo.dataset.layer("dwelling"):
        (footprint,) = grounds[home["site_uid"]]
        assert not footprint.geometry.is_valid or footprint.geometry.contains(home.geometry)


def test_closed_sites_have_a_date_of_closure(demo: Demonstration) -> None:
    for site in demo.dataset.layer("site"):
        closed = demo.scenarios[site.uid].closed
        assert (site["status"] != "open") == closed == (site["closed_at"] is not None)


def test_streets_have_the_classes_that_stop_walkers(demo: Demonstration) -> None:
    classes = {street["road_class"] for street in demo.dataset.layer("street")}
    assert classes == {"water", "railway", "tertiary", "residential", "secondary"}
    assert any(street["is_bridge"] for street in demo.dataset.layer("street"))


@pytest.fixture(scope="module")
def found(territory: Territory, demo: Demonstration) -> dict[str, set[tuple[str, str]]]:
    """Return the findings of each site: code and verdict."""
    context = Context(demo.dataset, DAY, 2154, communes=territory, departments=["31"])
    result = run(context, registry.checks())
    assert not result.stopped
    by_site: dict[str, set[tuple[str, str]]] = {uid: set() for uid in demo.scenarios}
    for finding in result.findings:
        for uid in (finding.identity.uid, *finding.identity.related):
            by_site[demo.site_of[uid]].add((finding.identity.check_id, finding.remark.verdict.value))
    return by_site


def test_the_checks_find_what_each_scenario_promises(demo: Demonstration, found) -> None:
    for uid, scenario in demo.scenarios.items():
        missing = set(scenario.expected) - found[uid]
        assert not missing, scenario.key


def test_the_checks_that_the_scenarios_determine_find_nothing_else(demo: Demonstration, found) -> None:
    for uid, scenario in demo.scenarios.items():
        surprises = {(check, verdict) for check, verdict in found[uid] if check in DETERMINED} - set(scenario.expected)
        assert not surprises, scenario.key


def test_every_check_has_something_to_show(found) -> None:
    shown = {check for findings in found.values() for check, _ in findings}
    # the file itself refuses counts that contradict each other
    assert {check.spec.id for check in registry.checks()} - shown == {"DON-006"}


def test_scenarios_have_different_names() -> None:
    keys = [scenario.key for scenario in (*SINGULAR, *(scenario for scenario, _ in COMMON))]
    assert len(set(keys)) == len(keys)


def test_too_many_sites_for_a_small_department_are_refused(territory: Territory) -> None:
    with pytest.raises(ParameterError, match=r"Only \d+ invented sites fit"):
        demonstration(territory, ["75"], 100, 1)


def test_an_unknown_department_is_refused(territory: Territory) -> None:
    with pytest.raises(TerritoryError):
        demonstration(territory, ["20"], 5, 1)


@pytest.mark.parametrize(
    ("number", "after_de"), [(0, "des Peupliers"), (1, "de la Briqueterie"), (2, "de l'Écluse"), (3, "du Vieux Verger")]
)
def test_names_contract_their_article(number: int, after_de: str) -> None:
    assert of_place(place_name(number)) == after_de


def test_640_names_are_different() -> None:
    assert len({place_name(number) for number in range(640)}) == 640
