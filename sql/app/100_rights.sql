-- Who asks, and what may be read and written: everything is keyed on session_user, which no one can set.

CREATE FUNCTION app.my_role() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT role FROM sync.person WHERE login = session_user
$$;
COMMENT ON FUNCTION app.my_role() IS 'Rôle de qui demande : officer, admin, auditor ; vide : personne';

CREATE FUNCTION app.is_admin() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM sync.person WHERE login = session_user AND role = 'admin')
$$;
COMMENT ON FUNCTION app.is_admin() IS 'Dit si qui demande administre';

CREATE FUNCTION app.reads_all() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM sync.person WHERE login = session_user AND role IN ('admin', 'auditor'))
$$;
COMMENT ON FUNCTION app.reads_all() IS 'Dit si qui demande lit tout';

CREATE FUNCTION app.my_departments() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT department ORDER BY department), '{}') FROM sync.area WHERE login = session_user
$$;
COMMENT ON FUNCTION app.my_departments() IS 'Départements que lit qui demande';

CREATE FUNCTION app.my_areas() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(area ORDER BY area), '{}')
  FROM (
    SELECT CASE kind WHEN 'epci' THEN code || '@' || department ELSE code END AS area
    FROM sync.area WHERE login = session_user
  ) AS told
$$;
COMMENT ON FUNCTION app.my_areas() IS 'Territoires où écrit qui demande : 31, 31555, 243100518@31';

-- A code of a commune or of an intercommunality alone would let a row name a place of one department and lie in another.
CREATE FUNCTION app.my_places() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(CASE a.kind WHEN 'department' THEN a.code ELSE a.code || '@' || a.department END), '{}')
  FROM sync.area AS a JOIN sync.person AS p USING (login)
  WHERE a.login = session_user AND p.role = 'officer'
$$;
COMMENT ON FUNCTION app.my_places() IS 'Lieux où écrit qui demande : 31, 31555@31, 243100518@31';

CREATE FUNCTION app.my_names() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT ARRAY['@' || session_user] || coalesce((
    SELECT array_remove(ARRAY[nullif(lower(btrim(organisation)), '')], NULL)
      || ARRAY(SELECT '+' || granted FROM unnest(rights) AS granted ORDER BY 1)
      || CASE WHEN rights @> ARRAY['justice', 'owners'] THEN ARRAY['+justice+owners'] ELSE '{}' END
    FROM sync.person WHERE login = session_user), '{}')
$$;
COMMENT ON FUNCTION app.my_names() IS 'Noms sous lesquels une ligne s''adresse à qui demande : @identifiant, structure, +droit';

CREATE FUNCTION app.has_right(wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM sync.person WHERE login = session_user AND (role IN ('admin', 'auditor') OR wanted = ANY (rights))
  )
$$;
COMMENT ON FUNCTION app.has_right(text) IS 'Dit si qui demande a un droit en plus : justice, owners';

CREATE FUNCTION app.right_for(tbl text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE tbl WHEN 'procedure' THEN 'justice' WHEN 'owner' THEN 'owners' END
$$;
COMMENT ON FUNCTION app.right_for(text) IS 'Droit en plus qu''il faut pour lire une table ; vide : aucun';

CREATE FUNCTION app.may_open(tbl text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT app.right_for(tbl) IS NULL OR app.has_right(app.right_for(tbl))
$$;
COMMENT ON FUNCTION app.may_open(text) IS 'Dit si qui demande a le droit en plus qu''il faut pour lire une table';

CREATE FUNCTION app.closed_tables() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(tablename::text), '{}') FROM pg_tables
  WHERE schemaname = 'resorption' AND NOT app.may_open(tablename)
$$;
COMMENT ON FUNCTION app.closed_tables() IS 'Tables dont qui demande ne lit rien, faute d''un droit en plus';

CREATE FUNCTION app.scope() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  -- the number of the last change of rights too: what was written while a right was away is passed over by a pull
  SELECT encode(sha256(convert_to(concat_ws('|', app.my_role(), app.my_departments()::text, app.my_names()::text,
    (SELECT max(g.id) FROM sync.grant_log AS g WHERE g.login = session_user AND g.before IS DISTINCT FROM g.after)
  ), 'UTF8')), 'hex')
$$;
COMMENT ON FUNCTION app.scope() IS
  'Empreinte de ce que qui demande peut lire : change à chaque changement de ses droits, même défait depuis';

-- The one rule of reading, for a row, an entry of the log, a tombstone, a contradiction.
CREATE FUNCTION app.reads(tbl text, depts text[], readers text[]) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT app.reads_all() OR (
    depts <@ app.my_departments()
    AND (readers IS NULL OR readers && app.my_names())
    AND app.my_role() IS NOT NULL
    AND app.may_open(tbl)
  )
$$;
COMMENT ON FUNCTION app.reads(text, text[], text[]) IS 'Dit si qui demande peut lire une ligne de ces départements et de ces lecteurs';
