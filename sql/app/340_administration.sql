-- What the window of administrators shows and does. Auditors look; officers hand over what they cannot send, and see
-- what became of it.
--
--   RS032  only an administrator
--   RS060  what is handed over is too much, or cannot be
--   RS061  nothing of this name was handed over

CREATE FUNCTION app.check_looks() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.reads_all() THEN
    RAISE EXCEPTION 'only an administrator or an auditor looks' USING ERRCODE = 'RS032';
  END IF;
END $$;
COMMENT ON FUNCTION app.check_looks() IS 'Refuse qui n''administre ni n''audite';

CREATE FUNCTION app.people() RETURNS TABLE (
  login name, role text, organisation text, rights text[], areas text[], granted_at timestamptz, granted_by name,
  last_seen timestamptz, is_there boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.check_looks();
  RETURN QUERY
  SELECT p.login, p.role, p.organisation, p.rights,
    ARRAY(SELECT a.code || CASE a.kind WHEN 'epci' THEN '@' || a.department ELSE '' END
      FROM sync.area AS a WHERE a.login = p.login ORDER BY a.code, a.department),
    p.granted_at::timestamptz, p.granted_by,
    (SELECT max(d.last_seen)::timestamptz FROM sync.device AS d WHERE d.login = p.login),
    EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = p.login AND r.rolcanlogin)
  FROM sync.person AS p ORDER BY p.login;
END $$;
COMMENT ON FUNCTION app.people() IS 'Qui a accès à la base partagée : rôle, territoires, droits, vu quand, et si le compte existe encore';

CREATE FUNCTION app.free_logins() RETURNS SETOF name
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.check_looks();
  RETURN QUERY
  SELECT r.rolname FROM pg_roles AS r
  WHERE r.rolcanlogin AND NOT r.rolsuper AND NOT r.rolreplication
    AND NOT EXISTS (SELECT FROM sync.person AS p WHERE p.login = r.rolname)
  ORDER BY 1;
END $$;
COMMENT ON FUNCTION app.free_logins() IS 'Comptes du serveur qui n''ont pas d''accès à la base partagée';

