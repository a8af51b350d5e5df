"""Each check on its scenes, and what every check must declare."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
import shapely

from resorption_plugin.core import geo
from resorption_plugin.core.checks import registry
from resorption_plugin.core.checks.finding import INTERNAL_ERROR_LAYER
from resorption_plugin.core.checks.reconcile import in_english
from resorption_plugin.core.checks.registry import Check
from resorption_plugin.core.checks.runner import run
from resorption_plugin.core.checks.spec import Profile, Verdict
from resorption_plugin.core.errors import Cancelled, ParameterError
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.records import Dataset
from tests.scenes.all import SCENES, found
from tests.scenes.build import Scene, at, dwelling, footprint, site, tap
from tests.scenes.water import LONG_FOOTPRINT

CASES = [(check_id, name) for check_id, scenes in SCENES.items() for name in scenes]
CODES = [check.spec.id for check in registry.checks()]


def verdicts(check_id, scene, records=None):
    return tuple(finding.remark.verdict for finding in scene.findings(check_id, records))


@pytest.mark.parametrize(("check_id", "name"), CASES)
def test_the_check_judges_its_scene_as_it_declares(check_id, name):
    assert tuple(finding.remark.verdict for finding in found(check_id, name)) == SCENES[check_id][name].verdicts


@pytest.mark.parametrize("check", registry.checks(), ids=CODES)
def test_a_check_declares_scenes_that_pass_fail_sit_on_the_boundary_and_are_unknown(check):
    scenarios, scenes = check.spec.scenarios, SCENES[check.spec.id]
    assert all((scenarios.passing, scenarios.failing, scenarios.boundary, scenarios.unknown))
    assert sorted(scenarios.names()) == sorted(scenes)
    assert all(not scenes[name].verdicts for name in scenarios.passing)
    assert all(Verdict.FAILS in scenes[name].verdicts for name in scenarios.failing)


@pytest.mark.parametrize("check", registry.checks(), ids=CODES)
def test_a_check_says_why_how_it_judges_and_what_to_do(check):
    assert all((check.spec.title, check.spec.why, check.spec.help, check.spec.mend))
    for parameter in check.spec.parameters:
        for profile in Profile:
            assert parameter.threshold(profile).source


@pytest.mark.parametrize("check", registry.checks(), ids=CODES)
def test_a_check_reads_layers_and_shows_places_of_the_form_that_exist(check):
    keys = {layer.key for layer in catalogue.layers()}
    assert {*check.spec.targets, *check.spec.reads} <= keys
    for name in SCENES[check.spec.id]:
        for finding in found(check.spec.id, name):
            if finding.remark.field:
                layer = catalogue.layer(finding.identity.layer)
                assert finding.remark.field in {*layer.names(), *(group.key for group in layer.groups)}


@pytest.mark.parametrize("check_id", CODES)
def test_the_order_of_the_rows_changes_nothing(check_id):
    for name, scene in SCENES[check_id].items():
        shuffled = list(scene.records)
        random.Random(name).shuffle(shuffled)
        assert tuple(scene.findings(check_id, shuffled)) == found(check_id, name), name


@pytest.mark.parametrize("epsg", [2154, 3857])
@pytest.mark.parametrize("check_id", CODES)
def test_the_same_scene_given_in_another_reference_system_gets_the_same_verdicts(check_id, epsg):
    there, back = geo.projector(epsg), geo.projector(geo.STORED_EPSG, epsg)
    for name, scene in SCENES[check_id].items():
        records = [
            replace(record, geometry=back(there(record.geometry)))
            if record.geometry is not None and abs(shapely.bounds(record.geometry)[0]) <= 180
            else record
            for record in scene.records
        ]
        assert verdicts(check_id, scene, records) == scene.verdicts, name


def test_water_is_measured_from_the_dwellings_then_the_footprint_then_the_point():
    far = tap(where=at(1000))
    from_point = Scene((site(), far)).findings("EAU-001")[0].remark
    ground = footprint("ground", shapely.box(*at(-100, -50).coords[0], *at(0, 50).coords[0]))
    from_footprint = Scene((site(), ground, far)).findings("EAU-001")[0].remark
    from_dwelling = Scene((site(), ground, dwelling("hut", at(-300)), far)).findings("EAU-001")[0].remark
    assert from_point.value == pytest.approx(1000, abs=0.01)
    assert "not measurable to the dwelling" in from_point.message
    assert "not measurable to the dwelling" in from_point.method
    assert from_footprint.value == pytest.approx(1101, abs=1.5)
    assert "footprint" in from_footprint.method
    assert from_dwelling.value == pytest.approx(1300, abs=0.01)
    assert "each dwelling" in from_dwelling.method


def test_the_middle_of_a_long_footprint_is_not_forgotten_between_two_taps():
    assert Scene(LONG_FOOTPRINT).findings("EAU-001") == []
    measure = Scene(LONG_FOOTPRINT).context().water.measure(LONG_FOOTPRINT[0], sure=True)
    assert measure.metres == pytest.approx(150.3, abs=0.1)


def test_each_profile_applies_its_own_threshold():
    at_400_m, at_100_m = (site(), tap(where=at(400))), (site(), tap(where=at(100)))
    assert verdicts("EAU-001", Scene(at_400_m)) == (Verdict.FAILS,)
    assert verdicts("EAU-001", Scene(at_400_m, profile=Profile.SPHERE)) == ()
    assert verdicts("EAU-001", Scene(at_100_m, profile=Profile.PLATFORM_V1)) == (Verdict.FAILS,)
    crowd = (site(population_total=90), tap())
    assert verdicts("EAU-002", Scene(crowd)) == (Verdict.FAILS,)
    assert verdicts("EAU-002", Scene(crowd, profile=Profile.UNHCR)) == ()


def test_a_pair_is_said_once_whichever_of_the_two_is_judged():
    scene = SCENES["DON-003"]["sites 40 m apart"]
    everything = scene.findings("DON-003")
    assert [(finding.identity.uid, finding.identity.related) for finding in everything] == [("one", ("two",))]
    for uid in ("one", "two"):
        assert run(scene.context(), registry.chosen(["DON-003"]), only=[uid]).findings == tuple(everything)


class BrokenRuleError(Exception):
    """What the rule of the next tests raises."""


def broken(check: Check) -> Check:
    def judge(record, context, thresholds):
        raise BrokenRuleError(record.uid)

    return Check(check.spec, judge)


def test_a_check_that_crashes_says_so_and_leaves_the_others_whole():
    scene = Scene((site("one", population_total=500), site("two", at(20)), tap(where=at(190))))
    checks = registry.checks()
    whole = run(scene.context(), checks)
    hurt = run(scene.context(), [broken(check) if check.spec.id == "EAU-002" else check for check in checks])
    assert hurt.stopped == {"EAU-002"}
    (error,) = [finding for finding in hurt.findings if finding.identity.layer == INTERNAL_ERROR_LAYER]
    assert error.identity.check_id == "EAU-002"
    assert "BrokenRuleError: one" in in_english(error.remark.message, error.remark.details)
    assert [finding for finding in hurt.findings if finding is not error] == [
        finding for finding in whole.findings if finding.identity.check_id != "EAU-002"
    ]


class Impatient:
    def __init__(self, patience):
        self.patience = patience

    def progress(self, fraction):
        self.patience -= 1

    def is_cancelled(self):
        return self.patience <= 0


def test_a_run_can_be_cancelled():
    context = Scene((site(), tap())).context()
    with pytest.raises(Cancelled):
        run(context, registry.checks(), feedback=Impatient(3))


def test_only_the_records_asked_are_judged():
    scene = Scene((site("one"), site("two", at(9_000), department="31")))
    result = run(scene.context(), registry.chosen(["EAU-001"]), only=["two"])
    assert [finding.identity.uid for finding in result.findings] == ["two"]


def test_an_unknown_code_is_refused_with_the_codes_there_are():
    with pytest.raises(ParameterError, match="EAU-999") as refused:
        registry.chosen(["EAU-001", "EAU-999"])
    assert "DON-004" in str(refused.value)


def test_without_records_nothing_is_found():
    assert run(Scene(()).context(), registry.checks()).findings == ()
    assert len(Dataset()) == 0
