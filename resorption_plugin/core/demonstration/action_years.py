"""What the invented actions achieved and cost, year by year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from ..records import Record
from .actions import Action
from .authorship import audit
from .chance import Chance

_HOUSEHOLD = 4.2
_SCHOOL_AGES = (0.3, 0.45, 0.18, 0.05)
_FUNDS: tuple[tuple[str, float], ...] = (("dedie", 0.55), ("etatique", 0.15), ("collectivite", 0.3))


def metrics(action: Action, today: dt.date, chance: Chance) -> Iterator[Record]:
    """Yield the figures of each year that is over; every part is within its whole."""
    for year in _years(action, today.year - 1):
        reached = sum(site.record["population_total"] or 0 for site in _there(action, year))
        people = max(1, round(reached * chance.real(0.5, 0.95)))
        minors = chance.part(people, 0.36)
        values: dict[str, Any] = {
            "nombre_personnes": people,
            "nombre_menages": max(1, round(people / _HOUSEHOLD)),
            "nombre_femmes": chance.part(people - minors, 0.49),
            "nombre_mineurs": minors,
        }
        for topic in action.programme.topics:
            values |= _of_topic(topic, people, minors, chance)
        yield _record("action_metric", action, year, values, chance)


def _of_topic(topic: str, people: int, minors: int, chance: Chance) -> dict[str, int]:
    if topic == "health":
        return {"sante_nombre_personnes": chance.part(people, 0.5)}
    if topic == "work":
        employed = chance.part(people - minors, 0.2)
        return {"travail_nombre_personnes": employed, "travail_nombre_femmes": chance.part(employed, 0.4)}
    if topic == "housing":
        housed, sheltered = chance.parts(people, (0.12, 0.15))
        return {
            "logement_nombre_personnes": housed,
            "logement_nombre_menages": round(housed / _HOUSEHOLD),
            "hebergement_nombre_personnes": sheltered,
            "hebergement_nombre_menages": round(sheltered / _HOUSEHOLD),
        }
    return _school(minors, chance) if topic == "school" else {}


def _school(minors: int, chance: Chance) -> dict[str, int]:
    under_three = chance.part(minors, 0.18)
    enrolled = chance.part(minors - under_three, 0.6)
    nursery, primary, lower, upper = chance.parts(enrolled, _SCHOOL_AGES)
    return {
        "scolaire_mineurs_moins_de_trois_ans": under_three,
        "scolaire_mineurs_trois_ans_et_plus": minors - under_three,
        "scolaire_mediation_moins_de_trois_ans": chance.part(under_three, 0.2),
        "scolaire_mediation_trois_ans_et_plus": chance.part(minors - under_three, 0.7),
        "scolaire_nombre_maternelle": nursery,
        "scolaire_nombre_elementaire": primary,
        "scolaire_nombre_college": lower,
        "scolaire_nombre_lycee": upper,
        "scolaire_nombre_autre": enrolled - nursery - primary - lower - upper,
        "scolaire_mineur_scolarise_dans_annee": chance.part(enrolled, 0.35),
    }


def finances(action: Action, today: dt.date, chance: Chance) -> Iterator[Record]:
    """Yield what each fund pays each year; what the present year will have cost is unknown."""
    for year in _years(action, max(today.year, action.record["started_at"].year)):
        total = action.programme.euros_a_year * chance.real(0.85, 1.15)
        for kind, share in _FUNDS:
            amount = float(round(total * share, -2))
            spent = float(round(amount * chance.real(0.9, 1.0), -2)) if year < today.year else None
            values = {"finance_type": kind, "amount": amount, "real_amount": spent}
            yield _record("action_finance", action, year, values, chance)


def _years(action: Action, last: int) -> range:
    ended = action.record["ended_at"]
    return range(action.record["started_at"].year, min(last, ended.year if ended else last) + 1)


def _there(action: Action, year: int) -> Iterator[Any]:
    """Yield the sites of an action that were there in a year."""
    for site in action.sites:
        closed = site.record["closed_at"]
        if site.record["declared_at"].year <= year and (closed is None or closed.year >= year):
            yield site


def _record(layer: str, action: Action, year: int, values: dict[str, Any], chance: Chance) -> Record:
    started = action.record["started_at"]
    written = max(started, dt.date(year, 1, 10))
    return Record(
        layer, chance.uid(), {"action_uid": action.record.uid, "year": year, **values, **audit(written, written)}
    )
