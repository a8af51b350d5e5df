-- The contents of photos, by their SHA-256, in pieces of 1 MiB. Whoever reads a row of the layer photo reads the content
-- that it names; whoever writes in the shared workspace may give it. A piece given twice, or by two logins at once, is
-- given once; what is wrong as a whole is forgotten whole.
--
--   RS040  no photo that this login may read (or, to give it, write) has this content
--   RS041  a size or a piece that cannot be: more than the limit, a number out of range, too few or too many bytes
--   RS042  the content is not whole yet

CREATE FUNCTION app.blob_piece_bytes() RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS 'SELECT 1048576';
COMMENT ON FUNCTION app.blob_piece_bytes() IS 'Taille d''un morceau de photo, le dernier excepté';

CREATE FUNCTION app.blobs_read(wanted text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  -- places are few: the rule of reading is asked once for each
  WITH told AS MATERIALIZED (
    SELECT p.sha256, p._depts, p._readers FROM resorption.photo AS p JOIN unnest(wanted) AS asked (sha256) USING (sha256)
  ), place AS MATERIALIZED (
    SELECT _depts, _readers, app.reads('photo', _depts, _readers) AS is_read
    FROM (SELECT DISTINCT _depts, _readers FROM told) AS places
  )
  SELECT DISTINCT told.sha256 FROM told JOIN place
  ON place._depts = told._depts AND place._readers IS NOT DISTINCT FROM told._readers
  WHERE place.is_read
$$;
COMMENT ON FUNCTION app.blobs_read(text[]) IS 'Contenus, parmi ceux demandés, d''une photo que lit qui demande';

CREATE FUNCTION app.blob_check(wanted text, writes boolean) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM app.blobs_read(ARRAY[wanted])) OR writes AND app.my_role() = 'auditor' THEN
    RAISE EXCEPTION 'no photo of this content for this login' USING ERRCODE = 'RS040';
  END IF;
END $$;
COMMENT ON FUNCTION app.blob_check(text, boolean) IS 'Refuse le contenu d''une photo que qui demande ne lit pas';

CREATE FUNCTION app.blob_state(wanted text[]) RETURNS TABLE (sha256 text, bytes bigint, complete boolean, pieces integer[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT told.sha256, coalesce(blob.bytes, 0), coalesce(blob.complete, false), CASE WHEN blob.complete THEN '{}' ELSE
    coalesce((SELECT array_agg(no ORDER BY no) FROM sync.blob_chunk WHERE blob_chunk.sha256 = blob.sha256), '{}') END
  FROM app.blobs_read(wanted) AS told (sha256) LEFT JOIN sync.blob USING (sha256)
$$;
COMMENT ON FUNCTION app.blob_state(text[]) IS 'Ce que la base détient des photos que lit qui demande';

CREATE FUNCTION app.blob_put(wanted text, piece integer, total bigint, content bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  size CONSTANT integer := app.blob_piece_bytes();
  known sync.blob;
BEGIN
  PERFORM app.blob_check(wanted, true);
  IF total NOT BETWEEN 1 AND 20 * size OR piece NOT BETWEEN 0 AND (total - 1) / size
    OR length(content) <> least(size, total - piece::bigint * size) THEN
    RAISE EXCEPTION 'piece % of % bytes cannot have % bytes', piece, total, length(content) USING ERRCODE = 'RS041';
  END IF;
  INSERT INTO sync.blob (sha256, bytes) VALUES (wanted, total) ON CONFLICT DO NOTHING;
  SELECT * INTO known FROM sync.blob WHERE sha256 = wanted FOR UPDATE;
  IF known.complete THEN
    RETURN;
  END IF;
  IF known.bytes <> total THEN  -- one of the two is not of this content: the hash will tell
    DELETE FROM sync.blob_chunk WHERE sha256 = wanted;
    UPDATE sync.blob SET bytes = total WHERE sha256 = wanted;
  END IF;
  INSERT INTO sync.blob_chunk (sha256, no, data) VALUES (wanted, piece, content) ON CONFLICT DO NOTHING;
END $$;
COMMENT ON FUNCTION app.blob_put(text, integer, bigint, bytea) IS 'Reçoit un morceau d''une photo ; reçu deux fois, il compte une fois';

CREATE FUNCTION app.blob_finish(wanted text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  known sync.blob;
BEGIN
  PERFORM app.blob_check(wanted, true);
  SELECT * INTO known FROM sync.blob WHERE sha256 = wanted FOR UPDATE;
  IF known.complete THEN
    RETURN true;
  END IF;
  IF known.sha256 IS NOT NULL AND wanted = (
    SELECT encode(sha256(string_agg(data, ''::bytea ORDER BY no)), 'hex') FROM sync.blob_chunk WHERE sha256 = wanted
  ) THEN
    UPDATE sync.blob SET complete = true WHERE sha256 = wanted;
    RETURN true;
  END IF;
  DELETE FROM sync.blob WHERE sha256 = wanted;
  RETURN false;
END $$;
COMMENT ON FUNCTION app.blob_finish(text) IS 'Vérifie l''empreinte d''une photo reçue ; fausse, la photo est oubliée';

CREATE FUNCTION app.blob_get(wanted text, piece integer) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  content bytea;
BEGIN
  PERFORM app.blob_check(wanted, false);
  SELECT data INTO content FROM sync.blob JOIN sync.blob_chunk USING (sha256)
  WHERE sha256 = wanted AND complete AND no = piece;
  IF content IS NULL THEN
    RAISE EXCEPTION 'the photo is not whole yet, or has no piece %', piece USING ERRCODE = 'RS042';
  END IF;
  RETURN content;
END $$;
COMMENT ON FUNCTION app.blob_get(text, integer) IS 'Donne un morceau d''une photo que lit qui demande';

CREATE FUNCTION app.trim_blobs(keep interval DEFAULT '1 year') RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  gone bigint;
BEGIN
  PERFORM app.check_keeper();
  -- a row deleted not long ago may come back by the decision on a conflict
  DELETE FROM sync.blob WHERE at < now() - keep
    AND NOT EXISTS (SELECT FROM resorption.photo WHERE photo.sha256 = blob.sha256)
    AND NOT EXISTS (
      SELECT FROM sync.tombstone JOIN sync.tx USING (tx_id)
      WHERE tbl = 'photo' AND last ->> 'sha256' = blob.sha256 AND tx.at >= now() - keep
    );
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
COMMENT ON FUNCTION app.trim_blobs(interval) IS 'Efface les photos que plus aucune ligne ne nomme depuis ce temps ; rend leur nombre';

GRANT EXECUTE ON FUNCTION app.blob_state(text[]), app.blob_put(text, integer, bigint, bytea), app.blob_finish(text),
  app.blob_get(text, integer) TO resorption_officer, resorption_admin, resorption_auditor;
GRANT EXECUTE ON FUNCTION app.trim_blobs(interval) TO resorption_admin;
