"""For whom an output is made, and what may be told to them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

SMALLEST_GROUP = 10
"""A figure for the public on fewer people than this is suppressed."""

Key = TypeVar("Key")


class Audience(StrEnum):
    """From the most to the least confidential."""

    SERVICES = "services"
    """Exact positions, for the services that act on the sites."""
    COMMITTEE = "committee"
    """Communes, without any position of a site."""
    PUBLIC = "public"
    """Totals of departments, without small groups."""


def suppress_small_groups(people: Mapping[Key, int]) -> dict[Key, int | None]:
    """Return the groups of a total that may be published, ``None`` for those that may not.

    A group of 1 to 9 people is suppressed. Where that leaves a single one, the total would give it away: the next
    smallest group that is not empty is suppressed with it.
    """
    hidden = {key for key, number in people.items() if 0 < number < SMALLEST_GROUP}
    if len(hidden) == 1:
        others = [key for key, number in people.items() if number > 0 and key not in hidden]
        hidden |= {min(others, key=lambda key: people[key])} if others else set()
    return {key: None if key in hidden else number for key, number in people.items()}
