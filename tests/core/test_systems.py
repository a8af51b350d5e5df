"""Every system that the documents describe has its place, and every place named exists."""

from __future__ import annotations

import pytest

from resorption_plugin.core.checks import registry as checks
from resorption_plugin.core.indicators import registry as indicators
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.systems.registry import ACTORS, SYSTEMS
from resorption_plugin.core.systems.system import System

EVERY = (*SYSTEMS, *ACTORS)

DESCRIBED = [
    "Résorption-bidonvilles platform",
    "Access to water",
    "Crisis monitoring (COVID-19, heat)",
    "Indicators of impact",
    "Cleared site",
    "Department sheets",
    "Roadmap, local strategy",
    "Co-financed actions, mandated organisations",
    "SIBEL",
    "School outreach",
    "Social diagnostic (Trajectoires)",
    "Toulouse model",
    "RMG Nantes, MOUS Grenoble, interim sites, Red Cross and École et Famille in Val-d'Oise",
    "La Rose des Vents (Seine-et-Marne, 2014)",
    "First deployment",
    "Territorial diagnosis (law, 2022)",
]
WHO = [
    "DIHAL",
    "Prefecture, DDETS",
    "Communes, intercommunal bodies, department councils",
    "Operators (associations)",
    "ARS, education authorities (CASNAV), SIAO, social landlords",
]
PROGRAMMES = {
    *(
        "sibel",
        "mous",
        "rmg",
        "school_outreach",
        "social_diagnostic",
        "first_evaluation",
        "interim_site",
        "humanitarian",
    ),
}
"""The programmes that the documents name, by their codes."""

# What the documents say, as the columns that hold it.
OWED = {
    "crisis": {"journal_entry.infection_cases", "journal_entry.food_aid"},
    "department_sheets": {
        "territory_profile.school_liaison_fte",
        "territory_profile.housing_first",
        "territory_profile.sibel",
        "territory_profile.roadmap_signed_on",
        "territory_profile.platform_users",
        "territory_profile.sites_resorbed",
    },
    "first_evaluation": {"action.staff_fte", "action.started_at", "site.declared_at"},
    "actions": {"action_finance.year", "action_finance.amount", "action_operator.organisation"},
    "sibel": {"cohort.people", "cohort.orientation_started_at", "cohort.training_started_at"},
    "impact": {
        "territory_profile.people_housed",
        "territory_profile.people_employed",
        "territory_profile.children_schooled",
    },
    "cleared": {"closure.number_of_people_affected", "site.closed_with_solutions"},
}


def test_every_system_of_the_documents_is_there_in_their_order() -> None:
    assert [system.name.en for system in SYSTEMS] == DESCRIBED
    assert [actor.name.en for actor in ACTORS] == WHO


def test_each_has_a_key_of_its_own_and_both_languages() -> None:
    assert len({system.key for system in EVERY}) == len(EVERY)
    for system in EVERY:
        assert all((system.name.en, system.name.fr, system.said.en, system.said.fr))
        assert system.columns, f"{system.key} has no column"


@pytest.mark.parametrize("system", EVERY, ids=lambda system: system.key)
def test_every_place_of_a_system_exists(system: System) -> None:
    lists = {domain.name: set(domain.codes()) for domain in catalogue.domains()}
    for name in system.columns:
        key, _, column = name.partition(".")
        assert column in catalogue.layer(key).names(), name
    for name in system.codes:
        key, _, code = name.partition(".")
        assert code in lists[key], name
    assert set(system.figures) <= {declared.id for declared in indicators.indicators()}
    assert set(system.checks) <= {check.spec.id for check in checks.checks()}
    for names in (system.columns, system.codes, system.figures, system.checks):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("key", OWED)
def test_what_the_documents_count_has_its_column(key: str) -> None:
    (system,) = [system for system in SYSTEMS if system.key == key]
    assert OWED[key] <= set(system.columns)


def test_every_programme_of_the_documents_can_be_chosen() -> None:
    chosen = {code.partition(".")[2] for system in SYSTEMS for code in system.codes if code.startswith("programme.")}
    assert chosen == PROGRAMMES
    assert chosen <= set(catalogue.layer("action").field("programme").domain.codes())


def test_every_layer_of_actions_and_profiles_serves_a_system() -> None:
    used = {name.partition(".")[0] for system in EVERY for name in system.columns}
    assert used >= {
        *("action", "action_site", "action_operator", "action_metric", "action_finance", "cohort"),
        *(
            "territory_profile",
            "closure",
            "resorption_phase",
            "journal_entry",
            "site_actor",
            "platform_record",
            "owner",
        ),
        *("procedure", "site", "water_point", "distance", "dwelling", "population_count"),
    }
