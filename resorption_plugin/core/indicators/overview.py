"""The figures of the overview: each with its name and the sentence that defines it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..model import domains
from ..model.fields import Choice, Label
from ..records import Dataset
from ..water.access_rule import WaterStatus
from ..water.state import Availability
from .figure import (
    Amount,
    Figure,
    Situation,
    answering,
    measured_from_the_point,
    number_of,
    points_available,
    potable_points,
    reaching,
    sum_of,
    with_status,
)
from .water_access import Reach

LAYERS = ("site", "site_footprint", "dwelling", "water_point", "distance")
"""What ``overview`` reads."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures with their amounts, the day they are about, and when the stored distances were computed."""

    amounts: tuple[tuple[Figure, Amount], ...]
    on: dt.date
    computed_at: dt.datetime | None


def overview(data: Dataset, on: dt.date, default_epsg: int) -> Overview:
    """Return every figure on the day ``on``; ``data`` holds ``LAYERS``.

    ``default_epsg`` is the projected system of sites without a department.
    """
    situation = Situation(data, on, default_epsg)
    computed = [row["computed_at"] for row in data.layer("distance") if isinstance(row["computed_at"], dt.datetime)]
    return Overview(tuple((figure, figure.compute(situation)) for figure in FIGURES), on, max(computed, default=None))


_SITES = Label("Sites", "Sites")
_PEOPLE = Label("People on the open sites", "Habitants des sites existants")
_ACCESS = Label("Declared access to water", "Accès à l'eau déclaré")
_DISTANCE = Label("Measured distance to water", "Distance à l'eau mesurée")
_POINTS = Label("Water points", "Points d'eau")


def _status_figure(choice: Choice) -> Figure:
    return Figure(
        f"access_{choice.code}",
        _ACCESS,
        choice.label,
        Label(
            "Open sites by the rule of the platform (form of 2022), from what is declared on the site.",
            "Sites existants selon la règle de la plateforme (formulaire de 2022), d'après ce qui est déclaré sur le "
            "site.",
        ),
        with_status(WaterStatus(choice.code)),
    )


def _available_figure(wanted: Availability, label: Label) -> Figure:
    return Figure(
        f"points_{wanted}",
        _POINTS,
        label,
        Label(
            "Existing water points by what they give on the day: working state last seen, announced and seasonal "
            "closures. Planned and removed points are not counted.",
            "Points d'eau existants selon ce qu'ils donnent à la date : dernier état constaté, fermetures annoncées "
            "et saisonnières. Les points projetés ou supprimés ne sont pas comptés.",
        ),
        points_available(wanted),
    )


FIGURES: tuple[Figure, ...] = (
    Figure(
        "sites_open",
        _SITES,
        Label("Open", "Existants"),
        Label("Sites whose status is open.", "Sites dont le statut est « Existant »."),
        number_of(lambda situation: situation.open_sites),
    ),
    Figure(
        "sites_closed",
        _SITES,
        Label("Closed", "Fermés"),
        Label("Sites with any status of closure.", "Sites fermés, quel qu'en soit le motif."),
        number_of(lambda situation: situation.closed_sites),
    ),
    Figure(
        "sites_heat_alert",
        _SITES,
        Label("Open, under heat alert", "Existants, en alerte canicule"),
        Label("Open sites marked as under heat alert.", "Sites existants signalés en alerte canicule."),
        answering("heatwave_status", True),
    ),
    Figure(
        "people",
        _PEOPLE,
        Label("People", "Personnes"),
        Label(
            "Sum of the number of people of the open sites where it is known.",
            "Somme du nombre de personnes des sites existants où il est connu.",
        ),
        sum_of("population_total"),
    ),
    Figure(
        "households",
        _PEOPLE,
        Label("Households", "Ménages"),
        Label(
            "Sum of the number of households of the open sites where it is known.",
            "Somme du nombre de ménages des sites existants où il est connu.",
        ),
        sum_of("population_couples"),
    ),
    Figure(
        "minors",
        _PEOPLE,
        Label("Minors", "Mineurs"),
        Label(
            "Sum of the number of minors of the open sites where it is known.",
            "Somme du nombre de mineurs des sites existants où il est connu.",
        ),
        sum_of("population_minors"),
    ),
    *(_status_figure(choice) for choice in domains.WATER_STATUS.choices),
    Figure(
        "within_limit",
        _DISTANCE,
        Label("Within 200 m", "À 200 m ou moins"),
        Label(
            "Open sites whose farthest dwelling lies at most 200 m, as the crow flies, from a working point of "
            "drinking water.",
            "Sites existants dont l'habitation la plus éloignée est à 200 m au plus, à vol d'oiseau, d'un point d'eau "
            "potable en service.",
        ),
        reaching(Reach.WITHIN),
    ),
    Figure(
        "limit_to_verify",
        _DISTANCE,
        Label("To verify", "À vérifier"),
        Label(
            "Open sites that are within 200 m or not, depending on the accuracy of the positions or on a point whose "
            "state or potability is unknown.",
            "Sites existants à moins de 200 m ou non, selon la précision des positions ou selon un point dont l'état "
            "ou la potabilité est inconnu.",
        ),
        reaching(Reach.TO_VERIFY),
    ),
    Figure(
        "beyond_limit",
        _DISTANCE,
        Label("Beyond 200 m", "Au-delà de 200 m"),
        Label(
            "Open sites without any working point of drinking water within 200 m of the farthest dwelling.",
            "Sites existants sans point d'eau potable en service à 200 m de l'habitation la plus éloignée.",
        ),
        reaching(Reach.BEYOND),
    ),
    Figure(
        "without_position",
        _DISTANCE,
        Label("Not measurable", "Non mesurable"),
        Label("Open sites without a usable position.", "Sites existants sans position utilisable."),
        reaching(Reach.UNMEASURED),
    ),
    Figure(
        "measured_from_the_point",
        _DISTANCE,
        Label("Not measurable to the dwelling", "Non mesurable à l'habitation"),
        Label(
            "Open sites with neither dwelling nor footprint: the distance starts at the site's point. They are also "
            "counted above.",
            "Sites existants sans habitation ni emprise dessinée : la distance part du point du site. Ils sont aussi "
            "comptés ci-dessus.",
        ),
        measured_from_the_point,
    ),
    _available_figure(Availability.AVAILABLE, Label("Working", "En service")),
    _available_figure(Availability.UNAVAILABLE, Label("Closed or out of order", "Fermés ou en panne")),
    _available_figure(Availability.UNKNOWN, Label("State unknown", "État inconnu")),
    Figure(
        "points_potable",
        _POINTS,
        Label("Drinking water", "Eau potable"),
        Label(
            "Existing water points whose water is said to be drinkable.",
            "Points d'eau existants dont l'eau est déclarée potable.",
        ),
        potable_points,
    ),
)
