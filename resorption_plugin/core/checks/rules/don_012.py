"""Texts that should not be there: markup, control characters, too long, or what looks like personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ...i18n import mark
from ...model import catalogue
from ...model.fields import Field, Kind, Label, Origin, Role, Topic
from ...model.text_rules import FORBIDDEN
from ...records import Record
from .. import words
from ..broken_rules import broken
from ..common import written_on
from ..context import Context
from ..finding import Remark
from ..personal_data import PersonalData, found_in
from ..registry import check
from ..spec import CheckSpec, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Neither tabulators nor ends of line; with what is invisible or turns the reading direction."""

_MAY_HOLD = re.compile(rf"[{FORBIDDEN}@]|\d.*\d|{_CONTROL.pattern}", re.DOTALL)
"""Quick to ask of a hundred thousand texts; only those that answer yes are looked into."""

_IDENTIFIERS = frozenset(
    {"source_id", "operator_siren", "hydrant_number", "operator_reference", "insalubrity_parcels", "model", "fk_city"}
)
"""Numbers of things, which look like numbers of people."""

_MARKUP = Label("angle or curly brackets", "chevrons ou accolades")
_UNSEEN = Label("invisible or control characters", "caractères invisibles ou de commande")
_TOO_LONG = Label("too long", "trop long")


@lru_cache(maxsize=64)
def _texts(layer: str) -> tuple[Field, ...]:
    """Return the texts of a layer that people write."""
    return tuple(
        field
        for field in catalogue.layer(layer).fields
        if field.kind in (Kind.TEXT, Kind.LONG_TEXT) and field.domain is None and field.origin is Origin.OFFICER
    )


_METHOD = mark(
    "Each text that people write: its length, its characters, and patterns of French telephone numbers, e-mail "
    "addresses "
    "and social security numbers (with their key). What is found is not repeated here."
)
_WRONG = mark("{record}: {faults} in {columns}.")
_PERSONAL = mark("{record}: {columns} may hold personal data ({faults}). Take out what names or reaches a person.")


@check(
    CheckSpec(
        id="DON-012",
        title=mark("Text with markup, control characters or personal data"),
        why=mark(
            "The platform forbids names and refuses markup; a number that reaches an inhabitant must not travel with "
            "the file."
        ),
        help=mark(
            "A text longer than its field, with < > { } or with invisible characters, or that holds a social security "
            "number with its right key, fails. What looks like a telephone number or an e-mail address is to verify: "
            "it may be an organisation's."
        ),
        mend=mark("Take the characters or the personal data out of the text named."),
        targets=tuple(layer.key for layer in catalogue.layers() if layer.role is Role.RECORD and _texts(layer.key)),
        reads=(),
        severity=Severity.ERROR,
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("plain text with accents", "number of a source that looks like a telephone"),
            failing=("markup in a comment", "invisible character in a name", "social security number in the journal"),
            boundary=("name of 35 characters", "name of 36 characters", "number of 15 digits without the right key"),
            unknown=("telephone number in a note", "e-mail address in a comment", "record without any text"),
        ),
    )
)
def unwanted_text(record: Record, context: Context, _thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge the texts of one record."""
    found: dict[str, list[Label]] = {}
    personal: dict[str, list[PersonalData]] = {}
    for field in _texts(record.layer):
        text = record.values.get(field.name)
        if not isinstance(text, str):
            continue
        if field.max_length is not None and len(text) > field.max_length:
            found.setdefault(field.name, []).append(_TOO_LONG)
        if _MAY_HOLD.search(text):
            if _CONTROL.search(text):
                found.setdefault(field.name, []).append(_UNSEEN)
            if field.name not in _IDENTIFIERS:
                personal[field.name] = list(found_in(text))
    for rule in broken(record, Topic.TEXTS, context):
        found.setdefault(rule.field, []).append(_MARKUP)
    yield from _remarks(record, found, {name: kinds for name, kinds in personal.items() if kinds})


def _remarks(
    record: Record, found: Mapping[str, list[Label]], personal: Mapping[str, list[PersonalData]]
) -> Iterator[Remark]:
    """Say everything in one finding: a record has one of each check."""
    kinds = {kind for each in personal.values() for kind in each}
    labels = dict.fromkeys(label for each in found.values() for label in each)
    faults = [*labels, *(kind.value for kind in PersonalData if kind in kinds)]
    columns = list(dict.fromkeys((*found, *personal)))
    if not columns:
        return
    is_sure = bool(found) or PersonalData.SOCIAL_SECURITY in kinds
    details = {
        "record": words.layer(record.layer),
        "faults": words.several(*map(words.label, faults)),
        "columns": words.columns(record.layer, columns),
    }
    yield Remark(
        Verdict.FAILS if is_sure else Verdict.TO_VERIFY,
        _PERSONAL if kinds else _WRONG,
        details,
        float(len(faults)),
        None,
        Quantity.FAULTS,
        _METHOD,
        field=columns[0],
        data_date=written_on(record),
    )
