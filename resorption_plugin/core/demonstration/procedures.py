"""Owners and procedures of the invented sites."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..records import Record
from .authorship import audit
from .chance import Chance
from .sites import Site

UNKNOWN, PUBLIC, PRIVATE = 1, 2, 3
"""Codes of the types of owner."""

_NAMES = {
    UNKNOWN: (None,),
    PUBLIC: ("Établissement public foncier (exemple)", "Collectivité (exemple)", None),
    PRIVATE: ("Société immobilière (exemple)", None, None),
}
_TYPES = ((PUBLIC, 5), (PRIVATE, 4), (UNKNOWN, 1))
_SEVERAL_OWNERS = 0.12
_WITH_COMPLAINT = 0.45
_COURT = "Tribunal judiciaire (exemple)"


def owners(site: Site, chance: Chance) -> list[Record]:
    """Return the owner of the ground, sometimes with a former one."""
    states = (True, False) if chance.yes(_SEVERAL_OWNERS) else (True,)
    return [_owner(site, chance, active=active) for active in states]


def _owner(site: Site, chance: Chance, *, active: bool) -> Record:
    kind = chance.weighted(_TYPES)
    day = site.record["declared_at"]
    values = {
        "site_uid": site.record.uid,
        "fk_owner_type": kind,
        "owner_name": chance.pick(_NAMES[kind]),
        "active": active,
        **audit(day, day),
    }
    return Record("owner", chance.uid(), values)


def procedure(site: Site, today: dt.date, chance: Chance) -> list[Record]:
    """Return what is known of justice, orders and police, each step after the one it follows."""
    declared, last = site.record["declared_at"], site.record["closed_at"] or today
    complaint = chance.yes(_WITH_COMPLAINT)
    started = chance.day(declared, last)
    values = {
        "site_uid": site.record.uid,
        "owner_complaint": complaint,
        "justice_procedure": complaint and chance.yes(0.7),
        "evacuation_under_time_limit": chance.yes(0.1),
        "insalubrity_order": chance.yes(0.05),
        **audit(declared, last),
    }
    if values["justice_procedure"]:
        values |= _judgement(started, last, chance)
    if values["evacuation_under_time_limit"]:
        values |= _evacuation(started, last, chance)
    if values["insalubrity_order"]:
        values |= _insalubrity(started, chance)
    if complaint or values["evacuation_under_time_limit"]:
        values |= _police(values.get("justice_rendered_at") or started, last, chance)
    return [Record("procedure", chance.uid(), values)]


def _judgement(started: dt.date, last: dt.date, chance: Chance) -> dict[str, Any]:
    if not chance.yes(0.6):
        return {"justice_rendered": False}
    return {
        "justice_rendered": True,
        "justice_rendered_at": chance.day(started, last),
        "justice_rendered_by": _COURT,
        "justice_challenged": chance.yes(0.2),
    }


def _evacuation(started: dt.date, last: dt.date, chance: Chance) -> dict[str, Any]:
    decided = chance.day(started, last)
    return {
        "administrative_order_decision_at": decided,
        "administrative_order_decision_rendered_by": chance.pick(("Mairie (exemple)", "Préfecture (exemple)")),
        "administrative_order_evacuation_at": chance.day(decided, last),
    }


def _insalubrity(started: dt.date, chance: Chance) -> dict[str, Any]:
    return {
        "insalubrity_order_displayed": chance.yes(0.7),
        "insalubrity_order_type": "Arrêté de traitement de l'insalubrité (exemple)",
        "insalubrity_order_by": "Préfecture (exemple)",
        "insalubrity_order_at": started,
        "insalubrity_parcels": "Parcelle AB 12 (exemple)",
    }


def _police(from_day: dt.date, last: dt.date, chance: Chance) -> dict[str, Any]:
    status = chance.weighted((("none", 6), ("requested", 2), ("granted", 1), ("refused", 1)))
    if status == "none":
        return {"police_status": status}
    requested = chance.day(from_day, last)
    values: dict[str, Any] = {
        "police_status": status,
        "police_requested_at": requested,
        "bailiff": "Étude d'huissiers (exemple)",
    }
    if status == "granted":
        values |= {"police_granted_at": chance.day(requested, last), "existing_litigation": chance.yes(0.3)}
    return values
