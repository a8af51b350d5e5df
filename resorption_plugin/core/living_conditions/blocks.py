"""The six living conditions of the platform and how each is judged.

Sources: the platform's statuses of the form of August 2022 (``computeStatus`` of each block), and its general rule for
the form before. Of that older form the exact list of faults is known for water only; the faults of the other blocks
are the negative answers the form had. The old code of the electricity has no public meaning: there the platform's own
verdict is the only answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..model.expressions import Condition, all_of, any_of, equals, unknown
from ..model.fields import Label
from ..water import access_rule
from .choices import Includes, IncludesNothingBut
from .decision_table import FIRST_FORM, DecisionTable, Row, Status, first_form


@dataclass(frozen=True)
class Block:
    """A living condition: its name, its table, and what its statuses are called."""

    key: str
    label: Label
    table: DecisionTable
    best: Label
    """What the best status says of a site."""
    worst: Label
    """What the worst status says of it."""


def _worst_first(
    bad: tuple[Condition, ...], not_told: tuple[Condition, ...], faults: tuple[Condition, ...]
) -> tuple[Row, ...]:
    """Return the rows of the form of 2022: bad, then unknown, then to improve, in the platform's order."""
    ranked = ((bad, Status.BAD), (not_told, Status.UNKNOWN), (faults, Status.TO_IMPROVE))
    return tuple(Row(any_of(*conditions), status) for conditions, status in ranked if conditions)


_TOILETS = "sanitary_access_toilet_types"

_ELECTRICITY = DecisionTable(
    (
        *(Row(all_of(FIRST_FORM, equals("declared_electricity_status", status.value)), status) for status in Status),
        Row(FIRST_FORM, Status.UNKNOWN),
        *_worst_first(
            (equals("electricity_access", False),),
            (unknown("electricity_access"),),
            (equals("electricity_access_is_unequal", True),),
        ),
    )
)

_SANITARY = DecisionTable(
    (
        *first_form(
            "access_to_sanitary",
            (equals("sanitary_insalubrious", True), equals("sanitary_on_site", False)),
            "declared_sanitary_status",
        ),
        *_worst_first(
            (
                equals("sanitary_access_working_toilets", False),
                IncludesNothingBut(_TOILETS, "latrines"),
                equals("sanitary_access_toilets_are_inside", False),
            ),
            (
                unknown("sanitary_access_working_toilets"),
                unknown(_TOILETS),
                unknown("sanitary_access_toilets_are_inside"),
            ),
            (
                equals("sanitary_access_open_air_defecation", True),
                Includes(_TOILETS, "latrines"),
                equals("sanitary_access_toilets_are_lighted", False),
                equals("sanitary_access_hand_washing", False),
            ),
        ),
    )
)

_TRASH = DecisionTable(
    (
        *first_form(
            "trash_evacuation",
            (equals("trash_accumulation", True), equals("trash_evacuation_regular", False)),
            "declared_trash_status",
        ),
        *_worst_first(
            (equals("trash_evacuation_is_close", False),),
            (unknown("trash_evacuation_is_close"),),
            (
                equals("trash_is_piling", True),
                equals("trash_evacuation_is_safe", False),
                equals("trash_evacuation_is_regular", False),
                equals("trash_bulky_is_piling", True),
            ),
        ),
    )
)

_PESTS = DecisionTable(
    (
        *(
            Row(all_of(FIRST_FORM, unknown("vermin"), equals("declared_pest_status", status.value)), status)
            for status in Status
        ),
        Row(all_of(FIRST_FORM, equals("vermin", True)), Status.BAD),
        Row(all_of(FIRST_FORM, unknown("vermin")), Status.UNKNOWN),
        Row(FIRST_FORM, Status.GOOD),
        *_worst_first((equals("pest_animals", True),), (unknown("pest_animals"),), ()),
    )
)

_FIRE = DecisionTable(
    (
        *first_form(
            "fire_prevention_measures",
            (
                equals("fire_prevention_diagnostic", False),
                equals("fire_prevention_site_accessible", False),
                equals("fire_prevention_devices", False),
            ),
            "declared_fire_status",
        ),
        *_worst_first((equals("fire_prevention", False),), (unknown("fire_prevention"),), ()),
    )
)

BLOCKS: tuple[Block, ...] = (
    Block(
        "water",
        Label("Water", "Eau"),
        access_rule.TABLE,
        best=Label(
            "a private tap on the site, within 200 m, continuous, shared by all, without stagnant water",
            "un robinet privé sur le site, à moins de 200 m, continu, partagé par tous, sans eau stagnante",
        ),
        worst=Label(
            "a fountain, a hydrant, bottles or a tank, a point on the public road or off the site",
            "une fontaine, une borne incendie, des bouteilles, une cuve, un point sur la voie publique ou hors du site",
        ),
    ),
    Block(
        "electricity",
        Label("Electricity", "Électricité"),
        _ELECTRICITY,
        best=Label("electricity, without unequal access", "une installation électrique, sans inégalité d'accès"),
        worst=Label("no electricity", "aucune installation électrique"),
    ),
    Block(
        "sanitary",
        Label("Toilets", "Sanitaires"),
        _SANITARY,
        best=Label(
            "working toilets inside the site, lit, with hand washing, without latrines nor open-air defecation",
            "des toilettes fonctionnelles sur le site, éclairées, avec lave-mains, sans latrines ni défécation à "
            "l'air libre",
        ),
        worst=Label(
            "no working toilets, latrines only, or toilets outside the site",
            "aucune toilette fonctionnelle, des latrines seulement, ou des toilettes hors du site",
        ),
    ),
    Block(
        "trash",
        Label("Waste", "Déchets"),
        _TRASH,
        best=Label(
            "bins within 100 m, in good condition, regularly collected, without waste piling up",
            "des dispositifs de ramassage à moins de 100 m, en bon état, collectés régulièrement, sans accumulation",
        ),
        worst=Label("no bins within 100 m", "aucun dispositif de ramassage à moins de 100 m"),
    ),
    Block(
        "pests",
        Label("No pests", "Absence de nuisibles"),
        _PESTS,
        best=Label("no pests nearby", "aucun nuisible à proximité"),
        worst=Label("pests nearby", "des nuisibles à proximité"),
    ),
    Block(
        "fire",
        Label("Fire prevention", "Prévention incendie"),
        _FIRE,
        best=Label("a fire prevention diagnostic", "un diagnostic de prévention incendie"),
        worst=Label("no diagnostic by the fire service", "aucun diagnostic par le SDIS"),
    ),
)
"""In the platform's order."""