CREATE FUNCTION app.log_state() RETURNS TABLE (
  part text, since timestamptz, until timestamptz, transactions bigint, entries bigint, bytes bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  told record;
BEGIN
  PERFORM app.check_looks();
  FOR told IN SELECT p.part AS name, p.lower, p.upper FROM app.log_parts() AS p ORDER BY p.lower NULLS FIRST LOOP
    part := replace(told.name::text, 'sync.', '');
    EXECUTE format('SELECT count(*) FROM %s', told.name) INTO entries;
    CONTINUE WHEN entries = 0;
    SELECT min(t.at), max(t.at), count(*) INTO since, until, transactions
    FROM sync.tx AS t, sync.head AS h
    WHERE t.rev > h.min_rev AND t.tx_id >= coalesce(told.lower, 0) AND (told.upper IS NULL OR t.tx_id < told.upper);
    bytes := pg_total_relation_size(told.name);
    RETURN NEXT;
  END LOOP;
END $$;
COMMENT ON FUNCTION app.log_state() IS 'Parties du journal qui contiennent quelque chose : de quand à quand, combien, quelle place';

CREATE FUNCTION app.trim_forecast(keep interval, alive interval DEFAULT '90 days', OUT entries bigint,
  OUT begin_anew bigint, OUT held_back bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  upto CONSTANT bigint := app.trim_limit(keep, alive);
BEGIN
  PERFORM app.check_looks();
  SELECT count(*) INTO entries FROM sync.log AS l JOIN sync.tx AS t USING (tx_id) WHERE t.rev <= upto;
  SELECT count(*) FILTER (WHERE d.cursor < upto AND d.cursor >= h.min_rev),
    count(*) FILTER (WHERE d.last_seen >= now() - alive AND d.cursor < app.revision_at(now() - keep))
  INTO begin_anew, held_back FROM sync.device AS d, sync.head AS h;
END $$;
COMMENT ON FUNCTION app.trim_forecast(interval, interval) IS
  'Ce que trim_log effacerait : entrées, espaces de travail qui reprendraient tout, espaces en usage pour qui il garde davantage';

CREATE FUNCTION app.exports(at_most integer DEFAULT 2000) RETURNS TABLE (
  uid uuid, exported_at timestamptz, exported_by text, login text, output text, file_name text, audience text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.check_looks();
  RETURN QUERY
  SELECT e.uid, e.exported_at::timestamptz, e.exported_by::text, e._author::text, e.output::text, e.file_name::text,
    e.audience::text
  FROM resorption.export_log AS e ORDER BY e.exported_at DESC, e.uid LIMIT at_most;
END $$;
COMMENT ON FUNCTION app.exports(integer) IS 'Les derniers exports sortis des espaces de travail : qui, quand, quoi, pour qui';

-- What is handed over holds values that others may not read: it is its author's and the administrators'.
DO $$
DECLARE
  mine CONSTANT text := 'who = session_user AND (SELECT app.my_role()) IN (''officer'', ''admin'')';
BEGIN
  ALTER TABLE sync.handed ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  DROP POLICY IF EXISTS machinery ON sync.handed;
  CREATE POLICY machinery ON sync.handed TO resorption_owner USING (true) WITH CHECK (true);
  EXECUTE format('CREATE POLICY reading ON sync.handed FOR SELECT TO resorption_writer, resorption_admin
    USING ((SELECT app.is_admin()) OR %s)', mine);
  EXECUTE format('CREATE POLICY handing ON sync.handed FOR INSERT TO resorption_writer WITH CHECK (%s)', mine);
  EXECUTE format('CREATE POLICY handing_again ON sync.handed FOR UPDATE TO resorption_writer
    USING (%1$s) WITH CHECK (%1$s)', mine);
END $$;
GRANT SELECT ON sync.handed TO resorption_admin;
GRANT INSERT, UPDATE ON sync.handed TO resorption_writer;

CREATE FUNCTION app.hand_over(from_device uuid, told jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
  given integer;
BEGIN
  PERFORM app.stop_unless_known();
  IF app.my_role() = 'auditor' THEN
    RAISE EXCEPTION 'an auditor hands nothing over' USING ERRCODE = '42501';
  END IF;
  IF jsonb_typeof(told) <> 'array' OR jsonb_array_length(told) > 200 OR octet_length(told::text) > 8388608
    OR (SELECT count(*) FROM sync.handed WHERE who = session_user AND state = 'open') > 2000 THEN
    RAISE EXCEPTION 'no more than 200 rows and 8 MiB at once, 2000 that wait' USING ERRCODE = 'RS060';
  END IF;
  INSERT INTO sync.handed AS h (device, tbl, uid, title, cause, reason, image, comment)
  SELECT DISTINCT ON (l.tbl, t.uid) from_device, l.tbl, t.uid, coalesce(t.title, ''), t.cause, coalesce(t.reason, ''),
    t.image, coalesce(t.comment, '')
  FROM jsonb_to_recordset(told) AS t (tbl text, uid uuid, title text, cause text, reason text, image text,
    comment text) LEFT JOIN app.layer AS l ON l.tbl = t.tbl
  ORDER BY l.tbl, t.uid
  ON CONFLICT (who, tbl, uid) WHERE state = 'open' DO UPDATE
  SET (device, title, cause, reason, image, comment)
    = ROW (excluded.device, excluded.title, excluded.cause, excluded.reason, excluded.image,
      excluded.comment);
  GET DIAGNOSTICS given = ROW_COUNT;
  RETURN given;
EXCEPTION WHEN check_violation OR not_null_violation THEN
  RAISE EXCEPTION 'a row that is handed over is too long, or not whole' USING ERRCODE = 'RS060';
END $$;
COMMENT ON FUNCTION app.hand_over(uuid, jsonb) IS
  'Remet aux administrateurs des lignes refusées ; remise deux fois, une ligne attend une fois';

CREATE FUNCTION app.handed(at_most integer DEFAULT 2000) RETURNS TABLE (
  id uuid, who name, at timestamptz, device uuid, tbl text, uid uuid, title text, cause text, reason text,
  image text, comment text, state text, settled_by name, settled_at timestamptz, answer text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
  SELECT h.id, h.who, h.at, h.device, h.tbl, h.uid, h.title, h.cause, h.reason, h.image, h.comment, h.state,
    h.settled_by, h.settled_at, h.answer
  FROM sync.handed AS h ORDER BY h.state, h.at DESC, h.id LIMIT at_most
$$;
COMMENT ON FUNCTION app.handed(integer) IS 'Lignes remises aux administrateurs : les siennes, ou toutes pour un administrateur';

ALTER FUNCTION app.hand_over(uuid, jsonb) OWNER TO resorption_writer;
ALTER FUNCTION app.handed(integer) OWNER TO resorption_writer;

CREATE FUNCTION app.settle_handed(wanted uuid, answer text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.check_keeper();
  IF NOT EXISTS (SELECT FROM sync.handed WHERE id = wanted) THEN
    RAISE EXCEPTION 'nothing of this name was handed over' USING ERRCODE = 'RS061';
  END IF;
  UPDATE sync.handed AS h SET (state, settled_by, settled_at, answer)
    = ROW ('settled', session_user, now(), left(coalesce(settle_handed.answer, ''), 4000))
  WHERE h.id = wanted AND h.state = 'open';
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION app.settle_handed(uuid, text) IS 'Dit qu''une remise est réglée, avec une réponse ; faux si elle l''était déjà';

CREATE FUNCTION app.trim_handed(keep interval) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  gone bigint;
BEGIN
  PERFORM app.check_keeper();
  DELETE FROM sync.handed WHERE state = 'settled' AND settled_at < now() - keep;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
COMMENT ON FUNCTION app.trim_handed(interval) IS 'Efface les remises réglées depuis plus longtemps ; rend leur nombre';

-- an officer who asks is refused in words, not for want of a right on the function
GRANT EXECUTE ON FUNCTION app.people() TO resorption_officer, resorption_admin, resorption_auditor;
GRANT EXECUTE ON FUNCTION app.free_logins(), app.log_state(), app.trim_forecast(interval, interval), app.exports(integer)
  TO resorption_admin, resorption_auditor;
GRANT EXECUTE ON FUNCTION app.hand_over(uuid, jsonb), app.handed(integer)
  TO resorption_officer, resorption_admin, resorption_auditor;
GRANT EXECUTE ON FUNCTION app.settle_handed(uuid, text), app.trim_handed(interval) TO resorption_admin;
