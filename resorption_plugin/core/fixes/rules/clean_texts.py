"""Spaces at the ends of texts, doubled spaces and invisible characters."""

from __future__ import annotations

import re
import unicodedata

from ...i18n import mark
from ...model import catalogue
from ...model.fields import Field, Kind, Origin
from ...records import Record
from ..proposal import Communes, Correction, Fix

_KEPT = "\n\t"


def clean(field: Field, written: str) -> str | None:
    """Return a text without control characters and needless spaces, ``None`` when nothing is left."""
    visible = "".join(c for c in written if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cf"))
    if field.kind is Kind.TEXT:
        visible = re.sub(r"\s+", " ", visible)
    return visible.strip() or None


def propose(record: Record, _communes: Communes) -> Correction | None:
    """Return the texts that people wrote, cleaned where that changes them."""
    fields = [
        field
        for field in catalogue.layer(record.layer).fields
        if field.kind in (Kind.TEXT, Kind.LONG_TEXT) and field.origin is Origin.OFFICER and field.domain is None
    ]
    texts = {field.name: (field, record[field.name]) for field in fields if isinstance(record[field.name], str)}
    cleaned = {name: clean(field, written) for name, (field, written) in texts.items()}
    required = {field.name for field in fields if field.required}
    values = {
        name: written
        for name, written in cleaned.items()
        if written != record[name] and not (written is None and name in required)
    }
    return Correction(record, values)


FIX = Fix(mark("Remove needless spaces and invisible characters"), ("DON-012",), propose)
