"""The row kept of the platform's export holds cells that need a right: who may not read them reads nothing of it."""

from __future__ import annotations

from ..core.exchange.platform.column import Right
from ..core.exchange.platform.columns import COLUMNS
from ..core.exchange.platform.held import RECORD
from ..core.model.terms import quote_text
from ..core.sync.travelling import Travel

_RIGHTS = {"justice": Right.JUSTICE, "owners": Right.OWNER}
"""The rights of the shared database, and those of the platform that open the same cells."""

_FUNCTION = """CREATE FUNCTION app.rights_in(told text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN ARRAY(
    SELECT t.needed FROM (VALUES {rights}) AS t (needed, titles)
    WHERE EXISTS (SELECT FROM jsonb_each_text(told::jsonb) AS cell WHERE cell.key = ANY (t.titles) AND cell.value <> '')
    ORDER BY 1);
EXCEPTION WHEN data_exception THEN
  RETURN ARRAY[{all_rights}];
END $$"""

RESTRICTED = """  IF app.rights_in(new."row") <> '{}' THEN
    new._readers := app.common(
      ARRAY['@' || new._author, '+' || array_to_string(app.rights_in(new."row"), '+')], new._readers);
  END IF;"""
"""What the stamp of such a row adds."""


def is_restricted(travel: Travel) -> bool:
    """Say whether rows of a layer hold cells that need a right."""
    return travel.key == RECORD


def function() -> str:
    """Return the statement that makes the function which tells the rights needed for a row of the export."""
    rights = ", ".join(f"({quote_text(name)}, ARRAY[{_titles(right)}])" for name, right in _RIGHTS.items())
    return _FUNCTION.format(rights=rights, all_rights=", ".join(map(quote_text, _RIGHTS)))


def _titles(right: Right) -> str:
    return ", ".join(quote_text(column.name) for column in COLUMNS if column.presence.right is right)
