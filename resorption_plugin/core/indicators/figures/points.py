"""The water points by what they give."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...records import Record
from ...water.state import Availability, availability
from ..formulas import Compute, both, part
from ..situation import Situation
from ..spec import Amount, Indicator, Section, Unit


def _points(test: Callable[[Record, Situation], bool | None]) -> Compute:
    def compute(situation: Situation) -> Amount:
        answers = [test(point, situation) for point in situation.existing_points]
        return part(answers.count(True), len(answers), answers.count(None))

    return compute


def _gives(wanted: Availability) -> Callable[[Record, Situation], bool | None]:
    def test(point: Record, situation: Situation) -> bool | None:
        found = availability(point, situation.on)
        return None if found is Availability.UNKNOWN is not wanted else found is wanted

    return test


_STATES = {
    Availability.AVAILABLE: both("Working", "En service"),
    Availability.UNAVAILABLE: both("Closed or out of order", "Fermés ou en panne"),
    Availability.UNKNOWN: both("State unknown", "État inconnu"),
}


def _states() -> Iterator[Indicator]:
    for state, name in _STATES.items():
        yield Indicator(
            f"points_{state.value}",
            Section.POINTS,
            name,
            both(
                "Existing water points by what they give on the day: working state last seen, announced and seasonal "
                "closures. Planned and removed points are not counted.",
                "Points d'eau existants selon ce qu'ils donnent à la date : dernier état constaté, fermetures "
                "annoncées et saisonnières. Les points projetés ou supprimés ne sont pas comptés.",
            ),
            f"count(existing water_point: {state.value} on the day)",
            Unit.WATER_POINTS,
            _points(_gives(state)),
            both("Points whose state nobody saw are unknown.", "Les points dont personne n'a vu l'état sont inconnus."),
            ("water_point",),
        )


INDICATORS = (
    *_states(),
    Indicator(
        "points_potable",
        Section.POINTS,
        both("Drinking water", "Eau potable"),
        both(
            "Existing water points whose water is said to be drinkable.",
            "Points d'eau existants dont l'eau est déclarée potable.",
        ),
        "count(existing water_point: is_potable)",
        Unit.WATER_POINTS,
        _points(lambda point, _situation: point["is_potable"]),
        both("Points without an answer are unknown.", "Les points sans réponse sont inconnus."),
        ("water_point",),
    ),
)
