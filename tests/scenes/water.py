"""The scenes of the checks about water."""

from __future__ import annotations

import datetime as dt

from resorption_plugin.core.records import Record

from .build import Scene, at, box, count, dwelling, fails, footprint, passes, site, tap, to_verify

_FROST = {"season_closed_from": "11-15", "season_closed_until": "03-31"}
_FOUNTAIN = {"type": "fontaine_publique", "is_on_public_road": True}

EAU_001: dict[str, Scene] = {
    "tap at 199 m": passes(site(), tap(where=at(199))),
    "each end of a long site has its tap": passes(
        site(),
        dwelling("west", at(0)),
        dwelling("east", at(600)),
        tap("west tap", at(50)),
        tap("east tap", at(550)),
    ),
    "closed site without water": passes(site(status="resorbed")),
    "tap at 201 m": fails(site(), tap(where=at(201))),
    "only tap closed for the winter": fails(site(), tap(where=at(50), **_FROST), on=dt.date(2026, 1, 15)),
    "no water point at all": fails(site()),
    "tap at 200.0 m": passes(site(), dwelling("far", at(0)), tap(where=at(200.0))),
    "tap at 200.1 m": fails(site(), dwelling("far", at(0)), tap(where=at(200.1))),
    "tap at 201 m, known to 5 m": to_verify(site(), tap(where=at(201), position_accuracy_m=5)),
    "tap at 199 m, known to 5 m": to_verify(site(position_accuracy_m=5), tap(where=at(199))),
    "tap of unknown state at 50 m": to_verify(site(), tap(where=at(50), working_state="unknown")),
    "water of unknown potability at 50 m": to_verify(
        site(), tap(where=at(50), is_potable=None), tap("sure but far", at(900))
    ),
}


def _estimated(people: int) -> Record:
    record = count("count", people, dt.date(2026, 5, 1))
    return Record(record.layer, record.uid, {**record.values, "source": "operator"})


EAU_002: dict[str, Scene] = {
    "40 people at one tap": passes(site(population_total=40), tap()),
    "120 people at a point of three taps": passes(site(population_total=120), tap(taps=3)),
    "two sites share three taps": passes(
        site("one", population_total=60), site("two", at(100), population_total=60), tap(taps=3)
    ),
    "120 people at one tap": fails(site(population_total=120), tap()),
    "two sites of 40 people share one tap": fails(
        site("one", population_total=40), site("two", at(100), population_total=40), tap(), times=2
    ),
    "nobody has a tap": fails(site(population_total=40), tap(where=at(500))),
    "50 people at one tap": passes(site(), count("count", 50, dt.date(2026, 5, 1)), tap()),
    "51 people at one tap": fails(
        site(), count("old", 20, dt.date(2025, 5, 1)), count("new", 51, dt.date(2026, 5, 1)), tap()
    ),
    "46 people at one tap, an estimate": to_verify(site(), _estimated(46), tap()),
    "54 people at one tap, an estimate": to_verify(site(), _estimated(54), tap()),
    "45 people at one tap, an estimate": passes(site(), _estimated(45), tap()),
    "120 people, taps not counted": to_verify(site(population_total=120), tap(taps=None)),
    "tap but people not counted": to_verify(site(), tap()),
    "40 people share with people not counted": to_verify(
        site("counted", population_total=40), site("not counted", at(100)), tap(), times=2
    ),
    "second tap of unknown potability": to_verify(
        site(population_total=80), tap("sure"), tap("unsure", at(20), is_potable=None)
    ),
}

EAU_006: dict[str, Scene] = {
    "private tap declared": passes(
        site(water_access_type="robinet_connecte_au_reseau", water_access_is_public=False), tap(**_FOUNTAIN)
    ),
    "nothing declared, private tap at 50 m": passes(site(), tap(where=at(50)), tap("fountain", **_FOUNTAIN)),
    "bottles declared": fails(site(water_access_type="achat_bouteille"), tap("fountain", **_FOUNTAIN)),
    "tap on the public road declared": fails(
        site(water_access_type="robinet_connecte_au_reseau", water_access_is_public=True)
    ),
    "public point on the old form": fails(
        site(living_conditions_version=1, access_to_water=True, water_public_point=True)
    ),
    "fountain declared, private tap at 200.0 m": to_verify(
        site(water_access_type="fontaine_publique"), tap(where=at(200.0))
    ),
    "fountain declared, private tap at 200.1 m": fails(
        site(water_access_type="fontaine_publique"), tap(where=at(200.1))
    ),
    "nothing declared, fountain at 50 m": to_verify(
        site(water_access_type="inconnu"), tap("fountain", at(50), **_FOUNTAIN)
    ),
}

LONG_FOOTPRINT = (site(), footprint("ground", box(0, -10, 300, 10)), tap("west tap", at(0)), tap("east tap", at(300)))
"""A footprint 300 m long with a tap at each end: its middle is about 150 m from both."""
