"""Invented answers to the platform's form on living conditions (version 2), coherent with its question tree."""

from __future__ import annotations

from typing import Any

from .chance import Chance
from .scenarios import Water

_ON_SITE = {
    "water_access_type": "robinet_connecte_au_reseau",
    "water_access_is_public": False,
    "water_access_is_continuous": True,
    "water_access_is_local": True,
    "water_access_is_close": True,
    "water_access_is_unequal": False,
    "water_access_has_stagnant_water": False,
}

_WATER: dict[Water, dict[str, Any]] = {
    Water.GOOD: _ON_SITE,
    Water.UNEQUAL: _ON_SITE
    | {
        "water_access_is_unequal": True,
        "water_access_is_unequal_details": "Un seul robinet, loin d'une partie des habitations.",
    },
    Water.STAGNANT: _ON_SITE | {"water_access_has_stagnant_water": True},
    Water.INTERRUPTED: _ON_SITE
    | {
        "water_access_is_continuous": False,
        "water_access_is_continuous_details": "Coupures en hiver et lors des pannes.",
    },
    Water.TAP_OUTSIDE: {
        "water_access_type": "robinet_connecte_au_reseau",
        "water_access_is_public": False,
        "water_access_is_continuous": True,
        "water_access_is_local": False,
    },
    Water.PUBLIC_TAP: {"water_access_type": "robinet_connecte_au_reseau", "water_access_is_public": True},
    Water.FOUNTAIN: {"water_access_type": "fontaine_publique"},
    Water.HYDRANT: {
        "water_access_type": "borne_incendie",
        "water_access_comments": "Prise d'eau sur une borne incendie.",
    },
    Water.BOTTLES: {"water_access_type": "achat_bouteille"},
    Water.TANK: {"water_access_type": "reservoir", "water_access_comments": "Citerne remplie par camion."},
    Water.UNKNOWN: {"water_access_type": "inconnu"},
    Water.BLANK: {},
}


def living_conditions(water: Water, chance: Chance) -> dict[str, Any]:
    """Return the living-condition columns of a site, without the old form's."""
    return {
        "living_conditions_version": 2,
        **_WATER[water],
        **_toilets(chance),
        **_electricity(chance),
        **_waste(chance),
        **_pests_and_fire(chance),
    }


def _toilets(chance: Chance) -> dict[str, Any]:
    working = _answer(chance, 0.6)
    columns: dict[str, Any] = {
        "sanitary_access_open_air_defecation": _answer(chance, 0.35),
        "sanitary_access_working_toilets": working,
    }
    if working:
        kind = chance.weighted(
            (("toilettes_seches", 3), ("toilettes_chimiques", 3), ("latrines", 2), ("toilettes_a_chasse", 1))
        )
        columns |= {
            "sanitary_access_toilet_types": (kind,),
            "sanitary_access_toilets_are_inside": _answer(chance, 0.8),
            "sanitary_access_toilets_are_lighted": _answer(chance, 0.4),
            "sanitary_access_hand_washing": _answer(chance, 0.5),
        }
    return columns


def _electricity(chance: Chance) -> dict[str, Any]:
    present = _answer(chance, 0.7)
    if not present:
        return {"electricity_access": present}
    kind = chance.weighted((("reseau_urbain", 3), ("electrogene", 2), ("installation_du_bati", 1)))
    return {
        "electricity_access": True,
        "electricity_access_types": (kind,),
        "electricity_access_is_unequal": _answer(chance, 0.3),
    }


def _waste(chance: Chance) -> dict[str, Any]:
    close = _answer(chance, 0.6)
    columns: dict[str, Any] = {
        "trash_is_piling": _answer(chance, 0.4),
        "trash_bulky_is_piling": _answer(chance, 0.5),
        "trash_evacuation_is_close": close,
    }
    if close:
        columns |= {
            "trash_evacuation_is_safe": _answer(chance, 0.8),
            "trash_evacuation_is_regular": _answer(chance, 0.7),
        }
    return columns


def _pests_and_fire(chance: Chance) -> dict[str, Any]:
    pests = _answer(chance, 0.5)
    details = {"pest_animals_details": "Présence de rats signalée."} if pests else {}
    return {"pest_animals": pests, **details, "fire_prevention": _answer(chance, 0.3)}


def _answer(chance: Chance, yes: float) -> bool | None:
    """Return yes, no, or one time in ten the unknown."""
    return None if chance.yes(0.1) else chance.yes(yes)
