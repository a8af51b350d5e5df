"""Whether a closed site is cleared: as declared, and as computed from where its people went.

A site is cleared when a long-term solution in housing or accommodation is there for 66 % of its inhabitants (form of
closure of the State's platform; DIHAL report of 2021, which counts the sites of more than ten people).
"""

from __future__ import annotations

from collections.abc import Collection

from .records import Record

CLEARED_SHARE = 0.66
LASTING = ("long_term", "housing")
"""The solutions that last; shelter of some days or weeks, "none" and "other" do not."""


def declared(site: Record) -> bool | None:
    """Return what was declared at the closure; ``None`` for unknown."""
    answer: object = site["closed_with_solutions"]
    return {"yes": True, "no": False}.get(str(answer))


def rehoused(closures: Collection[Record]) -> tuple[int, bool]:
    """Return the people with a lasting solution, and whether all the numbers are known."""
    lasting = [row["number_of_people_affected"] for row in closures if row["closing_solution"] in LASTING]
    return sum(filter(None, lasting)), None not in lasting


def computed(people: int | None, closures: Collection[Record], share: float = CLEARED_SHARE) -> bool | None:
    """Return whether the solutions of a closed site reach a share of its ``people``; ``None`` when it cannot be told.

    Where nobody counted the site, its people are those that the solutions name. Without any solution written down, or
    with a number missing that could change the answer, it cannot be told.
    """
    if not closures:
        return None
    numbers = [row["number_of_people_affected"] for row in closures]
    if people is None and None not in numbers:
        people = sum(numbers)
    if not people:
        return None
    number, is_whole = rehoused(closures)
    if number >= share * people:
        return True
    return False if is_whole else None
