"""The commune of a row: by its INSEE code, or by its position where the code is not one of today's communes."""

from __future__ import annotations

import dataclasses

from ...errors import TerritoryError
from ...i18n import mark
from ...territory import Commune, Territory
from ..rows import Reason
from .cells import Note
from .row import PlatformRow

_CODE = "Code INSEE"
_NAME = "Commune"


def with_commune(row: PlatformRow, territory: Territory) -> PlatformRow:
    """Return the row with the columns of its commune filled as the workspace fills them.

    Communes merge, and an export at a past date has the codes of that time: the commune of the position is taken then,
    with a note. Without position the code is left out, with a note.
    """
    code = row.site.get("fk_city")
    found = _commune(code, territory)
    notes = row.notes
    if found is None:
        found = _at_position(row, territory)
        if code is not None:
            notes = (*notes, _old_code(code, found))
    site = {name: value for name, value in row.site.items() if name not in ("fk_city", "commune")}
    texts = dict(row.texts)
    if found is not None:
        site |= {
            "fk_city": found.code,
            "commune": found.name,
            "department": found.department.code,
            "epci": found.epci_code or None,
        }
        texts |= {name: text for name, text in ((_CODE, found.code), (_NAME, found.name)) if name in texts}
    return dataclasses.replace(row, site=site, texts=texts, notes=notes)


def _commune(code: str | None, territory: Territory) -> Commune | None:
    try:
        return territory.commune(code) if code else None
    except TerritoryError:
        return None


def _at_position(row: PlatformRow, territory: Territory) -> Commune | None:
    if row.position is None:
        return None
    match = territory.commune_at(row.position.x, row.position.y)
    return match.commune if match else None


def _old_code(code: str, found: Commune | None) -> Note:
    if found is None:
        reason = Reason(
            mark("{code} is not the INSEE code of one of today's communes, and no position tells the commune."),
            {"code": code},
        )
    else:
        reason = Reason(
            mark(
                "{code} is not the INSEE code of one of today's communes: {commune} ({new_code}) was taken, where the "
                "position lies."
            ),
            {"code": code, "commune": found.name, "new_code": found.code},
        )
    return Note(_CODE, code, reason)
