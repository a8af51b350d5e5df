"""Another day, a tap that fails, more people: what would be found, and what would go."""

from __future__ import annotations

import datetime as dt

import pytest

from resorption_plugin.core.errors import ParameterError
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Dataset
from resorption_plugin.core.refresh import Conditions
from resorption_plugin.core.what_if import Change, Supposition, imagine, suppose
from tests.scenes.build import at, count, site, tap

SUMMER, WINTER = dt.date(2026, 7, 1), dt.date(2027, 1, 15)
NOW = dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC)
CONDITIONS = Conditions(SUMMER, NOW)
FROST = {"season_closed_from": "11-15", "season_closed_until": "03-31"}


class Memory:
    """A workspace that refuses to be written."""

    def __init__(self, *records):
        self.data = Dataset(records)

    def read(self, layers=None, feedback=None):
        return Dataset(record for record in self.data if layers is None or record.layer in layers)

    def meta(self, key):
        return {"metric_epsg": "2154", "departments": "31"}.get(key)

    def apply(self, *steps: ChangeSet):
        raise AssertionError("nothing may be written")


def changes(store, supposition):
    outlook = suppose(store, CONDITIONS, supposition)
    return {(one.finding.identity.check_id, one.finding.identity.uid): one.change for one in outlook.findings}, outlook


TWO_TAPS = (site(population_total=40), tap("near", at(50)), tap("far", at(900)))


def test_nothing_supposed_changes_nothing():
    found, outlook = changes(Memory(*TWO_TAPS), Supposition(SUMMER))
    assert set(found.values()) <= {Change.STAYS}
    assert outlook.failing == 0


def test_a_tap_that_fails_leaves_its_site_without_water():
    found, outlook = changes(Memory(*TWO_TAPS), Supposition(SUMMER, {"near"}))
    assert found["EAU-001", "site"] is Change.APPEARS
    assert outlook.failing == 1
    assert outlook.counts[Change.APPEARS] >= 1


def test_winter_closes_what_the_frost_closes():
    found, _ = changes(Memory(site(population_total=40), tap("near", at(50), **FROST)), Supposition(WINTER))
    assert found["EAU-001", "site"] is Change.APPEARS


def test_summer_opens_it_again():
    store = Memory(site(population_total=40), tap("near", at(50), **FROST))
    in_winter = Conditions(WINTER, NOW)
    outlook = suppose(store, in_winter, Supposition(SUMMER))
    found = {(one.finding.identity.check_id, one.finding.identity.uid): one.change for one in outlook.findings}
    assert found["EAU-001", "site"] is Change.GOES


@pytest.mark.parametrize(("growth", "appears"), [(1.0, False), (1.25, False), (1.26, True), (2, True)])
def test_more_people_share_the_tap(growth, appears):
    found, _ = changes(Memory(site(population_total=40), tap()), Supposition(SUMMER, (), growth))
    assert (found.get(("EAU-002", "site")) is Change.APPEARS) == appears


def test_people_are_rounded_up_and_what_is_unknown_stays_unknown():
    data = Dataset([site("a", population_total=41), site("b"), count("c", 7, SUMMER, "b")])
    supposed = {record.uid: record["population_total"] for record in imagine(data, Supposition(SUMMER, (), 1.1))}
    assert supposed == {"a": 46, "b": None, "c": 8}
    assert data.get("site", "a")["population_total"] == 41


@pytest.mark.parametrize("growth", [0, -1, float("nan"), 101])
def test_a_growth_that_is_none_is_refused(growth):
    with pytest.raises(ParameterError, match="multiplied"):
        Supposition(SUMMER, (), growth)


def test_a_water_point_that_is_not_there_is_named():
    with pytest.raises(ParameterError, match="nothing"):
        suppose(Memory(*TWO_TAPS), CONDITIONS, Supposition(SUMMER, {"nothing"}))
