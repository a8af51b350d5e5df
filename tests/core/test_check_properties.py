"""What must be true of the checks whatever the world they judge."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core import geo
from resorption_plugin.core.checks import registry, words
from resorption_plugin.core.checks.context import Context
from resorption_plugin.core.checks.finding import INTERNAL_ERROR_LAYER
from resorption_plugin.core.checks.reconcile import in_english
from resorption_plugin.core.checks.registry import Check
from resorption_plugin.core.checks.runner import run
from resorption_plugin.core.records import Dataset, Record
from tests.scenes.all import SCENES, found
from tests.scenes.barriers import EAU_003
from tests.scenes.build import EPSG, ORIGIN, SUMMER, Scene, SquareCommunes, tap
from tests.scenes.worlds import random_place, random_world
from tools import translations

CODES = [check.spec.id for check in registry.checks()]
WATER = registry.chosen(["EAU-001", "EAU-002", "EAU-003"])
REUNION, REUNION_EPSG = "974", 2975
FAR_ORIGIN = (340_000.0, 7_650_000.0)
"""A place of La Réunion, in RGR92 / UTM 40S."""

BADNESS = {None: 0, "to_verify": 1, "fails": 2}
STREETS = [record for scene in EAU_003.values() for record in scene.records if record.layer == "street"]


@lru_cache(maxsize=1)
def french():
    return translations.french(translations.ROOT)


def judged(data, checks=None):
    context = Context(data, SUMMER, EPSG, communes=SquareCommunes(), departments=["31"])
    return run(context, checks or registry.checks())


def by_site(result):
    return {(finding.identity.check_id, finding.identity.uid): finding.remark for finding in result.findings}


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_one_more_working_tap_never_makes_access_to_water_worse(seed):
    choose = random.Random(seed)
    world = Dataset([*random_world(choose), *{street.uid: street for street in STREETS}.values()])
    more = Dataset([*world, tap("one more", random_place(choose, 600), fk_city="31555")])
    before, after = by_site(judged(world, WATER)), by_site(judged(more, WATER))
    for site in world.layer("site"):
        is_served = ("EAU-001", site.uid) not in before
        # a first tap within reach is what brings the question of the way to it
        codes = ("EAU-001", "EAU-002", "EAU-003") if is_served else ("EAU-001", "EAU-002")
        for code in codes:
            was, now = before.get((code, site.uid)), after.get((code, site.uid))
            assert BADNESS[now and now.verdict] <= BADNESS[was and was.verdict], (code, site.uid)
            if was and now and was.verdict == now.verdict and was.value is not None and code != "EAU-003":
                assert now.value is not None
                assert now.value <= was.value + 0.01


def _elsewhere(record: Record) -> Record:
    """Return the record at the same metres from another origin, in another legal system."""
    if record.geometry is None:
        return record

    def move(xy):
        return xy - np.array(ORIGIN) + np.array(FAR_ORIGIN)

    metres = geo.projector(EPSG)(record.geometry)
    moved = geo.projector(geo.STORED_EPSG, REUNION_EPSG)(shapely.transform(metres, move))
    return replace(record, values={**record.values, "department": REUNION}, geometry=moved)


@pytest.mark.parametrize("code", sorted(set(CODES) - {"DON-001", "DON-002"}))
def test_the_same_ground_in_another_territory_gets_the_same_verdicts(code):
    for name, scene in SCENES[code].items():
        data = Dataset(_elsewhere(record) for record in scene.records)
        context = Context(data, scene.on, REUNION_EPSG, profile=scene.profile)
        found = run(context, registry.chosen([code])).findings
        assert tuple(finding.remark.verdict for finding in found) == scene.verdicts, name


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_neither_the_order_of_the_rows_nor_a_second_run_changes_a_finding(seed):
    choose = random.Random(seed)
    world = random_world(choose)
    rows = list(world)
    choose.shuffle(rows)
    first = judged(world)
    assert judged(world).findings == first.findings
    assert judged(Dataset(rows)).findings == first.findings


@pytest.fixture(scope="module")
def world():
    return random_world(random.Random(11))


@pytest.fixture(scope="module")
def whole(world):
    return judged(world).findings


class BrokenRuleError(Exception):
    """What a rule that is wrong raises."""


@pytest.mark.parametrize("code", CODES)
def test_any_check_that_crashes_leaves_the_findings_of_the_others_whole(code, world, whole):
    def judge(record, context, thresholds):
        raise BrokenRuleError

    checks = [Check(check.spec, judge) if check.spec.id == code else check for check in registry.checks()]
    hurt = judged(world, checks)
    others = [finding for finding in hurt.findings if finding.identity.layer != INTERNAL_ERROR_LAYER]
    assert others == [finding for finding in whole if finding.identity.check_id != code]
    if any(world.layer(layer) for check in checks if check.spec.id == code for layer in check.spec.targets):
        assert hurt.stopped == {code}


@pytest.mark.parametrize("code", CODES)
def test_a_finding_is_stored_once_and_said_in_both_languages(code):
    for finding in (finding for name in SCENES[code] for finding in found(code, name)):
        remark = finding.remark
        assert json.loads(json.dumps(remark.details)) == remark.details
        for sentence in (
            in_english(remark.message, remark.details),
            french()[remark.message].format(**words.said(remark.details, "fr")),
        ):
            assert "{" not in sentence
            assert "None" not in sentence
            assert sentence.rstrip()[-1] in ".?"


@pytest.mark.parametrize("code", CODES)
def test_a_number_comes_with_its_unit_and_a_finding_with_its_method_and_a_place_to_mend(code):
    for name in SCENES[code]:
        for finding in found(code, name):
            remark = finding.remark
            assert remark.quantity or remark.value is None, name
            assert remark.threshold is None or (remark.threshold.source and remark.method), name
            if code not in ("DON-001", "DON-003", "DON-004"):
                assert remark.method, name
                assert remark.field, name


def test_a_scene_is_not_empty():
    assert all(isinstance(scene, Scene) and scene.records for scenes in SCENES.values() for scene in scenes.values())
