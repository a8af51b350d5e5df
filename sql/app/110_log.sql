-- The log of what is written, and revisions in the order of commits. Nothing here reads a setting of the session.
--   RS030  the history cannot be changed, nor a table emptied at once
--   RS031  the identifier of a row cannot change

CREATE FUNCTION app.entry_digest(entry sync.log) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(convert_to(concat_ws(E'\x1f', entry.tbl, entry.uid, entry.op, entry.ver,
  coalesce(entry.depts_old::text, ''), coalesce(entry.depts_new::text, ''),
  coalesce(entry.readers_old::text, ''), coalesce(entry.readers_new::text, ''),
  coalesce(entry.old::text, ''), coalesce(entry.new::text, '')), 'UTF8'));
COMMENT ON FUNCTION app.entry_digest(sync.log) IS 'SHA-256 d''une ligne du journal';

CREATE FUNCTION app.link(previous text, tx sync.tx) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN encode(sha256(convert_to(concat_ws(E'\x1f', previous, tx.rev, tx.tx_id, tx.who, extract(epoch FROM tx.at),
  coalesce(tx.device::text, ''), coalesce(tx.batch::text, ''), encode(tx.digest, 'hex')), 'UTF8')), 'hex');
COMMENT ON FUNCTION app.link(text, sync.tx) IS 'Empreinte d''une transaction, enchaînée à celle de la révision précédente';

-- The transaction of a log entry: a row in sync.tx, made by the first write and numbered when the transaction ends.
-- What is written after an early SET CONSTRAINTS … IMMEDIATE joins the same revision: its link is made anew.
CREATE FUNCTION app.current_tx() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mine bigint;
  linked text;
BEGIN
  SELECT t.tx_id, t.hash INTO mine, linked FROM sync.tx AS t
  WHERE t.xid = pg_current_xact_id() AND t.at = transaction_timestamp();
  IF NOT FOUND THEN
    INSERT INTO sync.tx DEFAULT VALUES RETURNING tx_id INTO mine;
  ELSIF linked IS NOT NULL THEN
    UPDATE sync.tx SET hash = NULL WHERE tx_id = mine;
  END IF;
  RETURN mine;
END $$;
COMMENT ON FUNCTION app.current_tx() IS 'Numéro de la transaction en cours ; elle aura une révision';

CREATE FUNCTION app.sign_tx(batch uuid, device uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mine CONSTANT bigint := app.current_tx();
BEGIN
  UPDATE sync.tx AS t SET batch = sign_tx.batch, device = sign_tx.device WHERE t.tx_id = mine;
  RETURN mine;
END $$;
COMMENT ON FUNCTION app.sign_tx(uuid, uuid) IS 'Note de quel lot et de quel espace de travail vient la transaction en cours';

CREATE FUNCTION app.digest_of(of_tx bigint) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT sha256(coalesce(string_agg(app.entry_digest(l), '' ORDER BY l.seq), '')) FROM sync.log AS l WHERE l.tx_id = of_tx
$$;
COMMENT ON FUNCTION app.digest_of(bigint) IS 'SHA-256 des lignes du journal d''une transaction';

CREATE FUNCTION app.number_tx() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mine sync.tx;
  head sync.head;
BEGIN
  SELECT * INTO mine FROM sync.tx WHERE tx_id = new.tx_id;
  IF mine.hash IS NOT NULL THEN
    RETURN NULL;
  END IF;
  -- before the lock: others wait for it
  mine.digest := app.digest_of(mine.tx_id);
  SELECT * INTO head FROM sync.head FOR UPDATE;
  IF mine.rev IS NULL THEN
    mine.rev := head.rev + 1;
  ELSE
    SELECT hash INTO head.hash FROM sync.tx WHERE rev = mine.rev - 1;
  END IF;
  mine.hash := app.link(coalesce(head.hash, ''), mine);
  UPDATE sync.tx SET (rev, digest, hash) = ROW (mine.rev, mine.digest, mine.hash) WHERE tx_id = mine.tx_id;
  UPDATE sync.head SET rev = mine.rev, hash = mine.hash;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.number_tx() IS 'Donne sa révision à la transaction qui s''achève';

CREATE CONSTRAINT TRIGGER number_at_commit AFTER INSERT ON sync.tx
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.number_tx();
CREATE CONSTRAINT TRIGGER number_again AFTER UPDATE ON sync.tx
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.hash IS NOT NULL AND new.hash IS NULL)
EXECUTE FUNCTION app.number_tx();
ALTER TABLE sync.tx ENABLE ALWAYS TRIGGER number_at_commit, ENABLE ALWAYS TRIGGER number_again;

