"""What is said of a column of the platform's export: its title, when it is there, and what it fills."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from .codecs import Codec
from .composed import RowsCodec


class Option(Enum):
    """What the officer ticks on the platform when asking for the export."""

    ADDRESS_DETAILS = "address_details"
    OWNER = "owner"
    LIVING_CONDITIONS = "living_conditions"
    DEMOGRAPHICS = "demographics"
    JUSTICE = "justice"
    ACTORS = "actors"
    COMMENTS = "comments"
    RESORPTION_PHASES = "resorption_phases"


class Right(Enum):
    """What the officer's account must be allowed to."""

    OWNER = "shantytown_owner.access"
    JUSTICE = "shantytown_justice.access"
    COMMENTS = "shantytown_comment.list"
    PHASES = "shantytown_resorption.export"
    ACTIONS = "action.read"


class Listing(Enum):
    """Which sites the export lists."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Presence:
    """When a column is there: always, unless something is asked for."""

    option: Option | None = None
    right: Right | None = None
    listing: Listing | None = None

    def met(self, options: Collection[Option], rights: Collection[Right], listing: Listing) -> bool:
        """Say whether an export made so has the column."""
        return (
            (self.option is None or self.option in options)
            and (self.right is None or self.right in rights)
            and (self.listing is None or self.listing is listing)
        )


ALWAYS = Presence()


@dataclass(frozen=True, slots=True)
class SiteValue:
    """The column fills a column of the site."""

    column: str
    codec: Codec
    required: bool = False
    """A row whose text is no value is rejected; otherwise the cell alone is left out."""


@dataclass(frozen=True, slots=True)
class Coordinate:
    """The column is the latitude or the longitude of the site's point."""

    axis: str
    codec: Codec


@dataclass(frozen=True, slots=True)
class ProcedureValue:
    """The column fills a column of the one ``procedure`` row of the site."""

    column: str
    codec: Codec


@dataclass(frozen=True, slots=True)
class ClosureValue:
    """The column fills a column of the ``closure`` row of a solution."""

    solution: str
    column: str
    codec: Codec


@dataclass(frozen=True, slots=True)
class Rows:
    """The column holds all the rows of a layer, as one text."""

    layer: str
    codec: RowsCodec


@dataclass(frozen=True, slots=True)
class OwnerPart:
    """The column holds one column of the ``owner`` rows."""

    column: str


@dataclass(frozen=True, slots=True)
class PlaceName:
    """The column names the place, which the INSEE code and the position say better: kept, never compared."""

    part: str
    """``department`` (code and name) or ``epci`` (name)."""


@dataclass(frozen=True, slots=True)
class KeptOnly:
    """The column fills nothing: its text is kept."""


Target = SiteValue | Coordinate | ProcedureValue | ClosureValue | Rows | OwnerPart | PlaceName | KeptOnly


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the export."""

    name: str
    """The title with straight apostrophes, preceded by the section where several columns have the same title: no two
    columns share it."""
    title: str
    """What stands in the line of titles, letter for letter."""
    section: str
    """What stands above, in a merged cell and in capitals."""
    target: Target
    presence: Presence = ALWAYS
    aliases: tuple[str, ...] = ()
    unknown: str = ""
    """What the platform writes where it knows nothing, when it is not “NC”."""
    totalled: bool = False
    """Whether a sum stands below the last row."""
    parent: str = ""
    """What stands above the section, in a cell merged over several of them."""


def name_of(title: str) -> str:
    """Return the name of a column that has its title alone."""
    return title.replace("’", "'")
