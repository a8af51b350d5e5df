"""The scenes of the checks about what the records say: dates, counts, answers, texts, age and completeness."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from resorption_plugin.core.records import Record

from .build import SUMMER, Scene, at, box, count, fails, footprint, passes, site, tap, to_verify

_LAST_YEAR = dt.date(2025, 7, 1)
_TOMORROW = SUMMER + dt.timedelta(days=1)


def _at_noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def _closed(**values: Any) -> Record:
    return site(**{"status": "other", "closed_at": SUMMER, "closing_context": "left", **values})


def _child(layer: str, uid: str = "child", **values: Any) -> Record:
    return Record(layer, uid, {"site_uid": "site", **values})


def _counted(**people: int) -> Record:
    record = count("count", people.pop("people"), _LAST_YEAR)
    return replace(record, values={**record.values, **people})


DON_005: dict[str, Scene] = {
    "dates in order": passes(
        site(built_at=_LAST_YEAR, declared_at=SUMMER), _child("procedure", justice_rendered_at=SUMMER)
    ),
    "site without any date": passes(site()),
    "report before the settlement": fails(site(built_at=SUMMER, declared_at=_LAST_YEAR)),
    "closed before the report": fails(_closed(declared_at=SUMMER, closed_at=_LAST_YEAR)),
    "judgement before the settlement of the site": fails(
        site(built_at=SUMMER), _child("procedure", justice_rendered_at=_LAST_YEAR)
    ),
    "phases of a cohort out of order": fails(
        Record("cohort", "cohort", {"orientation_started_at": SUMMER, "training_started_at": _LAST_YEAR})
    ),
    "count in the future": fails(site(), count("count", 40, _TOMORROW)),
    "settled and reported on the day of the run": passes(site(built_at=SUMMER, declared_at=SUMMER)),
    "settled on the day after the run": fails(site(built_at=_TOMORROW)),
    "diagnostic planned for a day that has passed": to_verify(
        site(census_status="scheduled", census_conducted_at=_LAST_YEAR)
    ),
    "water tested on the day after the run": to_verify(tap(tested_on=_TOMORROW)),
    "date that cannot be read": to_verify(site(built_at="2025-02-30")),
}

DON_006: dict[str, Scene] = {
    "counts that agree": passes(site(population_total=40, population_minors=20, population_minors_girls=10)),
    "more minors than people": fails(site(population_total=40, population_minors=41)),
    "age classes above the minors": fails(site(population_minors=3, population_minors_0_3=2, population_minors_3_6=2)),
    "count with more girls than minors": fails(
        site(), _counted(people=40, population_minors=10, population_minors_girls=11)
    ),
    "more households than people at the closure": fails(
        _closed(), _child("closure", number_of_people_affected=4, number_of_households_affected=5)
    ),
    "action with more women than people": fails(
        Record("action_metric", "metric", {"nombre_personnes": 4, "nombre_femmes": 5})
    ),
    "as many minors as people": passes(site(population_total=40, population_minors=40)),
    "one minor more than people": fails(site(population_total=40, population_minors=41, minors_in_school=40)),
    "people not counted, minors counted": passes(site(population_minors=41)),
}

_UPDATED = {
    "last month": dt.date(2026, 6, 1),
    "3 months": dt.date(2026, 4, 1),
    "4 months": dt.date(2026, 3, 1),
    "6 months": dt.date(2026, 1, 1),
    "6 months and a day": dt.date(2025, 12, 31),
    "7 months": dt.date(2025, 12, 1),
}


def _updated(ago: str, **values: Any) -> Record:
    return site(updated_at=_at_noon(_UPDATED[ago]), **values)


DON_007: dict[str, Scene] = {
    "updated last month": passes(_updated("last month")),
    "closed site, old record": passes(_updated("7 months", status="other")),
    "updated seven months ago": fails(_updated("7 months")),
    "updated four months ago": fails(_updated("4 months")),
    "imported today, old on the platform": fails(
        site(updated_at=_at_noon(SUMMER), platform_updated_at=_LAST_YEAR),
        _child("platform_record", imported_at=_at_noon(SUMMER)),
    ),
    "updated 6 months ago to the day": fails(_updated("6 months")),
    "updated 6 months and a day ago": fails(_updated("6 months and a day")),
    "updated 3 months ago to the day": passes(_updated("3 months")),
    "record without any date": to_verify(site()),
}

_COMPLETE: dict[str, Any] = {
    "address": "Chemin des Peupliers, 31000 Toulouse",
    "fk_field_type": 3,
    "census_status": "done",
    "population_total": 40,
    "population_couples": 10,
    "population_minors": 15,
    "social_origins": ("european",),
}
_KNOWN_OWNER = _child("owner", fk_owner_type=2, active=True)

DON_008: dict[str, Scene] = {
    "complete record": passes(site(**_COMPLETE), _KNOWN_OWNER),
    "small site without origins": passes(
        site(**{**_COMPLETE, "population_total": 9, "social_origins": None, "address": None}), _KNOWN_OWNER
    ),
    "closed site of which nothing is known": passes(_closed()),
    "only the people are known": fails(site(population_total=40)),
    "owner of unknown type, no diagnostic, no address": fails(
        site(**{**_COMPLETE, "address": None, "census_status": None}), _child("owner", fk_owner_type=1, active=True)
    ),
    "six of eight criteria": passes(site(**{**_COMPLETE, "address": None, "census_status": None}), _KNOWN_OWNER),
    "five of eight criteria": fails(
        site(**{**_COMPLETE, "address": None, "census_status": None, "fk_field_type": None}), _KNOWN_OWNER
    ),
    "site of which nothing is known": fails(site()),
}

_DECLARED = {"water_access_type": "inconnu"}
"""The platform requires an answer about water; unknown is one."""

DON_009: dict[str, Scene] = {
    "diagnostic done, with its date and service": passes(
        site(census_status="done", census_conducted_at=_LAST_YEAR, census_conducted_by="Service (example)", **_DECLARED)
    ),
    "equal access": passes(site(water_access_is_unequal=False, **_DECLARED)),
    "diagnostic done without a date": fails(
        site(census_status="done", census_conducted_by="Service (example)", **_DECLARED)
    ),
    "unequal access without details": fails(
        site(
            water_access_type="robinet_connecte_au_reseau",
            water_access_is_public=False,
            water_access_is_local=True,
            water_access_is_unequal=True,
        )
    ),
    "judgement without a court": fails(
        site(**_DECLARED),
        _child(
            "procedure",
            justice_procedure=True,
            justice_rendered=True,
            justice_rendered_at=_LAST_YEAR,
            justice_challenged=False,
        ),
    ),
    "closed site without a date": fails(site(status="resorbed", **_DECLARED)),
    "note for nobody": fails(site(**_DECLARED), _child("journal_entry", visibility="targeted")),
    "two answers missing": fails(site(census_status="done", **_DECLARED)),
    "details that are an empty text": passes(site(status="other", closed_at=SUMMER, closing_context="", **_DECLARED)),
    "nobody knows whether there is a diagnostic": passes(site(census_status=None, **_DECLARED)),
}

_GROUND = footprint("ground", box(-20, -20, 20, 20))
_WATER_ON_SITE = {"water_access_is_public": False, "water_access_is_local": True}

DON_010: dict[str, Scene] = {
    "site and tap in the footprint": passes(site(**_WATER_ON_SITE), _GROUND, tap(site_uid="site")),
    "tap declared outside the site": passes(
        site(water_access_is_public=False, water_access_is_local=False), _GROUND, tap(where=at(120), site_uid="site")
    ),
    "site without footprint": passes(site(**_WATER_ON_SITE), tap(where=at(120), site_uid="site")),
    "site 100 m outside its footprint": fails(site(where=at(120)), _GROUND),
    "tap on the site 100 m outside": fails(site(**_WATER_ON_SITE), _GROUND, tap(where=at(120), site_uid="site")),
    "footprint of no site": fails(_GROUND),
    "10.0 m outside the footprint": passes(site(where=at(30.0)), _GROUND),
    "10.1 m outside the footprint": fails(site(where=at(30.1)), _GROUND),
    "12 m outside, known to 5 m": to_verify(site(where=at(32), position_accuracy_m=5), _GROUND),
    "tap outside the footprint, place not declared": to_verify(site(), _GROUND, tap(where=at(120), site_uid="site")),
}


def _solution(people: int | None, kind: str = "housing") -> Record:
    return _child("closure", uid=kind, closing_solution=kind, number_of_people_affected=people)


def _cleared(answer: str | None) -> Record:
    return _closed(closed_with_solutions=answer, population_total=100)


DON_011: dict[str, Scene] = {
    "cleared, 70 of 100 people rehoused": passes(_cleared("yes"), _solution(50), _solution(20, "long_term")),
    "not cleared, 10 of 100 rehoused": passes(_cleared("no"), _solution(10)),
    "nothing declared": passes(_cleared(None), _solution(10)),
    "cleared, 10 of 100 rehoused": fails(_cleared("yes"), _solution(10), _solution(90, "shelter")),
    "not cleared, 80 of 100 rehoused": fails(_cleared("no"), _solution(80)),
    "cleared, 66 of 100 rehoused": passes(_cleared("yes"), _solution(66)),
    "cleared, 65 of 100 rehoused": fails(_cleared("yes"), _solution(65)),
    "cleared, no solution written down": to_verify(_cleared("yes")),
    "cleared, people of a solution unknown": to_verify(_cleared("yes"), _solution(None)),
}


def _note(text: str) -> Record:
    return _child("journal_entry", description=text)


DON_012: dict[str, Scene] = {
    "plain text with accents": passes(site(comments="Été 2025 : 3 tentes, l'accès est fermé.\nÀ revoir (n° 12).")),
    "number of a source that looks like a telephone": passes(tap(source_id="0561000000")),
    "markup in a comment": fails(site(comments="<b>urgent</b>")),
    "invisible character in a name": fails(site(name="Pont\u200b rouge")),
    "social security number in the journal": fails(site(), _note("n° 2 55 08 14 168 025 38, vu le 3")),
    "name of 35 characters": passes(site(name="x" * 35)),
    "name of 36 characters": fails(site(name="x" * 36)),
    "number of 15 digits without the right key": passes(site(), _note("dossier 255081416802539")),
    "telephone number in a note": to_verify(site(), _note("appeler le 05 61 00 00 00")),
    "e-mail address in a comment": to_verify(site(comments="écrire à contact@exemple.fr")),
    "record without any text": passes(Record("site", "site", {"status": "open"}, at(0))),
}
