"""What the server runs for each layer: the stamp of a row, its entry in the log, its image, its view for workspaces."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model.fields import Relation
from ..core.model.terms import quote_name, quote_text
from ..core.sync.travelling import Travel, travels
from . import confidential
from .from_model import points_anywhere, table
from .values import Values

_SAFE = "SET search_path = pg_catalog, pg_temp"
# numbers are written in full whatever the session asks for
_EXACT = f"{_SAFE} SET extra_float_digits = 1"
_SCOPE = "_dept, {0}._epci, {0}._commune, {0}._depts, {0}._readers"

_STAMP = """CREATE FUNCTION app.{stamp}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER {safe} AS $$
DECLARE
  parent record;
  placed boolean := FALSE;
BEGIN
  IF TG_OP = 'INSERT' THEN
    new._author := session_user;
    new._ver := 1;
    IF EXISTS (SELECT FROM sync.tombstone AS t WHERE t.uid = new.uid AND t.tbl = {key}) THEN
      SELECT t.ver + 1 INTO new._ver FROM sync.tombstone AS t WHERE t.uid = new.uid AND t.tbl = {key};
    END IF;
  ELSE
    IF new.uid <> old.uid THEN
      RAISE EXCEPTION 'the identifier of a row cannot change' USING ERRCODE = 'RS031';
    END IF;
    new._author := old._author;
    new._ver := old._ver;
    new._hash := old._hash;
  END IF;
{scope}
  IF TG_OP = 'UPDATE' THEN
    IF new IS NOT DISTINCT FROM old THEN
      RETURN new;
    END IF;
    new._ver := old._ver + 1;
  END IF;
  new._hash := {hash};
  RETURN new;
