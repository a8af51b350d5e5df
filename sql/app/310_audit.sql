-- What the log tells: any past state, who changed what, and whether a hand has rewritten it. Who asks sees of the past
-- what the one rule of reading lets them see, on the departments and the readers of that time.
--
--   RS050  the log does not reach back so far: it was trimmed
--   RS051  there is no such table

CREATE FUNCTION app.is_keeper() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT app.is_admin() OR pg_has_role(session_user, 'resorption_owner', 'MEMBER')
$$;
COMMENT ON FUNCTION app.is_keeper() IS 'Dit si qui demande administre, ici ou le serveur';

CREATE FUNCTION app.check_keeper() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_keeper() THEN
    RAISE EXCEPTION '% does not administrate this shared workspace', session_user USING ERRCODE = '42501';
  END IF;
END $$;
COMMENT ON FUNCTION app.check_keeper() IS 'Refuse qui n''administre pas';

CREATE FUNCTION app.revision_at(at timestamptz) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(max(rev), 0) FROM sync.tx WHERE tx.at <= revision_at.at
$$;
COMMENT ON FUNCTION app.revision_at(timestamptz) IS 'Dernière révision dont la transaction avait commencé à un instant';

CREATE TYPE app.origin AS (op "char", depts text[], readers text[]);
COMMENT ON TYPE app.origin IS 'Ce qu''une écriture a fait d''une ligne, et qui pouvait la lire avant';

CREATE FUNCTION app.kept(kept app.origin, later app.origin) RETURNS app.origin
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN kept;
COMMENT ON FUNCTION app.kept(app.origin, app.origin) IS 'La première de deux écritures';
CREATE AGGREGATE app.first(app.origin) (SFUNC = app.kept, STYPE = app.origin);
COMMENT ON AGGREGATE app.first(app.origin) IS 'La première écriture';

-- Backwards from the rows of now: of each column the value before its first change since, of each row the departments
-- and readers before its first change since. Places are few: the rule of reading is asked once for each.
CREATE FUNCTION app.as_of(tbl text, at timestamptz) RETURNS SETOF jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  upto CONSTANT bigint := app.revision_at(at);
  first_tx bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM app.layer AS l WHERE l.tbl = as_of.tbl) THEN
    RAISE EXCEPTION 'there is no table %', tbl USING ERRCODE = 'RS051';
  END IF;
  IF upto < (SELECT min_rev FROM sync.head) THEN
    RAISE EXCEPTION 'the log begins after %', at USING ERRCODE = 'RS050', HINT = 'A backup may reach back further.';
  END IF;
  SELECT min(tx_id) INTO first_tx FROM sync.tx WHERE rev > upto;
  RETURN QUERY EXECUTE format($query$
    WITH undone AS MATERIALIZED (
      SELECT l.uid, app.laid_over(l.old ORDER BY t.rev DESC, l.seq DESC) AS past,
        app.first(ROW (l.op, l.depts_old, l.readers_old)::app.origin ORDER BY t.rev, l.seq) AS origin
      FROM sync.log AS l JOIN sync.tx AS t USING (tx_id)
      WHERE l.tbl = $1 AND l.tx_id >= $2 AND t.rev > $3 GROUP BY l.uid
    ), was AS MATERIALIZED (
      SELECT coalesce(r.uid, u.uid) AS uid, r AS present, u.past,
        CASE WHEN u.uid IS NULL THEN r._depts ELSE (u.origin).depts END AS depts,
        CASE WHEN u.uid IS NULL THEN r._readers ELSE (u.origin).readers END AS readers
      FROM resorption.%1$I AS r FULL JOIN undone AS u ON u.uid = r.uid
      WHERE (u.origin).op IS DISTINCT FROM 'I'
    ), place AS MATERIALIZED (
      SELECT depts, readers, app.reads($1, depts, readers) AS is_read
      FROM (SELECT DISTINCT depts, readers FROM was) AS told
    )
    SELECT jsonb_build_object('uid', was.uid)
      || CASE WHEN (was.present).uid IS NULL THEN '{}' ELSE app.image(was.present) END || coalesce(was.past, '{}')
    FROM was JOIN place ON place.depts = was.depts AND place.readers IS NOT DISTINCT FROM was.readers
    WHERE place.is_read
  $query$, tbl) USING tbl, coalesce(first_tx, 0), upto;
END $$;
COMMENT ON FUNCTION app.as_of(text, timestamptz) IS 'Les lignes d''une table telles qu''elles étaient à un instant';

