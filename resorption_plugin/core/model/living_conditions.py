"""The living-condition blocks of the platform: the form of 2022 (version 2) and what is left of version 1.

A question outside its branch is hidden, as on the platform.
"""

from __future__ import annotations

from . import domains
from .common import long_answer, yes_no
from .expressions import all_of, equals, one_of
from .fields import Default, Field, Group, Kind, Label
from .first_form import FIELDS as FIRST_FORM

_V1 = equals("living_conditions_version", 1)
_TAP = one_of("water_access_type", "robinet_connecte_au_reseau", "autre")
_PRIVATE_TAP = all_of(_TAP, equals("water_access_is_public", False))
_TAP_ON_SITE = all_of(_PRIVATE_TAP, equals("water_access_is_local", True))
_TOILETS = equals("sanitary_access_working_toilets", True)


def _group(key: str, en: str, fr: str) -> Group:
    return Group(key, Label(en, fr), "living_conditions")


GROUPS = (
    Group("living_conditions", Label("Living conditions", "Conditions de vie")),
    _group("water", "Water", "Eau"),
    _group("sanitary", "Toilets", "Sanitaires"),
    _group("electricity", "Electricity", "Électricité"),
    _group("trash", "Waste", "Déchets"),
    _group("pests", "Pests", "Nuisibles"),
    _group("fire", "Fire", "Incendie"),
    Group(
        "version_1",
        Label("Old form (before August 2022)", "Ancien formulaire (avant août 2022)"),
        "living_conditions",
        visible_when=_V1,
    ),
)


_WATER = (
    Field(
        "water_access_type",
        Label("How do the inhabitants get water?", "Comment les habitants ont-ils accès à l'eau ?"),
        group="water",
        domain=domains.WATER_ACCESS_TYPE,
    ),
    long_answer(
        "water_access_type_details",
        "How they get it",
        "Veuillez préciser les modalités d'accès",
        "water",
        visible_when=equals("water_access_type", "autre"),
    ),
    yes_no(
        "water_access_is_public",
        Label("Is the water point on the public road?", "Est-ce un point d'eau sur la voie publique ?"),
        "water",
        visible_when=_TAP,
    ),
    yes_no(
        "water_access_is_continuous",
        Label("Is the access continuous?", "L'accès est-il continu ?"),
        "water",
        visible_when=_PRIVATE_TAP,
        help=Label(
            "It does not vary in quality and quantity over the day and the seasons.",
            "Il ne varie pas en qualité et en quantité au fil de la journée et des saisons.",
        ),
    ),
    long_answer(
        "water_access_is_continuous_details",
        "Details of the interruptions",
        "Précisions concernant la discontinuité de l'accès à l'eau",
        "water",
        visible_when=all_of(_PRIVATE_TAP, equals("water_access_is_continuous", False)),
    ),
    yes_no(
        "water_access_is_local",
        Label("Is the access on the site?", "Où se situe l'accès ? Oui : sur site. Non : à l'extérieur"),
        "water",
        visible_when=_PRIVATE_TAP,
    ),
    yes_no(
        "water_access_is_close",
        Label(
            "Is the farthest dwelling less than 200 m from the water point?",
            "Quelle est la distance entre le point d'eau et l'habitation la plus éloignée ? Oui : moins de 200 m",
        ),
        "water",
        visible_when=_TAP_ON_SITE,
        help=Label("Yes: less than 200 m. No: over 200 m.", "Oui : moins de 200 m. Non : plus de 200 m."),
    ),
    yes_no(
        "water_access_is_unequal",
        Label("Was unequal access noticed?", "Des inégalités d'accès ont-elles été constatées ?"),
        "water",
        visible_when=_TAP_ON_SITE,
        help=Label(
            "1 tap for 50 people is recommended, to be adapted to the site.",
            "Il est recommandé 1 robinet pour 50 personnes, à adapter aux spécificités du site.",
        ),
    ),
    long_answer(
        "water_access_is_unequal_details",
        "Details of the unequal access",
        "Précisions concernant les inégalités d'accès à l'eau",
        "water",
        visible_when=all_of(_TAP_ON_SITE, equals("water_access_is_unequal", True)),
    ),
    yes_no(
        "water_access_has_stagnant_water",
        Label(
            "Is there stagnant water around the outlet?",
            "Existe-t-il des eaux stagnantes autour du point de distribution ?",
        ),
        "water",
        visible_when=_TAP_ON_SITE,
    ),
    Field(
        "water_access_comments",
        Label("More about access to water", "Informations complémentaires sur l'accès à l'eau"),
        group="water",
        max_length=255,
    ),
)

