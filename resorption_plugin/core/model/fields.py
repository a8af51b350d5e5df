"""The vocabulary of the model: labels, value lists, fields, groups, relations, layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from .expressions import Condition


@dataclass(frozen=True, slots=True)
class Label:
    """A text in both languages; the French one is the platform's own where it has one."""

    en: str
    fr: str

    def text(self, language: str) -> str:
        """Return the text for a language code (``"fr"``, ``"fr_FR"``, anything else is English)."""
        return self.fr if language.lower().startswith("fr") else self.en

    def __str__(self) -> str:
        return self.en


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    LONG_TEXT = "long text"
    INTEGER = "integer"
    REAL = "real"
    BOOLEAN = "boolean"
    """Three-valued: yes, no, and unknown where the column is empty."""
    DATE = "date"
    DATETIME = "datetime"
    """An instant in UTC, to the millisecond."""
    UID = "uid"
    CHOICES = "choices"
    """Several codes of a value list, stored as a JSON array in the order of the list."""
    FILE = "file"
    """The path of a picture, relative to the folder of the workspace."""


class Geometry(Enum):
    """Geometry of a layer; the value is the GeoPackage geometry type name."""

    NONE = ""
    POINT = "POINT"
    LINE = "LINESTRING"
    POLYGON = "MULTIPOLYGON"


class Role(Enum):
    """What a layer is for."""

    RECORD = "record"
    """What people write: edited in forms and synchronised."""
    COMPUTED = "computed"
    """Results, which every workspace computes for itself; only what people add to them travels."""
    REFERENCE = "reference"
    """Given from outside, never synchronised."""


class Origin(Enum):
    """Who writes a column."""

    OFFICER = "officer"
    POSITION = "position"
    """Filled from the geometry when the row is drawn or moved; may be corrected."""
    COMPUTED = "computed"
    """Computed in each workspace: read-only in the form, never synchronised."""
    SYSTEM = "system"
    """Identity and audit: written by the program, read-only."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a value list: the stored code and what people read."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Domain:
    """A value list."""

    name: str
    label: Label
    choices: tuple[Choice, ...]

    def codes(self) -> tuple[str, ...]:
        """Return the stored codes in their order."""
        return tuple(choice.code for choice in self.choices)

    def choice(self, code: str) -> Choice:
        """Return the entry of a code; ``KeyError`` when there is none."""
        for choice in self.choices:
            if choice.code == code:
                return choice
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Default:
    """A QGIS default expression, and whether it is applied again at each save."""

    expression: str
    on_update: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One column and everything that is derived from it."""

    name: str
    label: Label
    kind: Kind = Kind.TEXT
    group: str = "general"
    domain: Domain | None = None
    required: bool = False
    """NOT NULL in the table and a hard constraint in the form."""
    expected: bool = False
    """A soft constraint: the form warns when it is empty and still saves."""
    unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    unit: str = ""
    help: Label | None = None
    default: Default | None = None
    visible_when: Condition | None = None
    origin: Origin = Origin.OFFICER
    hidden: bool = False
    """Never shown in the form (identity and keys)."""

    @property
    def read_only(self) -> bool:
        """Whether the form shows the field without letting it be typed in."""
        return self.origin in (Origin.COMPUTED, Origin.SYSTEM)


@dataclass(frozen=True, slots=True)
class Group:
    """A tab of the form, or a box inside the tab named by ``parent``."""

    key: str
    label: Label
    parent: str | None = None
    visible_when: Condition | None = None


class Topic(Enum):
    """What a rule is about: a check asks for the rules of its topic."""

    DATES = "dates"
    """Dates in the order of what they date, none in the future."""
    COUNTS = "counts"
    """A part is not larger than its whole."""
    ANSWERS = "answers"
    """A question is answered where another answer calls for it, and only there."""
    TEXTS = "texts"
    """A text holds no markup."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Rule:
    """A statement that must not be false: form constraint, table constraint and check from one source."""

    name: str
    condition: Condition
    message: Label
    field: str
    """The column whose form widget shows the message."""
    hard: bool = True
    topic: Topic = Topic.OTHER


class Strength(Enum):
    """What becomes of the children when the parent is deleted."""

    COMPOSITION = "composition"
    """They are deleted with it."""
    ASSOCIATION = "association"
    """They stay, and the reference is emptied."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A reference of this layer (the child) to another by ``uid``."""

    column: str
    parent: str
    label: Label
    """The title of the list of children in the parent's form."""
    strength: Strength = Strength.COMPOSITION
    group: str | None = None
    """The tab of the parent's form where the children are listed; ``None`` keeps them out of it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: its columns in order, its form groups, its rules and its references."""

    key: str
    label: Label
    plural: Label
    geometry: Geometry
    fields: tuple[Field, ...]
    groups: tuple[Group, ...]
    display: str
    """QGIS expression naming a row to people."""
    rules: tuple[Rule, ...] = ()
    relations: tuple[Relation, ...] = ()
    unique_together: tuple[tuple[str, ...], ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    """Columns that say one thing together: when two people change them, one of them decides on all."""
    role: Role = Role.RECORD
    geometry_required: bool = True
    order: int = 0
    """Position in the layer tree and in lists."""
    tree_group: Label | None = None
    help: Label = field(default_factory=lambda: Label("", ""))
    _by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {candidate.name: candidate for candidate in self.fields})

    def field(self, name: str) -> Field:
        """Return a field by its column name; ``KeyError`` when there is none."""
        try:
            return self._by_name[name]
        except KeyError:
            raise KeyError(f"{self.key}.{name}") from None

    def names(self) -> tuple[str, ...]:
        """Return the column names in order."""
        return tuple(candidate.name for candidate in self.fields)
