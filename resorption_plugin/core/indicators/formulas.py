"""The formulas that families of figures share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from statistics import median

from ..completeness import BIG_TOWN_SIZE
from ..model.fields import Label
from ..records import Record
from .situation import Situation
from .spec import Amount

Test = Callable[[Record], bool | None]
"""Says whether a record counts; ``None`` when nobody knows."""

Compute = Callable[[Situation], Amount]
Select = Callable[[Situation], Sequence[Record]]

_LONE_PUNCTUATION = re.compile(r" (?=[:;!?»%])|(?<=«) ")


def both(en: str, fr: str) -> Label:
    """Return a text in both languages; the French gets its non-breaking spaces."""
    return Label(en, _LONE_PUNCTUATION.sub("\u00a0", fr))


UNCOUNTED = both(
    "Sites nobody counted are unknown: they are in no number of people.",
    "Les sites sans effectif connu sont comptés comme inconnus : ils n'entrent dans aucun nombre de personnes.",
)
NO_ANSWER = both("Sites without an answer are unknown.", "Les sites sans réponse sont comptés comme inconnus.")


def open_sites(situation: Situation) -> Sequence[Record]:
    """Return the open sites of the territory."""
    return situation.open_sites


def count_of(select: Select) -> Compute:
    """Count some rows."""

    def compute(situation: Situation) -> Amount:
        number = len(select(situation))
        return Amount(number, number)

    return compute


def sites_where(test: Test, select: Select = open_sites) -> Compute:
    """Count the sites that answer yes, among those that answer."""

    def compute(situation: Situation) -> Amount:
        answers = [test(site) for site in select(situation)]
        return part(answers.count(True), len(answers), answers.count(None))

    return compute


def part(value: float, asked: int, unknown: int, groups: tuple[int, ...] = ()) -> Amount:
    """Return a value that is a part of what was asked and answered; ``None`` when nothing was answered."""
    nobody = asked > 0 and asked == unknown
    return Amount(None if nobody else value, asked, unknown, asked - unknown, groups)


def sum_of(column: str) -> Compute:
    """Sum a column of the open sites where it is known."""
    return sum_where(column, lambda _site: True)


def sum_where(column: str, test: Test) -> Compute:
    """Sum a column over the open sites that answer yes; a site whose answer or number is missing is unknown.

    The groups that the sum gives away are itself and what it leaves of all the open sites.
    """

    def compute(situation: Situation) -> Amount:
        pairs = [(test(site), site[column]) for site in situation.open_sites]
        numbers = [number for answer, number in pairs if answer is True and number is not None]
        unknown = sum(answer is None or (answer is True and number is None) for answer, number in pairs)
        total = sum(number for _, number in pairs if number is not None)
        value = sum(numbers)
        if pairs and unknown == len(pairs):
            return Amount(None, len(pairs), unknown)
        return Amount(value, len(pairs), unknown, groups=(value, total - value))

    return compute


def median_of(values: Iterable[float | None]) -> Amount:
    """Return the median of what is known, ``None`` where nothing is."""
    asked = list(values)
    known = [value for value in asked if value is not None]
    return Amount(round(median(known), 1) if known else None, len(asked), len(asked) - len(known))


def percent(value: float, whole: float) -> float | None:
    """Return a rounded percentage, ``None`` of nothing."""
    return round(100 * value / whole) if whole else None


def is_big(site: Record) -> bool | None:
    """Say whether at least ``BIG_TOWN_SIZE`` people live on the site."""
    people = site["population_total"]
    return None if people is None else bool(people >= BIG_TOWN_SIZE)


def every(*tests: Test) -> Test:
    """Return the test that all of ``tests`` hold: one "no" decides, then one unknown."""

    def decide(record: Record) -> bool | None:
        answers = [test(record) for test in tests]
        return False if False in answers else None if None in answers else True

    return decide
