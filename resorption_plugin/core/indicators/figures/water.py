"""Access to water as it is measured: distances, taps, litres."""

from __future__ import annotations

from ...model.fields import Label
from ...records import Record
from ...water.measuring import Basis
from ...water.quantity import litres_a_day, litres_a_person
from ..formulas import Compute, both, median_of, part
from ..situation import Situation
from ..spec import NOTHING_UNKNOWN, Amount, Drawn, Indicator, Section, Unit
from ..water_access import LIMIT_M, Reach

_READS = ("site", "site_footprint", "dwelling", "water_point", "population_count")
_PEOPLE_PER_TAP = 50
"""Form of Résorption-bidonvilles: 1 tap for 50 people."""

_LEAST_LITRES = 50
"""Public health code, R. 1321-1 A (decree 2022-1721): between 50 and 100 litres for each person and day."""

_NOT_TOLD = (Reach.TO_VERIFY, Reach.UNMEASURED)
_UNSURE = both(
    "Sites to verify or without a position are unknown: left out of the percentage, and shown beside it.",
    "Les sites à vérifier ou sans position sont inconnus : exclus du pourcentage, et indiqués à côté.",
)
_SHARED = both(
    "Unknown where the taps of a point, the people of a site or those of a neighbour around the same taps are not "
    "counted.",
    "Inconnu quand les robinets d'un point, les personnes du site ou celles d'un voisin autour des mêmes robinets ne "
    "sont pas comptés.",
)
_LITRES = both(
    "Unknown where the flow and hours of a tap, the volume and refills of a tank, or the people of a site around it "
    "are not stated.",
    "Inconnu quand le débit et les horaires d'un robinet, le volume et les remplissages d'une cuve, ou les personnes "
    "d'un site autour ne sont pas renseignés.",
)


def _reaching(wanted: Reach) -> Compute:
    def compute(situation: Situation) -> Amount:
        found = situation.reaches
        unknown = 0 if wanted in _NOT_TOLD else sum(reach in _NOT_TOLD for reach in found)
        return part(found.count(wanted), len(found), unknown)

    return compute


def _people_within(situation: Situation) -> Amount:
    people = dict.fromkeys(Reach, 0)
    for site, reach in zip(situation.open_sites, situation.reaches, strict=True):
        people[reach] += site["population_total"] or 0
    total, within = sum(people.values()), people[Reach.WITHIN]
    return part(within, total, sum(people[reach] for reach in _NOT_TOLD), (within, total - within))


def _from_the_point(situation: Situation) -> Amount:
    places = [situation.water.map.sites.of(site) for site in situation.open_sites]
    found = [place.basis if place else None for place in places]
    return part(found.count(Basis.POINT), len(found), found.count(None))


def _per_tap(situation: Situation, site: Record) -> float | None:
    service = situation.water.taps.of(site.uid, sure=True)
    is_whole = not service.taps_unknown and service.guaranteed == service.people_per_tap
    return service.people_per_tap if is_whole else None


def _with_tap(situation: Situation) -> list[Record]:
    return [site for site in situation.open_sites if situation.water.taps.of(site.uid, sure=True).taps]


def _people_per_tap(situation: Situation) -> Amount:
    return median_of(_per_tap(situation, site) for site in _with_tap(situation))


def _crowded(situation: Situation) -> Amount:
    found = [_per_tap(situation, site) for site in _with_tap(situation)]
    crowded = sum(ratio > _PEOPLE_PER_TAP for ratio in found if ratio is not None)
    return part(crowded, len(found), found.count(None))


def _without_tap(situation: Situation) -> Amount:
    services = [
        tuple(situation.water.taps.of(site.uid, sure=sure).taps for sure in (True, False))
        for site in situation.open_sites
    ]
    perhaps = sum(not sure and possible > 0 for sure, possible in services)
    return part(sum(not possible for _, possible in services), len(services), perhaps)


def _litres(situation: Situation, site: Record) -> float | None:
    taps = situation.water.taps
    points = [point for point in taps.points(site.uid) if situation.water.map.usable(point.uid)]
    is_told = all(litres_a_day(point) is not None and None not in taps.users(point) for point in points)
    is_counted = all(point["taps"] is not None for point in points if point["type"] != "reservoir")
    return litres_a_person(points, taps) if is_told and is_counted else None


def _median_litres(situation: Situation) -> Amount:
    return median_of(_litres(situation, site) for site in _with_tap(situation))


def _thirsty(situation: Situation) -> Amount:
    found = [_litres(situation, site) for site in _with_tap(situation)]
    return part(sum(litres < _LEAST_LITRES for litres in found if litres is not None), len(found), found.count(None))


def _distance(
    key: str, name: Label, definition: Label, formula: str, compute: Compute, *, unknown: Label = _UNSURE
) -> Indicator:
    return Indicator(key, Section.WATER, name, definition, formula, Unit.SITES, compute, unknown, _READS, Drawn.SHARE)


