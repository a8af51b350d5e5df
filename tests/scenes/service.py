"""The scenes of the checks about how much water there is, how long it takes, and how well it is known."""

from __future__ import annotations

import datetime as dt
from typing import Any

from resorption_plugin.core.records import Record

from .build import SUMMER, Scene, at, count, dwelling, fails, passes, site, tap, to_verify

_FROST = {"season_closed_from": "11-15", "season_closed_until": "03-31"}
_WINTER = dt.date(2026, 1, 15)
_ON_SITE = {
    "water_access_type": "robinet_connecte_au_reseau",
    "water_access_is_public": False,
    "water_access_is_local": True,
}
_OLD_FORM = {"living_conditions_version": 1, "access_to_water": True}


def _open_all_day(uid: str = "tap", **values: Any) -> Record:
    return tap(uid, **{"flow_l_min": 9.0, "hours_per_day": 24.0, **values})


def _tank(uid: str, **values: Any) -> Record:
    return tap(uid, **{"type": "reservoir", "tank_volume_l": 1000.0, "refill_interval_days": 1.0, **values})


def _estimated(people: int) -> Record:
    record = count("count", people, dt.date(2026, 5, 1))
    return Record(record.layer, record.uid, {**record.values, "source": "operator"})


EAU_004: dict[str, Scene] = {
    "one tap of 9 L/min for 40 people": passes(site(population_total=40), _open_all_day()),
    "two tanks filled each day": passes(site(population_total=40), _tank("one"), _tank("two")),
    "no water at all": passes(site(population_total=40)),
    "tank of 1,000 L every other day for 40 people": fails(
        site(population_total=40), _tank("tank", refill_interval_days=2.0)
    ),
    "tap open one hour": fails(site(population_total=40), _open_all_day(hours_per_day=1.0)),
    "50.0 L for each person": passes(site(population_total=40), _tank("tank", tank_volume_l=2000.0)),
    "49.9 L for each person": fails(site(population_total=40), _tank("tank", tank_volume_l=1996.0)),
    "48 L for an estimated number of people": to_verify(site(), _estimated(40), _tank("tank", tank_volume_l=1920.0)),
    "flow not measured": to_verify(site(population_total=40), tap()),
    "people not counted, tank": to_verify(site(), _tank("tank")),
    "enough water if the state is good": to_verify(
        site(population_total=40), _tank("tank"), _open_all_day(working_state="unknown")
    ),
    "water shared with people not counted": to_verify(
        site("counted", population_total=40),
        site("not counted", at(100)),
        _tank("tank", tank_volume_l=2000.0, where=at(50)),
        times=2,
    ),
}

EAU_005: dict[str, Scene] = {
    "40 people, tap at 50 m": passes(site(population_total=40), tap(where=at(50), flow_l_min=9.0)),
    "no tap to go to": passes(site(population_total=40)),
    "tap at 1,100 m": fails(site(population_total=40), tap(where=at(1_100))),
    "300 people queue at one tap": fails(site(population_total=300), tap(where=at(50), flow_l_min=9.0)),
    "tap at 911 m, 30.0 minutes": passes(site(population_total=40), tap(where=at(911))),
    "tap at 915 m, 30.1 minutes": fails(site(population_total=40), tap(where=at(915))),
    "only the last in the queue is late": to_verify(site(population_total=60), tap(where=at(50), flow_l_min=7.5)),
    "people not counted, tap near": to_verify(site(), tap(where=at(50))),
    "queue at a tap of unknown flow": to_verify(site(population_total=300), tap(where=at(50))),
}

EAU_007: dict[str, Scene] = {
    "continuous access, tap in service": passes(site(water_access_is_continuous=True), tap(hours_per_day=24.0)),
    "closed fountain far from any site": passes(site(), tap(where=at(300), working_state="closed")),
    "planned tap": passes(site(), tap(lifecycle="planned")),
    "access declared as cut": fails(site(**_ON_SITE, water_access_is_continuous=False)),
    "old form: access not continuous": fails(site(**_OLD_FORM, water_continuous_access=False)),
    "tap out of order": fails(site(), tap(where=at(150), working_state="out_of_order")),
    "tap closed by frost": fails(site(), tap(where=at(500), site_uid="site", **_FROST), on=_WINTER),
    "last day of the frost": fails(site(), tap(**_FROST), on=dt.date(2026, 3, 31)),
    "day after the frost": passes(site(), tap(**_FROST), on=dt.date(2026, 4, 1)),
    "closure announced until today": fails(site(), tap(closed_until=SUMMER)),
    "tap of unknown state": to_verify(site(), tap(working_state="unknown")),
    "continuous on the form, open 8 hours": to_verify(site(water_access_is_continuous=True), tap(hours_per_day=8.0)),
}

EAU_008: dict[str, Scene] = {
    "tap on the site, dry and equal": passes(
        site(**_ON_SITE, water_access_has_stagnant_water=False, water_access_is_unequal=False)
    ),
    "closed site with stagnant water": passes(site(status="other", **_ON_SITE, water_access_has_stagnant_water=True)),
    "stagnant water": fails(site(**_ON_SITE, water_access_has_stagnant_water=True)),
    "unequal access": fails(site(**_ON_SITE, water_access_is_unequal=True)),
    "old form: not everyone": fails(site(**_OLD_FORM, water_everyone_has_access=False)),
    "both faults": fails(site(**_ON_SITE, water_access_has_stagnant_water=True, water_access_is_unequal=True)),
    "fountain with an answer left behind": passes(
        site(water_access_type="fontaine_publique", water_access_has_stagnant_water=True)
    ),
    "tap on the site, questions not answered": to_verify(site(**_ON_SITE)),
}

