"""How complete the record of a site is: the platform's eight criteria, divided by the number there are.

The platform's own ``completionRate`` divides the same eight criteria by twelve, a leftover of four that were removed.
As in its public statistics, the origins are asked of sites of at least ten people only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .records import Record

BIG_TOWN_SIZE = 10
"""The platform's ``BIG_TOWN_SIZE``: the least number of people of the sites in the national series."""

_UNKNOWN_OWNER = 1
"""``fk_owner_type``: unknown."""

_POSTCODE = re.compile(r"\b\d{5}\b")


def has_precise_address(site: Record) -> bool:
    """Say whether the address tells more than a postcode and a commune."""
    address = str(site["address"] or "").strip()
    before = _POSTCODE.split(address, maxsplit=1)[0].strip(" ,")
    return bool(before) and before.lower() != str(site["commune"] or "").lower()


def criteria(site: Record, owners: Iterable[Record]) -> dict[str, bool]:
    """Return the criteria asked of a site and whether each is met, by the column they are about."""
    people = site["population_total"]
    known = {
        "address": has_precise_address(site),
        "fk_field_type": site["fk_field_type"] is not None,
        "owner": any(owner["active"] is not False and owner["fk_owner_type"] != _UNKNOWN_OWNER for owner in owners),
        "census_status": site["census_status"] is not None,
        "population_total": people is not None,
        "population_couples": site["population_couples"] is not None,
        "population_minors": site["population_minors"] is not None,
    }
    if people is None or people >= BIG_TOWN_SIZE:
        known["social_origins"] = bool(site["social_origins"])
    return known


def completeness(site: Record, owners: Iterable[Record]) -> float:
    """Return the part of the criteria that is met, from 0 to 1."""
    met = criteria(site, owners)
    return sum(met.values()) / len(met)