END $$"""

_NOWHERE = """  new._dept := NULL;
  new._epci := NULL;
  new._commune := NULL;
  new._depts := '{}';
  new._readers := NULL;"""

_PLACE = """  new._dept := new.department;
  new._epci := {epci};
  new._commune := {commune};
  new._depts := array_remove(ARRAY[new.department], NULL);
  new._readers := NULL;
  placed := new.department IS NOT NULL;"""

# A new reference waits for whoever is moving the parent; else that person would not see this row, and leave its place.
_PARENT = """  IF new.{column} IS NOT NULL THEN
    IF TG_OP = 'INSERT' OR new.{column} IS DISTINCT FROM old.{column} THEN
      SELECT p.{columns} INTO parent FROM {parent} AS p WHERE p.uid = new.{column} FOR SHARE;
      IF NOT FOUND THEN
        RAISE EXCEPTION '% has no row %', {parent_key}, new.{column} USING ERRCODE = '23503',
          SCHEMA = 'resorption', TABLE = {key}, CONSTRAINT = {constraint};
      END IF;
    ELSE
      SELECT p.{columns} INTO parent FROM {parent} AS p WHERE p.uid = new.{column};
      IF NOT FOUND THEN
        parent := old;
      END IF;
    END IF;
    IF new._depts = '{{}}' THEN
      new._depts := parent._depts;
    ELSIF NOT parent._depts <@ new._depts THEN
      new._depts := app.joined(new._depts, parent._depts);
    END IF;
    IF parent._readers IS NOT NULL THEN
      new._readers := app.common(new._readers, parent._readers);
    END IF;
{first}
  END IF;"""

_FIRST_PLACE = """    IF NOT placed THEN
      new._dept := parent._dept;
      new._epci := parent._epci;
      new._commune := parent._commune;
      placed := TRUE;
    END IF;"""

_UNPLACED = """  IF NOT placed THEN
    new._readers := app.common(ARRAY['@' || new._author], new._readers);
  END IF;"""

_TARGET = """  CASE new.target_layer
{cases}
    ELSE NULL;
  END CASE;
  IF parent IS NULL THEN
    new._readers := ARRAY['@' || new._author];
  ELSE
    new._dept := parent._dept;
    new._epci := parent._epci;
    new._commune := parent._commune;
    new._depts := parent._depts;
    new._readers := coalesce(parent._readers, ('{{+' || app.right_for(new.target_layer) || '}}')::text[]);
  END IF;"""

_TARGET_CASE = """    WHEN {key} THEN
      SELECT t.{columns} INTO parent FROM {table} AS t WHERE t.uid = new.target_uid FOR SHARE;"""

_OF_THE_WRITER = """  IF TG_OP = 'INSERT' THEN
    new._depts := app.my_departments();
    new._readers := CASE WHEN new._depts = '{}' THEN ARRAY['@' || new._author] END;
  ELSE
    new._depts := old._depts;
    new._readers := old._readers;
  END IF;"""

_TARGETED = """  IF new.visibility = 'targeted' THEN
    new._readers := app.common(ARRAY['@' || new._author] || app.named(new.targets), new._readers);
  END IF;"""

# Old and new rows are joined in full, which leaves the planner no loop within a loop: its plan is kept for later
# writes, of any size. Whatever else a write touches is found by an array of identifiers for the same reason.
_WRITTEN = """CREATE FUNCTION app.{written}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER {exact} AS $$
DECLARE
  touched uuid[];
  moved uuid[];
  is_late boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    touched := ARRAY(SELECT n.uid FROM new_rows AS n);
    IF touched = '{{}}' THEN
      RETURN NULL;
    END IF;
    INSERT INTO sync.log (tx_id, tbl, uid, op, ver, depts_new, readers_new, new)
    SELECT (SELECT app.current_tx()), {key}, n.uid, 'I', n._ver, n._depts, n._readers, {new_image} FROM new_rows AS n;
    WITH woken AS (
      DELETE FROM sync.tombstone AS t WHERE t.uid = ANY (touched) AND t.tbl = {key} RETURNING t.uid, t.ver
    ) SELECT bool_or(w.ver >= n._ver) INTO is_late FROM woken AS w LEFT JOIN new_rows AS n USING (uid);
    IF is_late THEN
      RAISE EXCEPTION 'the row was being deleted: try again' USING ERRCODE = '40001';
    END IF;
{pointing}
  ELSIF TG_OP = 'DELETE' THEN
    WITH entry AS (
      INSERT INTO sync.log (tx_id, tbl, uid, op, ver, depts_old, readers_old, old)
      SELECT (SELECT app.current_tx()), {key}, o.uid, 'D', o._ver + 1, o._depts, o._readers, {old_image}
      FROM old_rows AS o RETURNING *
    )
    INSERT INTO sync.tombstone (tbl, uid, tx_id, ver, depts, readers, last)
    SELECT e.tbl, e.uid, e.tx_id, e.ver, e.depts_old, e.readers_old, e.old FROM entry AS e
    ON CONFLICT (uid, tbl) DO UPDATE SET (tx_id, ver, depts, readers, last)
      = ROW (excluded.tx_id, excluded.ver, excluded.depts, excluded.readers, excluded.last);
  ELSE
    SELECT array_agg(n.uid) FILTER (WHERE n._ver <> o._ver), array_agg(n.uid) FILTER (WHERE {is_moved})
    INTO touched, moved FROM new_rows AS n FULL JOIN old_rows AS o USING (uid);
    IF touched IS NULL THEN
      RETURN NULL;
    END IF;
    INSERT INTO sync.log (tx_id, tbl, uid, op, ver, depts_old, depts_new, readers_old, readers_new, old, new)
    SELECT (SELECT app.current_tx()), {key}, uid, 'U', n._ver, o._depts, n._depts, o._readers, n._readers, c.old, c.new
    FROM new_rows AS n FULL JOIN old_rows AS o USING (uid)
    CROSS JOIN LATERAL app.changes_of({changes}) AS c
    WHERE n._ver <> o._ver;
    IF moved IS NOT NULL THEN
{following}
      UPDATE sync.conflict AS c SET depts = t._depts, readers = t._readers
      FROM {table} AS t WHERE c.tbl = {key} AND c.uid = ANY (moved) AND t.uid = c.uid;
    END IF;
  END IF;
  RETURN NULL;
