"""What is left of the platform's form before August 2022 (version 1): still present on old records."""

from __future__ import annotations

from . import domains
from .common import count, long_answer, yes_no
from .fields import Field, Kind, Label

_WATER = (
    yes_no("access_to_water", Label("Access to water", "Accès à l'eau"), "version_1"),
    long_answer("water_comments", "How water is obtained", "Modalités d'accès à l'eau", "version_1"),
    yes_no("water_potable", Label("Drinking water", "Eau potable"), "version_1"),
    yes_no("water_continuous_access", Label("Continuous access", "Accès continu"), "version_1"),
    yes_no("water_public_point", Label("Point on the public road", "Point d'eau sur la voie publique"), "version_1"),
    Field(
        "water_distance",
        Label("Distance to water", "Distance d'accès à l'eau"),
        group="version_1",
        domain=domains.WATER_DISTANCE_V1,
    ),
    yes_no(
        "water_roads_to_cross",
        Label("A road to cross?", "L'accès nécessite-t-il un franchissement de rue ou de route ?"),
        "version_1",
    ),
    yes_no("water_everyone_has_access", Label("Access for everyone", "Accès pour tous"), "version_1"),
    yes_no("water_stagnant_water", Label("Stagnant water", "Eaux stagnantes"), "version_1"),
    yes_no("water_hand_wash_access", Label("Hand washing", "Accès au lavage des mains"), "version_1"),
    count(
        "water_hand_wash_access_number",
        Label("Number of hand basins", "Nombre de bacs de lavage"),
        "version_1",
        help=Label("At least 1 basin for 20 people.", "Au moins 1 bac de lavage pour 20 personnes."),
    ),
)

_OTHERS = (
    yes_no("access_to_sanitary", Label("Access to toilets", "Accès aux sanitaires"), "version_1"),
    long_answer("sanitary_comments", "Details of the toilets", "Modalités d'accès aux sanitaires", "version_1"),
    count("sanitary_number", Label("Number of toilets", "Nombre de toilettes"), "version_1"),
    yes_no("sanitary_insalubrious", Label("Unhealthy toilets", "Toilettes insalubres"), "version_1"),
    yes_no("sanitary_on_site", Label("Toilets on the site", "Toilettes sur le site"), "version_1"),
    Field(
        "fk_electricity_type",
        Label("Type of electricity (code)", "Type d'électricité (code)"),
        Kind.INTEGER,
        "version_1",
        minimum=0,
    ),
    long_answer("electricity_comments", "Details of the electricity", "Modalités d'accès à l'électricité", "version_1"),
    count("trash_cans_on_site", Label("Bins on the site", "Nombre de bennes sur le site"), "version_1"),
    yes_no("trash_accumulation", Label("Waste piling up", "Accumulation de déchets"), "version_1"),
    yes_no("trash_evacuation", Label("Waste collected", "Évacuation des déchets"), "version_1"),
    yes_no("trash_evacuation_regular", Label("Regular collection", "Évacuation régulière"), "version_1"),
    yes_no("vermin", Label("Vermin", "Présence de nuisibles"), "version_1"),
    long_answer("vermin_comments", "Details of the vermin", "Précisions sur les nuisibles", "version_1"),
    yes_no(
        "fire_prevention_measures", Label("Fire prevention measures", "Mesures de prévention incendie"), "version_1"
    ),
    yes_no("fire_prevention_diagnostic", Label("Fire diagnostic", "Diagnostic incendie"), "version_1"),
    yes_no(
        "fire_prevention_site_accessible", Label("Open to fire engines", "Site accessible aux pompiers"), "version_1"
    ),
    yes_no(
        "fire_prevention_devices", Label("Fire-fighting devices", "Dispositifs de lutte contre l'incendie"), "version_1"
    ),
    long_answer("fire_prevention_comments", "Details on fire", "Précisions sur la prévention incendie", "version_1"),
)

FIELDS = (*_WATER, *_OTHERS)