-- The one place that says who reads what of an entry: of each side, its values and its departments. Places are few: the
-- rule of reading is asked once for each. A plan of its own each time: with rows named, their index is used.
CREATE FUNCTION app.entries_read("from" timestamptz, "to" timestamptz, rows uuid[])
RETURNS TABLE (
  rev bigint, seq bigint, at timestamptz, who name, device uuid, tbl text, uid uuid, op "char", ver bigint,
  depts_old text[], depts_new text[], old jsonb, new jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH entry AS (
    SELECT t.rev, t.at, t.who, t.device, l.*
    FROM sync.tx AS t JOIN sync.log AS l USING (tx_id)
    WHERE t.at >= "from" AND t.at < "to" AND t.rev > (SELECT min_rev FROM sync.head)
      AND (rows IS NULL OR l.uid = ANY (rows))
  ), place AS MATERIALIZED (
    SELECT tbl, depts, readers, app.reads(tbl, depts, readers) AS is_read
    FROM (SELECT tbl, depts_old, readers_old FROM entry UNION SELECT tbl, depts_new, readers_new FROM entry)
      AS places (tbl, depts, readers)
    WHERE depts IS NOT NULL
  )
  SELECT entry.rev, entry.seq, entry.at, entry.who, entry.device, entry.tbl, entry.uid, entry.op, entry.ver,
    CASE WHEN before.is_read THEN entry.depts_old END, CASE WHEN after.is_read THEN entry.depts_new END,
    CASE WHEN before.is_read THEN entry.old END, CASE WHEN after.is_read THEN entry.new END
  FROM entry
  LEFT JOIN place AS before ON before.tbl = entry.tbl AND before.depts = entry.depts_old
    AND before.readers IS NOT DISTINCT FROM entry.readers_old
  LEFT JOIN place AS after ON after.tbl = entry.tbl AND after.depts = entry.depts_new
    AND after.readers IS NOT DISTINCT FROM entry.readers_new
  WHERE before.is_read OR after.is_read
  ORDER BY entry.rev, entry.seq;
END $$;
COMMENT ON FUNCTION app.entries_read(timestamptz, timestamptz, uuid[]) IS
  'Les écritures d''une période, de quelques lignes ou de toutes, de ce que lit qui demande';

CREATE FUNCTION app.changes("from" timestamptz, "to" timestamptz DEFAULT 'infinity')
RETURNS TABLE (
  rev bigint, at timestamptz, who name, device uuid, tbl text, uid uuid, op "char", ver bigint, old jsonb, new jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT rev, at, who, device, tbl, uid, op, ver, old, new FROM app.entries_read("from", "to", NULL)
$$;
COMMENT ON FUNCTION app.changes(timestamptz, timestamptz) IS 'Les écritures d''une période, de ce que lit qui demande';

-- For windows: the newest ones only, without the values that a whole row does not have.
CREATE FUNCTION app.newest_changes("from" timestamptz, "to" timestamptz, at_most integer)
RETURNS TABLE (
  rev bigint, at timestamptz, who name, tbl text, uid uuid, op "char", depts_old text[], depts_new text[],
  old jsonb, new jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT rev, at, who, tbl, uid, op, depts_old, depts_new,
    CASE op WHEN 'D' THEN jsonb_strip_nulls(old) ELSE old END, CASE op WHEN 'I' THEN jsonb_strip_nulls(new) ELSE new END
  FROM app.entries_read("from", "to", NULL) ORDER BY rev DESC, seq DESC LIMIT at_most
$$;
COMMENT ON FUNCTION app.newest_changes(timestamptz, timestamptz, integer) IS
  'Les dernières écritures d''une période, de la plus récente à la plus ancienne, de ce que lit qui demande';

-- What belongs to a row or belonged to it, and what a row that holds nothing but references leads to.
CREATE FUNCTION app.family(tbl text, uid uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  told CONSTANT text := family.uid::text;
  known uuid[] := ARRAY[family.uid];
  part uuid[];
  way record;
BEGIN
  FOR way IN
    SELECT r.tbl, r.field, ARRAY(
      SELECT o.field FROM app.relation AS o WHERE o.tbl = r.tbl AND o.field <> r.field AND NOT EXISTS (
        SELECT FROM app.field AS f WHERE f.tbl = r.tbl AND NOT f.signature
          AND f.name NOT IN (SELECT p.field FROM app.relation AS p WHERE p.tbl = r.tbl))) AS leads
    FROM app.relation AS r WHERE r.parent = family.tbl
  LOOP
    EXECUTE format('SELECT array_agg(uid) FROM resorption.%I WHERE %I = $1', way.tbl, way.field)
      INTO part USING family.uid;
    known := known || part;
    FOR n IN 1 .. cardinality(way.leads) LOOP
      EXECUTE format('SELECT array_agg(%2$I) FROM resorption.%1$I WHERE %3$I = $1 AND %2$I IS NOT NULL',
        way.tbl, way.leads[n], way.field) INTO part USING family.uid;
      known := known || part;
    END LOOP;
  END LOOP;
  RETURN ARRAY(
    SELECT unnest(known)
    UNION SELECT t.uid FROM sync.tombstone AS t JOIN app.relation AS r ON r.tbl = t.tbl AND r.parent = family.tbl
      WHERE t.last ->> r.field = told
    UNION SELECT l.uid FROM sync.log AS l JOIN app.relation AS r ON r.tbl = l.tbl AND r.parent = family.tbl
      WHERE l.op = 'U' AND l.old ->> r.field = told);
END $$;
COMMENT ON FUNCTION app.family(text, uuid) IS 'Une ligne et celles qui en dépendent ou en ont dépendu';

CREATE FUNCTION app.history(of_tbl text, of_uid uuid, at_most integer)
RETURNS TABLE (
  rev bigint, at timestamptz, who name, tbl text, uid uuid, op "char", depts_old text[], depts_new text[],
  old jsonb, new jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM app.layer AS l WHERE l.tbl = of_tbl) THEN
    RAISE EXCEPTION 'there is no table %', of_tbl USING ERRCODE = 'RS051';
  END IF;
  RETURN QUERY
  SELECT t.rev, t.at, t.who, t.tbl, t.uid, t.op, t.depts_old, t.depts_new, t.old, t.new
  FROM app.entries_read('-infinity', 'infinity', app.family(of_tbl, of_uid)) AS t
  ORDER BY t.rev DESC, t.seq DESC LIMIT at_most;
END $$;
COMMENT ON FUNCTION app.history(text, uuid, integer) IS
  'Les dernières écritures d''une ligne et de celles qui en dépendent, de ce que lit qui demande';

CREATE FUNCTION app.log_begins() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT t.at FROM sync.head AS h JOIN sync.tx AS t ON t.rev = h.min_rev
$$;
COMMENT ON FUNCTION app.log_begins() IS 'Instant avant lequel le journal a été réduit ; vide : il est entier';

-- The chain holds who wrote what and when: each transaction the hash of its entries, each hash the one before. What was
-- trimmed keeps its place in the chain, without its entries.
CREATE FUNCTION app.verify_chain(since bigint DEFAULT 0) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  head sync.head;
  previous text := '';
  expected bigint := greatest(since, 0) + 1;
  first_tx CONSTANT bigint := (SELECT min(t.tx_id) FROM sync.tx AS t WHERE t.rev >= expected);
  told record;
BEGIN
  IF NOT (app.reads_all() OR app.is_keeper()) THEN
    PERFORM app.check_keeper();
  END IF;
  SELECT * INTO head FROM sync.head;
  IF expected > 1 THEN
    SELECT t.hash INTO previous FROM sync.tx AS t WHERE t.rev = expected - 1;
  END IF;
  FOR told IN
    SELECT t AS tx, e.digest
    FROM sync.tx AS t LEFT JOIN (
      SELECT l.tx_id, sha256(string_agg(app.entry_digest(l), '' ORDER BY l.seq)) AS digest
      FROM sync.log AS l WHERE l.tx_id >= first_tx GROUP BY l.tx_id
    ) AS e USING (tx_id)
    WHERE t.rev >= expected ORDER BY t.rev
  LOOP
    IF (told.tx).rev <> expected OR (told.tx).hash IS DISTINCT FROM app.link(previous, told.tx)
      OR expected > head.min_rev AND (told.tx).digest <> coalesce(told.digest, sha256('')) THEN
      RETURN expected;
    END IF;
    previous := (told.tx).hash;
    expected := expected + 1;
  END LOOP;
  IF (head.rev, head.hash) IS DISTINCT FROM (expected - 1, previous) THEN
    RETURN expected;
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.verify_chain(bigint) IS 'Première révision, après celle donnée, que le journal contredit ; vide : il est intact';

-- In one question, so that a window can say it: how much was verified, and where and when it goes wrong.
CREATE FUNCTION app.verification(OUT revisions bigint, OUT trimmed bigint, OUT broken bigint, OUT at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  broken := app.verify_chain();
  SELECT h.rev, h.min_rev INTO revisions, trimmed FROM sync.head AS h;
  SELECT t.at INTO verification.at FROM sync.tx AS t WHERE t.rev = broken;
END $$;
COMMENT ON FUNCTION app.verification() IS
  'Le journal vérifié : sa dernière révision, la dernière oubliée, la première qui ne va pas et quand elle fut écrite';

GRANT EXECUTE ON FUNCTION app.is_keeper() TO resorption_admin, resorption_auditor;
GRANT EXECUTE ON FUNCTION app.as_of(text, timestamptz), app.changes(timestamptz, timestamptz),
  app.newest_changes(timestamptz, timestamptz, integer), app.history(text, uuid, integer), app.log_begins()
  TO resorption_officer, resorption_admin, resorption_auditor;
GRANT EXECUTE ON FUNCTION app.verify_chain(bigint), app.verification() TO resorption_admin, resorption_auditor;
