-- How long the log is kept, and what becomes of the server as a whole. These functions are for administrators.

CREATE VIEW app.devices AS
SELECT d.device, d.login, d.plugin_version, d.schema_version, d.first_seen, d.last_seen, d.cursor, h.rev - d.cursor AS behind,
  d.cursor < h.min_rev AS begins_anew
FROM sync.device AS d, sync.head AS h WHERE (SELECT app.reads_all() OR app.is_keeper());
COMMENT ON VIEW app.devices IS 'Espaces de travail : à qui, vus quand, en retard de combien de révisions';
COMMENT ON COLUMN app.devices.behind IS 'Révisions qu''il n''a pas encore reçues';
COMMENT ON COLUMN app.devices.begins_anew IS 'Le journal ne remonte plus jusqu''à lui : il recevra tout de nouveau, ses saisies gardées';

CREATE FUNCTION app.new_epoch() RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  made uuid;
BEGIN
  PERFORM app.check_keeper();
  UPDATE sync.head SET epoch = gen_random_uuid() RETURNING epoch INTO made;
  RETURN made;
END $$;
COMMENT ON FUNCTION app.new_epoch() IS 'À appeler après avoir restauré une sauvegarde : chaque espace de travail reprend tout, ses saisies gardées';

CREATE FUNCTION app.log_parts() RETURNS TABLE (part regclass, lower bigint, upper bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.oid::regclass, substring(bound FROM 'FROM \(''?(\d+)')::bigint, substring(bound FROM 'TO \(''?(\d+)')::bigint
  FROM pg_inherits JOIN pg_class AS c ON c.oid = inhrelid, pg_get_expr(c.relpartbound, c.oid) AS bound
  WHERE inhparent = 'sync.log'::regclass
$$;
COMMENT ON FUNCTION app.log_parts() IS 'Parties du journal : de quel numéro de transaction, jusqu''auquel exclu ; vide : sans fin';

-- The last part has no end. Cutting it costs a look at each of its entries: it is done long before there are any.
CREATE FUNCTION app.extend_log(ahead integer DEFAULT 8, size bigint DEFAULT 100000) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  last record;
  newest CONSTANT bigint := coalesce((SELECT max(tx_id) FROM sync.tx), 0);
  cut bigint;
  name text;
  made integer := 0;
BEGIN
  PERFORM app.check_keeper();
  LOOP
    SELECT * INTO last FROM app.log_parts() AS p WHERE p.upper IS NULL;
    EXIT WHEN last.lower > newest AND (last.lower - newest) / size >= ahead;
    cut := (greatest(last.lower, newest) / size + 1) * size;
    name := 'log_' || cut / size;
    EXECUTE format('ALTER TABLE sync.log DETACH PARTITION %s', last.part);
    EXECUTE format('ALTER TABLE sync.log ATTACH PARTITION %s FOR VALUES FROM (%s) TO (%s)', last.part, last.lower, cut);
    EXECUTE format('CREATE TABLE sync.%I PARTITION OF sync.log FOR VALUES FROM (%s) TO (MAXVALUE)', name, cut);
    EXECUTE format('COMMENT ON TABLE sync.%I IS %L', name, 'Journal : partie ' || cut / size);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON sync.%I
      FOR EACH STATEMENT EXECUTE FUNCTION app.refuse()', name);
    EXECUTE format('ALTER TABLE sync.%I ENABLE ALWAYS TRIGGER never_emptied, ENABLE ALWAYS TRIGGER keep', name);
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;
COMMENT ON FUNCTION app.extend_log(integer, bigint) IS 'Ajoute au journal les parties qui lui manquent d''avance ; rend leur nombre';

CREATE FUNCTION app.trim_limit(keep interval, alive interval) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  -- what a workspace in use has not received stays, whatever its age
  SELECT greatest(h.min_rev, least(app.revision_at(now() - keep),
    (SELECT min(d.cursor) FROM sync.device AS d WHERE d.last_seen >= now() - alive)))
  FROM sync.head AS h
$$;
COMMENT ON FUNCTION app.trim_limit(interval, interval) IS 'Dernière révision dont le journal peut oublier les entrées';

CREATE FUNCTION app.trim_log(keep interval, alive interval DEFAULT '90 days', at_once integer DEFAULT 20000)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  upto bigint;
  kept_from bigint;
  old record;
  gone bigint := 0;
  counted bigint;
BEGIN
  PERFORM app.check_keeper();
  PERFORM app.extend_log();
  upto := app.trim_limit(keep, alive);
  SELECT coalesce(min(tx_id) FILTER (WHERE rev > upto), max(tx_id), 0) INTO kept_from FROM sync.tx;
  IF EXISTS (SELECT FROM app.log_parts() AS p WHERE p.upper <= kept_from) THEN
    -- before the head, as those who write: in another order the two would wait for each other
    LOCK TABLE sync.log IN ACCESS EXCLUSIVE MODE;
    -- those that were writing are done now: one of them may have an old number and a new revision
    SELECT coalesce(min(tx_id) FILTER (WHERE rev > upto), max(tx_id), 0) INTO kept_from FROM sync.tx;
  END IF;
  UPDATE sync.head SET min_rev = upto WHERE min_rev < upto;
  FOR old IN SELECT * FROM app.log_parts() AS p WHERE p.upper <= kept_from LOOP
    EXECUTE format('SELECT count(*) FROM %s', old.part) INTO counted;
    EXECUTE format('DROP TABLE %s', old.part);
    gone := gone + counted;
  END LOOP;
  DELETE FROM sync.log AS l USING (
    SELECT l.tx_id, l.seq FROM sync.log AS l JOIN sync.tx AS t USING (tx_id)
    WHERE t.rev <= upto AND l.tx_id <= (SELECT max(tx_id) FROM sync.tx WHERE rev <= upto)
    ORDER BY l.tx_id, l.seq LIMIT at_once
  ) AS trimmed WHERE (l.tx_id, l.seq) = (trimmed.tx_id, trimmed.seq);
  GET DIAGNOSTICS counted = ROW_COUNT;
  RETURN gone + counted;
END $$;
COMMENT ON FUNCTION app.trim_log(interval, interval, integer) IS 'Efface du journal ce qui est plus vieux et que tout espace de travail en usage a reçu ; rend le nombre d''entrées, à rappeler jusqu''à 0';

GRANT SELECT ON app.devices TO resorption_admin, resorption_auditor;
GRANT EXECUTE ON FUNCTION app.new_epoch(), app.extend_log(integer, bigint), app.trim_log(interval, interval, integer)
  TO resorption_admin;
