"""The rules of the platform's validators of sites, but of their closing."""

from __future__ import annotations

from .statements import TODAY, TOMORROW, YESTERDAY, Stated, answered, in_order, not_in_future, plain_text, within_whole

_AGES = ("0_3", "3_6", "6_12", "12_16", "16_18")
_PRIVATE_TAP = {"water_access_type": "robinet_connecte_au_reseau", "water_access_is_public": False}
_TAP_ON_SITE = {**_PRIVATE_TAP, "water_access_is_local": True}
SITE = (
    Stated(
        "Place: the code of the commune is one",
        "site",
        "fk_city_is_a_code",
        ({"fk_city": "3155"}, {"fk_city": "Toulouse"}, {"fk_city": "2C004"}),
        ({"fk_city": "31555"}, {"fk_city": "2A004"}, {"fk_city": "97411"}),
    ),
    not_in_future("built_at: not in the future", "site", "built_at"),
    in_order("built_at ≤ declared_at", "site", "built_before_declared", "built_at", "declared_at"),
    not_in_future("declared_at: not in the future", "site", "declared_at"),
    answered(
        "Reinstallation: details",
        "site.reinstallation_comments",
        {"is_reinstallation": True},
        {"is_reinstallation": False},
        "Après la fermeture du site voisin.",
    ),
    answered(
        "Census: date mandatory when scheduled",
        "site.census_conducted_at",
        {"census_status": "scheduled"},
        {"census_status": "none"},
        TOMORROW,
    ),
    answered(
        "Census: operator mandatory when done",
        "site.census_conducted_by",
        {"census_status": "done"},
        {"census_status": "none"},
        "Association",
    ),
    in_order("Census: date ≥ built_at", "site", "census_after_built", "built_at", "census_conducted_at"),
    Stated(
        "Census: scheduled not in the past",
        "site",
        "census_scheduled_not_in_past",
        ({"census_status": "scheduled", "census_conducted_at": YESTERDAY},),
        (
            {"census_status": "scheduled", "census_conducted_at": TODAY},
            {"census_status": "done", "census_conducted_at": YESTERDAY},
        ),
        ({"census_status": "scheduled"}, {"census_conducted_at": YESTERDAY}),
    ),
    Stated(
        "Census: done not in the future",
        "site",
        "census_done_not_in_future",
        ({"census_status": "done", "census_conducted_at": TOMORROW},),
        (
            {"census_status": "done", "census_conducted_at": TODAY},
            {"census_status": "scheduled", "census_conducted_at": TOMORROW},
        ),
        ({"census_status": "done"}, {"census_conducted_at": TOMORROW}),
    ),
    within_whole("Population: couples ≤ total", "site", "population_couples", "population_total"),
    within_whole("Population: minors ≤ total", "site", "population_minors", "population_total"),
    within_whole("Population: females ≤ total", "site", "population_total_females", "population_total"),
    within_whole("Population: girls ≤ total", "site", "population_minors_girls", "population_total"),
    within_whole("Population: girls ≤ minors", "site", "population_minors_girls", "population_minors"),
    within_whole("Population: in school ≤ minors", "site", "minors_in_school", "population_minors"),
    within_whole("Population: in school ≤ total", "site", "minors_in_school", "population_total"),
    Stated(
        "Population: Σ age classes ≤ minors",
        "site",
        "age_classes_within_minors",
        ({**{f"population_minors_{age}": 2 for age in _AGES}, "population_minors": 9},),
        ({**{f"population_minors_{age}": 2 for age in _AGES}, "population_minors": 10}, {"population_minors": 0}),
        ({"population_minors_0_3": 4}, {}),
    ),
    answered(
        "Living conditions: water type mandatory (unknown allowed)",
        "site.water_access_type",
        {"living_conditions_version": 2},
        {"living_conditions_version": 1},
        "inconnu",
    ),
    answered(
        "Living conditions: details when the type is other",
        "site.water_access_type_details",
        {"water_access_type": "autre"},
        {"water_access_type": "reservoir"},
        "Source",
    ),
    answered(
        "Living conditions: details when not continuous",
        "site.water_access_is_continuous_details",
        {**_PRIVATE_TAP, "water_access_is_continuous": False},
        {**_PRIVATE_TAP, "water_access_is_continuous": True},
        "L'été",
    ),
    answered(
        "Living conditions: details when unequal",
        "site.water_access_is_unequal_details",
        {**_TAP_ON_SITE, "water_access_is_unequal": True},
        {**_TAP_ON_SITE, "water_access_is_unequal": False},
        "Un seul robinet",
    ),
    answered(
        "Living conditions: details of the pests",
        "site.pest_animals_details",
        {"pest_animals": True},
        {"pest_animals": False},
        "Rats",
    ),
    *(plain_text("site", name) for name in ("name", "address", "address_details", "closing_context", "comments")),
)