END $$"""

# what depends on a row follows it: its own stamp looks the row up again
_FOLLOWING = """      UPDATE {child} SET _depts = '{{}}' WHERE {condition} = ANY (moved);"""

_POINTING = """    IF EXISTS (SELECT FROM {child} WHERE {condition} = ANY (touched)) THEN
      UPDATE {child} SET _depts = '{{}}' WHERE {condition} = ANY (touched);
    END IF;"""

_IMAGE = """CREATE FUNCTION app.image(r {table}) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
RETURN {image}"""

_VIEW = """CREATE VIEW app.{view} WITH (security_invoker) AS
SELECT t.uid::text AS uid, t._ver, t._hash, {columns} FROM {table} AS t"""


def functions(postgis: str) -> Iterator[str]:
    """Yield the statements that make the functions and the view of each layer; ``postgis`` is the schema of PostGIS."""
    values = Values(postgis)
    yield confidential.function()
    yield "COMMENT ON FUNCTION app.rights_in(text) IS 'Droits en plus qu''il faut pour lire une ligne de la plateforme'"
    for travel in travels():
        yield from _layer(travel, values)


def _layer(travel: Travel, values: Values) -> Iterator[str]:
    key, name = quote_text(travel.key), table(travel.key)
    stamp, written, view = (quote_name(told) for told in _made(travel.key))
    yield _STAMP.format(stamp=stamp, safe=_SAFE, key=key, scope=_scope(travel), hash=values.row_hash(travel, "new"))
    yield f"COMMENT ON FUNCTION app.{stamp}() IS 'Version, empreinte et territoire d''une ligne'"
    children = [(table(child), quote_name(column)) for child, column in _children(travel.key)]
    pointing = list(_pointing(travel))
    yield _WRITTEN.format(
        written=written,
        exact=_EXACT,
        key=key,
        table=name,
        new_image=values.image(travel, "n"),
        old_image=values.image(travel, "o"),
        changes=values.changes(travel, "o", "n"),
        is_moved=f"(n.{_SCOPE.format('n')}) IS DISTINCT FROM (o.{_SCOPE.format('o')})",
        pointing="\n".join(_POINTING.format(child=child, condition=condition) for child, condition in pointing),
        following="\n".join(
            _FOLLOWING.format(child=child, condition=condition) for child, condition in (*children, *pointing)
        ),
    )
    yield f"COMMENT ON FUNCTION app.{written}() IS 'Journal de ce qui est écrit ; les lignes qui en dépendent suivent'"
    yield _IMAGE.format(table=name, image=values.image(travel, "r"))
    yield f"COMMENT ON FUNCTION app.image({name}) IS 'Valeurs d''une ligne telles qu''elles s''échangent'"
    yield _VIEW.format(view=view, columns=", ".join(values.stored_columns(travel, "t")), table=name)
    yield f"COMMENT ON VIEW app.{view} IS {quote_text(f'{travel.layer.plural.fr}, tels que rangés hors ligne')}"
    readers = "resorption_writer, resorption_officer, resorption_admin, resorption_auditor"
    yield f"GRANT SELECT ON app.{view} TO {readers}"
    yield f"GRANT EXECUTE ON FUNCTION app.image({name}) TO {readers}"


def _made(key: str) -> tuple[str, str, str]:
    return f"{key}_stamp", f"{key}_written", f"wire_{key}"


def _scope(travel: Travel) -> str:
    """Return the statements that say where a row is, from the row itself and from those it belongs to."""
    columns = set(travel.layer.names())
    parts = [_NOWHERE]
    if "department" in columns:
        whole = {"epci", "fk_city"} <= columns
        parts = [_PLACE.format(epci="new.epci" if whole else "NULL", commune="new.fk_city" if whole else "NULL")]
    if points_anywhere(travel.layer):
        return "\n".join((*parts, _target()))
    if "department" not in columns and not travel.layer.relations:
        return "\n".join((*parts, _OF_THE_WRITER))
    parts += [_parent(travel, relation, is_place="department" in columns) for relation in travel.layer.relations]
    parts.append(_UNPLACED)
    if {"visibility", "targets"} <= columns:
        parts.append(_TARGETED)
    if confidential.is_restricted(travel):
        parts.append(confidential.RESTRICTED)
    return "\n".join(parts)


def _parent(travel: Travel, relation: Relation, *, is_place: bool) -> str:
    return _PARENT.format(
        column=quote_name(relation.column),
        columns=_SCOPE.format("p"),
        parent=table(relation.parent),
        parent_key=quote_text(relation.parent),
        key=quote_text(travel.key),
        constraint=quote_text(f"{travel.key}_{relation.column}_fkey"),
        first="" if is_place else _FIRST_PLACE,
    )


def _target() -> str:
    cases = "\n".join(
        _TARGET_CASE.format(key=quote_text(travel.key), columns=_SCOPE.format("t"), table=table(travel.key))
        for travel in travels()
        if not points_anywhere(travel.layer)
    )
    return _TARGET.format(cases=cases)


def _children(key: str) -> Iterator[tuple[str, str]]:
    """Yield the layers that refer to one, and the column that does."""
    for child in travels():
        yield from ((child.key, relation.column) for relation in child.layer.relations if relation.parent == key)


def _pointing(travel: Travel) -> Iterator[tuple[str, str]]:
    """Yield the tables whose rows may be about rows of this one, and what tells which."""
    for other in travels():
        if points_anywhere(other.layer) and other is not travel:
            yield table(other.key), f"target_layer = {quote_text(travel.key)} AND target_uid"