INDICATORS = (
    _distance(
        "within_limit",
        both("Within 200 m", "À 200 m ou moins"),
        both(
            "Open sites whose farthest dwelling lies at most 200 m, as the crow flies, from a working point of "
            "drinking water.",
            "Sites existants dont l'habitation la plus éloignée est à 200 m au plus, à vol d'oiseau, d'un point d'eau "
            "potable en service.",
        ),
        f"count(open site: farthest dwelling ≤ {LIMIT_M:.0f} m of a usable point)",
        _reaching(Reach.WITHIN),
    ),
    Indicator(
        "people_within_limit",
        Section.WATER,
        both("Within 200 m: people", "À 200 m ou moins : personnes"),
        both(
            "People of these sites, among the people counted on the open sites.",
            "Personnes de ces sites, parmi celles comptées sur les sites existants.",
        ),
        f"sum(open site, farthest dwelling ≤ {LIMIT_M:.0f} m of a usable point: population_total)",
        Unit.PEOPLE,
        _people_within,
        _UNSURE,
        _READS,
        Drawn.SHARE,
    ),
    _distance(
        "beyond_limit",
        both("Beyond 200 m", "Au-delà de 200 m"),
        both(
            "Open sites without any working point of drinking water within 200 m of the farthest dwelling.",
            "Sites existants sans point d'eau potable en service à 200 m de l'habitation la plus éloignée.",
        ),
        f"count(open site: no usable point within {LIMIT_M:.0f} m)",
        _reaching(Reach.BEYOND),
    ),
    _distance(
        "limit_to_verify",
        both("To verify", "À vérifier"),
        both(
            "Open sites that are within 200 m or not, depending on the accuracy of the positions or on a point whose "
            "state or potability is unknown.",
            "Sites existants à moins de 200 m ou non, selon la précision des positions ou selon un point dont l'état "
            "ou la potabilité est inconnu.",
        ),
        "count(open site: the accuracy or the state of a point decides)",
        _reaching(Reach.TO_VERIFY),
        unknown=NOTHING_UNKNOWN,
    ),
    _distance(
        "without_position",
        both("Not measurable", "Non mesurable"),
        both("Open sites without a usable position.", "Sites existants sans position utilisable."),
        "count(open site: no geometry)",
        _reaching(Reach.UNMEASURED),
        unknown=NOTHING_UNKNOWN,
    ),
    _distance(
        "measured_from_the_point",
        both("Not measurable to the dwelling", "Non mesurable à l'habitation"),
        both(
            "Open sites with neither dwelling nor footprint: the distance starts at the site's point. They are also "
            "counted above.",
            "Sites existants sans habitation ni emprise dessinée : la distance part du point du site. Ils sont aussi "
            "comptés ci-dessus.",
        ),
        "count(open site: neither dwelling nor site_footprint)",
        _from_the_point,
        unknown=both("Sites without a position are unknown.", "Les sites sans position sont inconnus."),
    ),
    _distance(
        "without_tap",
        both("Without any tap within 200 m", "Sans aucun robinet à 200 m"),
        both(
            "Open sites that no usable point serves: none within 200 m of a dwelling, none that names the site.",
            "Sites existants qu'aucun point utilisable ne dessert : aucun à 200 m d'une habitation, aucun rattaché.",
        ),
        f"count(open site: no usable point within {LIMIT_M:.0f} m nor naming it)",
        _without_tap,
        unknown=both(
            "Sites served only by points of unknown state or potability are unknown.",
            "Les sites desservis seulement par des points d'état ou de potabilité inconnus sont inconnus.",
        ),
    ),
    Indicator(
        "people_per_tap",
        Section.WATER,
        both("People per tap (median)", "Personnes par robinet (médiane)"),
        both(
            "Median over the open sites that have a tap. The taps within 200 m are shared among the people of all the "
            "sites they serve; 1 tap for 50 people is recommended.",
            "Médiane sur les sites existants qui ont un robinet. Les robinets à 200 m au plus sont partagés entre les "
            "personnes de tous les sites qu'ils desservent ; 1 robinet pour 50 personnes est recommandé.",
        ),
        "median(1 / Σ (taps of a point / people it serves))",
        Unit.PEOPLE_PER_TAP,
        _people_per_tap,
        _SHARED,
        _READS,
    ),
    _distance(
        "crowded_taps",
        both("More than 50 people per tap", "Plus de 50 personnes par robinet"),
        both(
            "Open sites that have a tap and share it among more than 50 people.",
            "Sites existants qui ont un robinet et le partagent à plus de 50 personnes.",
        ),
        f"count(open site with a tap: people per tap > {_PEOPLE_PER_TAP})",
        _crowded,
        unknown=_SHARED,
    ),
    Indicator(
        "litres",
        Section.WATER,
        both("Litres per person and day (median)", "Litres par personne et par jour (médiane)"),
        both(
            "Median over the open sites that have a tap of what the points around give: flow × hours open × taps, or "
            "volume of the tank ÷ days between refills, shared among the people served.",
            "Médiane, sur les sites existants qui ont un robinet, de ce que donnent les points alentour : débit × "
            "heures d'ouverture × robinets, ou volume de la cuve ÷ jours entre remplissages, partagé entre les "
            "personnes desservies.",
        ),
        "median(Σ (litres of a point in a day / people it serves))",
        Unit.LITRES,
        _median_litres,
        _LITRES,
        _READS,
    ),
    _distance(
        "litres_below",
        both("Under 50 L per person and day", "Moins de 50 L par personne et par jour"),
        both(
            "Open sites that have a tap and less than 50 litres per person and day (CSP, R.1321-1 A).",
            "Sites existants qui ont un robinet et moins de 50 litres par personne et par jour (CSP, R.1321-1 A).",
        ),
        f"count(open site with a tap: litres per person and day < {_LEAST_LITRES})",
        _thirsty,
        unknown=_LITRES,
    ),
)