-- With SET CONSTRAINTS … IMMEDIATE the transaction is numbered before its first entry is there.
CREATE FUNCTION app.link_again() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE sync.tx SET hash = NULL
  WHERE xid = pg_current_xact_id() AND at = transaction_timestamp() AND hash IS NOT NULL;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.link_again() IS 'Refait l''empreinte d''une transaction déjà numérotée qui écrit encore';
CREATE TRIGGER link_again AFTER INSERT ON sync.log FOR EACH STATEMENT EXECUTE FUNCTION app.link_again();
ALTER TABLE sync.log ENABLE ALWAYS TRIGGER link_again;

CREATE FUNCTION app.keep_tx() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND old.xid = pg_current_xact_id() AND old.at = transaction_timestamp() THEN
    RETURN new;
  END IF;
  RAISE EXCEPTION 'the history cannot be changed' USING ERRCODE = 'RS030';
END $$;
COMMENT ON FUNCTION app.keep_tx() IS 'Refuse de changer une transaction achevée';
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON sync.tx FOR EACH ROW EXECUTE FUNCTION app.keep_tx();
ALTER TABLE sync.tx ENABLE ALWAYS TRIGGER keep;

-- What is forgotten is first said to be: entries go once their revision is not above sync.head.min_rev.
CREATE FUNCTION app.keep_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (
    SELECT FROM sync.tx AS t, sync.head AS h WHERE t.tx_id = old.tx_id AND t.rev <= h.min_rev
  ) THEN
    RETURN old;
  END IF;
  RAISE EXCEPTION 'the history cannot be changed' USING ERRCODE = 'RS030';
END $$;
COMMENT ON FUNCTION app.keep_entry() IS 'Refuse de changer le journal';
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON sync.log FOR EACH ROW EXECUTE FUNCTION app.keep_entry();

CREATE FUNCTION app.refuse() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% of %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'RS030';
END $$;
COMMENT ON FUNCTION app.refuse() IS 'Refuse ce que personne ne doit faire';

CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON sync.grant_log FOR EACH ROW EXECUTE FUNCTION app.refuse();

-- Shared by the functions of each table.
CREATE FUNCTION app.joined(one text[], other text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT ARRAY(SELECT DISTINCT unnest(one || other) ORDER BY 1)
$$;
COMMENT ON FUNCTION app.joined(text[], text[]) IS 'Réunion de deux listes de départements';

CREATE FUNCTION app.common(one text[], other text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN one IS NULL THEN other WHEN other IS NULL THEN one
    ELSE ARRAY(SELECT unnest(one) INTERSECT SELECT unnest(other) ORDER BY 1) END
$$;
COMMENT ON FUNCTION app.common(text[], text[]) IS 'Lecteurs communs ; vide : tous';

CREATE FUNCTION app.named(targets text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT ARRAY(
    SELECT DISTINCT lower(btrim(told)) FROM regexp_split_to_table(targets, '[,;\n]') AS told
    WHERE btrim(told) <> '' AND left(btrim(told), 1) NOT IN ('@', '+') ORDER BY 1)
$$;
COMMENT ON FUNCTION app.named(text) IS 'Structures nommées dans un texte, séparées par des virgules ou des points-virgules';

CREATE FUNCTION app.changes_of(changes jsonb[], OUT old jsonb, OUT new jsonb)
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(jsonb_object_agg(c ->> 0, c -> 1), '{}'), coalesce(jsonb_object_agg(c ->> 0, c -> 2), '{}')
  FROM unnest(array_remove(changes, NULL)) AS c
$$;
COMMENT ON FUNCTION app.changes_of(jsonb[]) IS 'Valeurs avant et après, par colonne, d''une liste de [colonne, avant, après]';
