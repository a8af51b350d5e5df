"""The declared model agrees with itself, with the platform's names, and says no to contradictions."""

from __future__ import annotations

import dataclasses

import pytest

from resorption_plugin.core.errors import ModelError
from resorption_plugin.core.model import catalogue, domains
from resorption_plugin.core.model.expressions import equals
from resorption_plugin.core.model.fields import Domain, Field, Kind, Label, Layer, Origin, Rule

# Columns of the platform, reference list of its form of 2022 and of the older one.
PLATFORM_SITE = """
name status closing_context address address_details fk_city built_at declared_at closed_at fk_field_type
is_reinstallation reinstallation_comments updated_without_any_change heatwave_status resorption_target
living_conditions_version created_at created_by updated_at updated_by
population_total population_total_females population_couples population_minors population_minors_girls
population_minors_0_3 population_minors_3_6 population_minors_6_12 population_minors_12_16 population_minors_16_18
minors_in_school population_updated_at caravans huts tents cars mattresses
census_status census_conducted_at census_conducted_by
water_access_type water_access_type_details water_access_is_public water_access_is_continuous
water_access_is_continuous_details water_access_is_local water_access_is_close water_access_is_unequal
water_access_is_unequal_details water_access_has_stagnant_water water_access_comments
access_to_water water_comments water_potable water_continuous_access water_public_point water_distance
water_roads_to_cross water_everyone_has_access water_stagnant_water water_hand_wash_access water_hand_wash_access_number
sanitary_access_working_toilets sanitary_access_open_air_defecation sanitary_access_toilets_are_inside
sanitary_access_toilets_are_lighted sanitary_access_hand_washing sanitary_number sanitary_insalubrious sanitary_on_site
electricity_access electricity_access_is_unequal fk_electricity_type electricity_comments
trash_is_piling trash_evacuation_is_close trash_evacuation_is_safe trash_evacuation_is_regular trash_bulky_is_piling
trash_cans_on_site trash_accumulation trash_evacuation trash_evacuation_regular
pest_animals pest_animals_details vermin vermin_comments
fire_prevention fire_prevention_measures fire_prevention_diagnostic fire_prevention_site_accessible
fire_prevention_devices fire_prevention_comments
""".split()  # noqa: SIM905 - one word a column, as the platform lists them


def test_the_layers_of_the_model_are_all_there() -> None:
    expected = {
        "site",
        "site_footprint",
        "dwelling",
        "population_count",
        "water_point",
        "distance",
        "finding",
        "street",
        "commune",
        "department",
    }
    assert expected <= {layer.key for layer in catalogue.layers()}


def test_the_site_keeps_every_column_of_the_platform_under_its_name() -> None:
    assert set(PLATFORM_SITE) <= set(catalogue.layer("site").names())


def test_the_eleven_water_answers_stay_three_valued_or_listed() -> None:
    site = catalogue.layer("site")
    answers = [name for name in site.names() if name.startswith("water_access_is_")]
    three_valued = {name for name in answers if not name.endswith("_details")}
    assert {site.field(name).kind for name in three_valued} == {Kind.BOOLEAN}
    assert not any(site.field(name).required for name in three_valued)
    assert domains.WATER_ACCESS_TYPE.codes()[-1] == "inconnu"


def test_every_text_is_given_in_both_languages() -> None:
    for layer in catalogue.layers():
        labels = [layer.label, layer.plural, layer.help, *(group.label for group in layer.groups)]
        labels += [rule.message for rule in layer.rules]
        labels += [label for field in layer.fields for label in (field.label, field.help) if label]
        for label in labels:
            assert label.en.strip(), (layer.key, label)
            assert label.fr.strip(), (layer.key, label)
    for domain in catalogue.domains():
        assert all(choice.label.en and choice.label.fr for choice in domain.choices)


def test_computed_columns_cannot_be_typed() -> None:
    distance = catalogue.layer("distance")
    assert distance.field("farthest_dwelling_m").read_only
    assert not distance.field("measured_m").read_only


def changed(**changes: object) -> Layer:
    return dataclasses.replace(catalogue.layer("dwelling"), **changes)


def with_field(field: Field) -> Layer:
    return changed(fields=(*catalogue.layer("dwelling").fields, field))


CLASHING_LIST = Domain("dwelling_kind", Label("a", "a"), ())
CONTRADICTIONS = {
    "declares a field twice": with_field(Field("kind", Label("a", "a"))),
    "not a plain name": with_field(Field("Été", Label("a", "a"))),
    "reserved column": with_field(Field("geom", Label("a", "a"))),
    "lacks a label": with_field(Field("bare", Label("bare", ""))),
    "unknown group": with_field(Field("astray", Label("a", "a"), group="nowhere")),
    "two different value lists": with_field(Field("other_kind", Label("a", "a"), domain=CLASHING_LIST)),
    "lacks its value list": with_field(Field("many", Label("a", "a"), Kind.CHOICES)),
    "unknown columns": changed(rules=(Rule("r", equals("nothing", 1), Label("a", "a"), "kind"),)),
    "shown at an unknown field": changed(rules=(Rule("r", equals("kind", "hut"), Label("a", "a"), "nothing"),)),
    "unknown layer": changed(
        relations=(dataclasses.replace(catalogue.layer("dwelling").relations[0], parent="nothing"),)
    ),
    "unknown tab": changed(relations=(dataclasses.replace(catalogue.layer("dwelling").relations[0], group="nothing"),)),
    "has no uid": changed(fields=tuple(f for f in catalogue.layer("dwelling").fields if f.name != "uid")),
}


@pytest.mark.parametrize("fault", CONTRADICTIONS)
def test_a_contradiction_is_named(fault: str) -> None:
    others = [layer for layer in catalogue.layers() if layer.key != "dwelling"]
    with pytest.raises(ModelError, match=fault):
        catalogue.validate([*others, CONTRADICTIONS[fault]])


def test_filled_from_the_position_may_be_corrected() -> None:
    field = catalogue.layer("site").field("fk_city")
    assert field.origin is Origin.POSITION
    assert not field.read_only