EAU_009: dict[str, Scene] = {
    "water tested last month": passes(site(), tap(tested_on=dt.date(2026, 6, 1))),
    "fountain of no site, never tested": passes(site(), tap(where=at(300))),
    "water known as not drinkable": passes(site(), tap(is_potable=False)),
    "water tested two years ago": fails(site(), tap(tested_on=dt.date(2024, 7, 1))),
    "tested 12 months ago to the day": passes(site(), tap(tested_on=dt.date(2025, 7, 1))),
    "tested 12 months and a day ago": fails(site(), tap(tested_on=dt.date(2025, 6, 30))),
    "potability unknown, near a site": to_verify(site(), tap(where=at(150), is_potable=None)),
    "drinkable, date of the test unknown": to_verify(site(), tap()),
}

EAU_010: dict[str, Scene] = {
    "tap visited last month": passes(site(), tap(visited_on=dt.date(2026, 6, 1))),
    "fountain of no site, never visited": passes(site(), tap(where=at(300))),
    "state seen last month, no visit": passes(site(), tap(state_on=dt.date(2026, 6, 1))),
    "tap visited last year": fails(site(), tap(visited_on=dt.date(2025, 6, 1))),
    "visited 90 days ago": passes(site(), tap(visited_on=SUMMER - dt.timedelta(days=90))),
    "visited 91 days ago": fails(site(), tap(visited_on=SUMMER - dt.timedelta(days=91))),
    "tap without any date of visit": to_verify(site(), tap()),
}

EAU_011: dict[str, Scene] = {
    "two taps for one site": passes(site(population_total=40), tap("one", at(50)), tap("two", at(100))),
    "tap of no site": passes(site(population_total=40), tap(where=at(300))),
    "the only tap of 40 people": fails(site(population_total=40), tap(where=at(50))),
    "each end of a long site has one tap": fails(
        site(population_total=40),
        dwelling("west", at(0)),
        dwelling("east", at(600)),
        tap("west tap", at(50)),
        tap("east tap", at(550)),
        times=2,
    ),
    "second tap at 200.0 m": passes(site(population_total=40), tap("one", at(50)), tap("two", at(200.0))),
    "second tap at 200.1 m": fails(site(population_total=40), tap("one", at(50)), tap("two", at(200.1))),
    "second tap of unknown state": to_verify(
        site(population_total=40), tap("one", at(50)), tap("two", at(60), working_state="unknown")
    ),
    "only tap of people not counted": to_verify(site(), tap(where=at(50))),
}

_CLOSE = {**_ON_SITE, "water_access_is_close": True}

EAU_012: dict[str, Scene] = {
    "close on the form, tap at 50 m": passes(site(**_CLOSE), tap(where=at(50))),
    "far on the form, tap at 500 m": passes(site(**_ON_SITE, water_access_is_close=False), tap(where=at(500))),
    "nothing declared": passes(site(), tap(where=at(500))),
    "close on the form, tap at 500 m": fails(site(**_CLOSE), tap(where=at(500))),
    "continuous on the form, tap closed by frost": fails(
        site(**_CLOSE, water_access_is_continuous=True), tap(where=at(50), **_FROST), on=_WINTER
    ),
    "old form: 0-20 m, tap at 90 m": fails(site(**_OLD_FORM, water_distance="0-20"), tap(where=at(90))),
    "on the site, no water point at all": fails(site(**_ON_SITE)),
    "not public on the form, tap of the site on the public road": fails(
        site(**_CLOSE), tap(where=at(50), site_uid="site", is_on_public_road=True)
    ),
    "close on the form, tap at 200.0 m": passes(site(**_CLOSE), tap(where=at(200.0))),
    "close on the form, tap at 200.1 m": fails(site(**_CLOSE), tap(where=at(200.1))),
    "201 m, known to 5 m": passes(site(**_CLOSE), tap(where=at(201), position_accuracy_m=5)),
    "far on the form, fountain at 50 m": to_verify(site(**_ON_SITE, water_access_is_close=False), tap(where=at(50))),
    "old form: 50-100 m, tap at 10 m": to_verify(site(**_OLD_FORM, water_distance="50-100"), tap(where=at(10))),
}

EAU_013: dict[str, Scene] = {
    "alert, private tap on the site": passes(site(heatwave_status=True, **_CLOSE)),
    "no alert, bottles": passes(site(heatwave_status=False, water_access_type="achat_bouteille")),
    "closed site, alert left on": passes(
        site(status="other", heatwave_status=True, water_access_type="achat_bouteille")
    ),
    "alert, bottles": fails(site(heatwave_status=True, water_access_type="achat_bouteille")),
    "alert, tap with stagnant water": fails(site(heatwave_status=True, **_CLOSE, water_access_has_stagnant_water=True)),
    "alert unknown, bottles": passes(site(water_access_type="achat_bouteille")),
    "alert, water not declared": to_verify(site(heatwave_status=True)),
}


def _closed(on: dt.date | None) -> Record:
    return site(status="other", closed_at=on)


EAU_014: dict[str, Scene] = {
    "tap of an open site": passes(site(), tap(site_uid="site")),
    "removed tap of a closed site": passes(_closed(dt.date(2026, 1, 1)), tap(site_uid="site", lifecycle="removed")),
    "fountain that names no site": passes(_closed(dt.date(2026, 1, 1)), tap()),
    "tap of a closed site": fails(_closed(dt.date(2026, 1, 1)), tap(site_uid="site")),
    "tap of a site closed without a date": fails(_closed(None), tap(site_uid="site")),
    "site closed on the reference date": fails(_closed(SUMMER), tap(site_uid="site")),
    "site closed on the next day": to_verify(_closed(SUMMER + dt.timedelta(days=1)), tap(site_uid="site")),
    "tap of a site that is not there": to_verify(tap(site_uid="gone")),
}
