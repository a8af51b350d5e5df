"""The columns of the export on living conditions.

On the rows of the form before August 2022 the statuses are filled and the answers are blank.
"""

from __future__ import annotations

from . import words
from .codecs import Codec, FreeText, OneOf, SomeOf, YesNo
from .column import Column, Option, Presence, SiteValue, name_of

_TEXT, _YES_NO = FreeText(), YesNo()


def _answer(title: str, column: str, codec: Codec = _YES_NO, *aliases: str) -> Column:
    target = SiteValue(column, codec)
    return Column(name_of(title), title, "Conditions de vie", target, Presence(Option.LIVING_CONDITIONS), aliases)


def _status(title: str, column: str, said: words.Words, *aliases: str) -> Column:
    return _answer(title, column, OneOf(said), *aliases)


_ELECTRICITY = (
    _status("Statut de l'accès à l'électricité", "declared_electricity_status", words.ELECTRICITY_STATUS),
    _answer("Y a-t-il présence d’une installation électrique ?", "electricity_access"),
    _answer(
        "Quelle est la source de l'accès à l'électricité ?",
        "electricity_access_types",
        SomeOf(words.ELECTRICITY_TYPES, "\n"),
    ),
    _answer("Des inégalités d’accès à l'électricité ont-elles été constatées ?", "electricity_access_is_unequal"),
)

_WATER = (
    _status("Statut de l'accès à l'eau", "declared_water_status", words.WATER_STATUS),
    _answer("Comment les habitants ont-ils accès à l'eau ?", "water_access_type", OneOf(words.WATER_ACCESS_TYPES)),
    _answer("Précisions concernant les modalités d'accès à l'eau", "water_access_type_details", _TEXT),
    _answer("Est-ce un point d'eau sur la voie publique ?", "water_access_is_public"),
    _answer("L'accès à l'eau est-il continu ?", "water_access_is_continuous"),
    _answer("Précisions concernant la discontinuité de l'accès à l'eau", "water_access_is_continuous_details", _TEXT),
    _answer("Accès à l'eau sur site ?", "water_access_is_local", _YES_NO, "Où se situe l'accès à l'eau ?"),
    # The title asks for a distance and the cell says yes or no: yes is less than 200 m.
    _answer("Distance point d’eau / habitation la plus éloignée ?", "water_access_is_close"),
    _answer("Des inégalités d'accès à l'eau ont-elles été constatées ?", "water_access_is_unequal"),
    _answer("Précisions concernant les inégalités d'accès à l'eau", "water_access_is_unequal_details", _TEXT),
    _answer("Existe-t-il des eaux stagnantes autour du point de distribution ?", "water_access_has_stagnant_water"),
    _answer("Informations complémentaires sur l'accès à l'eau", "water_access_comments", _TEXT),
)

_SANITARY = (
    _status("Statut de l'accès aux sanitaires", "declared_sanitary_status", words.SANITARY_STATUS),
    _answer(
        "Constate-t-on des marques de défécation à l’air libre ?",
        "sanitary_access_open_air_defecation",
        _YES_NO,
        "Défécation à l'air libre",
    ),
    _answer(
        "Présence de toilettes fonctionnelles ?",
        "sanitary_access_working_toilets",
        _YES_NO,
        "Toilettes fonctionnelles",
    ),
    _answer(
        "Quels sont les types de toilettes installées ?",
        "sanitary_access_toilet_types",
        SomeOf(words.TOILET_TYPES, "\n"),
        "Types de toilettes",
    ),
    _answer("Les toilettes sont-elles à l’intérieur du site ?", "sanitary_access_toilets_are_inside"),
    _answer(
        "Ces toilettes sont-elles éclairées et verrouillables de l’intérieur ?",
        "sanitary_access_toilets_are_lighted",
        _YES_NO,
        "Les toilettes sont-elles éclairées et verrouillables de l'intérieur ?",
    ),
    _answer(
        "Y a-t-il un point de lavage des mains à proximité des toilettes ?",
        "sanitary_access_hand_washing",
        _YES_NO,
        "Y a-t-il un lave-mains à proximité des toilettes ?",
    ),
)

_TRASH = (
    _status("Statut de l'évacuation des déchets", "declared_trash_status", words.TRASH_STATUS),
    _answer(
        "Constate-t-on une accumulation de déchets type ordures ménagères sur le site ou aux abords ?",
        "trash_is_piling",
    ),
    _answer(
        "Y a-t-il des dispositifs de ramassage des ordures ménagères à proximité immédiate ?",
        "trash_evacuation_is_close",
    ),
    _answer("Les dispositifs de ramassages des ordures sont-ils en bon état ?", "trash_evacuation_is_safe"),
    _answer("La collecte des poubelles est-elle réalisée de manière régulière ?", "trash_evacuation_is_regular"),
    _answer("Constate-t-on une accumulation de déchets type encombrants ?", "trash_bulky_is_piling"),
)

_PESTS_AND_FIRE = (
    _status("Statut de la présence de nuisibles", "declared_pest_status", words.PEST_STATUS),
    _answer("Y a-t-il des nuisibles à proximité ?", "pest_animals"),
    _answer("Précision concernant les nuisibles", "pest_animals_details", _TEXT, "Précisions concernant les nuisibles"),
    _status("Statut du diagnostic prévention incendie", "declared_fire_status", words.FIRE_STATUS),
    _answer("Est-ce qu’un diagnostic prévention incendie par le SDIS a été réalisé ?", "fire_prevention"),
)

COLUMNS = (
    _answer("Alerte Canicule", "heatwave_status"),
    *_ELECTRICITY,
    *_WATER,
    *_SANITARY,
    *_TRASH,
    *_PESTS_AND_FIRE,
)