_SANITARY = (
    yes_no(
        "sanitary_access_open_air_defecation",
        Label("Open-air defecation?", "Y a-t-il présence de défécation à l'air libre ?"),
        "sanitary",
    ),
    yes_no(
        "sanitary_access_working_toilets",
        Label("Are there working toilets?", "Y a-t-il des toilettes fonctionnelles utilisées par les habitants ?"),
        "sanitary",
    ),
    Field(
        "sanitary_access_toilet_types",
        Label("Types of toilets", "Quels sont les types de toilettes ?"),
        Kind.CHOICES,
        "sanitary",
        domains.TOILET_TYPE,
        visible_when=_TOILETS,
    ),
    yes_no(
        "sanitary_access_toilets_are_inside",
        Label("Are the toilets inside the site?", "Les toilettes sont-elles à l'intérieur du site ?"),
        "sanitary",
        visible_when=_TOILETS,
    ),
    yes_no(
        "sanitary_access_toilets_are_lighted",
        Label(
            "Are they lit and lockable from the inside?",
            "Les toilettes sont-elles éclairées et verrouillables de l'intérieur ?",
        ),
        "sanitary",
        visible_when=_TOILETS,
    ),
    yes_no(
        "sanitary_access_hand_washing",
        Label("Is there hand washing near the toilets?", "Y a-t-il un lave-mains à proximité des toilettes ?"),
        "sanitary",
        visible_when=_TOILETS,
    ),
)

_ELECTRICITY = (
    yes_no(
        "electricity_access",
        Label("Is there electricity?", "Y a-t-il présence d'une installation électrique ?"),
        "electricity",
    ),
    Field(
        "electricity_access_types",
        Label("Source of the electricity", "Quelle est la source de l'accès à l'électricité ?"),
        Kind.CHOICES,
        "electricity",
        domains.ELECTRICITY_TYPE,
        visible_when=equals("electricity_access", True),
    ),
    yes_no(
        "electricity_access_is_unequal",
        Label("Was unequal access noticed?", "Des inégalités d'accès à l'électricité ont-elles été constatées ?"),
        "electricity",
        visible_when=equals("electricity_access", True),
    ),
)

_TRASH = (
    yes_no("trash_is_piling", Label("Is waste piling up?", "Y a-t-il une accumulation d'ordures ?"), "trash"),
    yes_no(
        "trash_evacuation_is_close",
        Label(
            "Are there bins close to the site (less than 100 m)?",
            "Existe-t-il des dispositifs de ramassage à proximité immédiate du site (moins de 100 m) ?",
        ),
        "trash",
    ),
    yes_no(
        "trash_evacuation_is_safe",
        Label("Are the bins in good condition?", "Les dispositifs sont-ils en bon état ?"),
        "trash",
        visible_when=equals("trash_evacuation_is_close", True),
    ),
    yes_no(
        "trash_evacuation_is_regular",
        Label("Is the collection regular?", "La collecte est-elle régulière ?"),
        "trash",
        visible_when=equals("trash_evacuation_is_close", True),
    ),
    yes_no(
        "trash_bulky_is_piling",
        Label("Is bulky waste piling up?", "Y a-t-il une accumulation d'encombrants ?"),
        "trash",
    ),
)

_PESTS_AND_FIRE = (
    yes_no("pest_animals", Label("Pests nearby?", "Y a-t-il des nuisibles à proximité ?"), "pests"),
    long_answer(
        "pest_animals_details",
        "Details of the pests",
        "Précisions concernant les nuisibles",
        "pests",
        visible_when=equals("pest_animals", True),
    ),
    yes_no(
        "fire_prevention",
        Label(
            "Was a fire prevention diagnostic made by the fire service?",
            "Un diagnostic prévention incendie du site par le SDIS a-t-il été réalisé ?",
        ),
        "fire",
    ),
)

FIELDS = (
    Field(
        "living_conditions_version",
        Label("Version of the form", "Version du formulaire"),
        Kind.INTEGER,
        "living_conditions",
        required=True,
        minimum=1,
        maximum=2,
        default=Default("2"),
        hidden=True,
    ),
    *_WATER,
    *_SANITARY,
    *_ELECTRICITY,
    *_TRASH,
    *_PESTS_AND_FIRE,
    *FIRST_FORM,
)

CONDITIONAL_DETAILS = tuple(
    (field.name, field.visible_when) for field in FIELDS if field.name.endswith("_details") and field.visible_when
)
"""The texts that another answer calls for, with the condition that does (platform, server validator)."""
