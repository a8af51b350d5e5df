"""People per tap, and what one more tap can do."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.checks import registry
from resorption_plugin.core.checks.runner import run
from resorption_plugin.core.records import Dataset
from tests.scenes.build import Scene, at, site, tap
from tests.scenes.worlds import random_place, random_world


def service(*records, limit=200.0, sure=True):
    return Scene(records).context().tap_service(limit).of("site", sure=sure)


def test_a_site_alone_with_its_taps_has_people_over_taps():
    found = service(site(population_total=120), tap("one", taps=2), tap("two", at(150)))
    assert (found.taps, found.people_per_tap, found.guaranteed) == (3, 40.0, 40.0)


def test_two_sites_around_one_tap_share_it():
    found = service(site(population_total=30), site("other", at(100), population_total=50), tap(where=at(50)))
    assert found.people_per_tap == 80.0


def test_a_tap_of_one_s_own_counts_more_than_a_shared_one():
    records = (site(population_total=50), site("other", at(380), population_total=1_000))
    found = service(*records, tap("own", at(-100)), tap("shared", at(190)))
    assert found.people_per_tap == pytest.approx(1 / (1 / 50 + 1 / 1_050), abs=0.01)


def test_a_tap_serves_the_sites_within_reach_of_a_dwelling_and_the_site_it_names():
    near, far, named = tap("near", at(200)), tap("far", at(200.1)), tap("named", at(900), site_uid="site")
    assert service(site(population_total=10), near, far, named).taps == 2


def test_a_point_whose_taps_nobody_counted_has_one():
    found = service(site(population_total=10), tap(taps=None))
    assert (found.taps, found.taps_unknown, found.people_per_tap) == (1, True, 10.0)


def test_people_not_counted_leave_the_figure_unguaranteed():
    found = service(site(population_total=10), site("other", at(50)), tap())
    assert (found.people_per_tap, found.guaranteed) == (10.0, None)


def rank(findings, uid):
    """Order a site's verdicts from best to worst, with the value where it fails."""
    order = {"to_verify": 1, "fails": 2}
    return max((order[finding.remark.verdict] for finding in findings if finding.identity.uid == uid), default=0)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_one_more_working_tap_never_worsens_distance_nor_people_per_tap(seed):
    choose = random.Random(seed)
    data = random_world(choose)
    more = tap(
        "more", random_place(choose), taps=choose.choice([None, 1, 4]), position_accuracy_m=choose.choice([None, 40.0])
    )
    context, richer = (Scene(()).context(records) for records in (data, Dataset([*data, more])))
    for check_id in ("EAU-001", "EAU-002"):
        checks = registry.chosen([check_id])
        before, after = run(context, checks).findings, run(richer, checks).findings
        for record in data.layer("site"):
            # without people counted, the first tap raises the question of how many share it
            if check_id == "EAU-001" or record["population_total"]:
                assert rank(after, record.uid) <= rank(before, record.uid), (check_id, record.uid)
    for record in data.layer("site"):
        ratios = [found.tap_service(200.0).of(record.uid, sure=True).people_per_tap for found in (context, richer)]
        assert ratios[0] is None or ratios[1] <= ratios[0]
