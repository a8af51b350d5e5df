-- What others did: the state, at one revision, of each row changed since another, and not a word of what may not be read.

CREATE AGGREGATE app.laid_over(jsonb) (SFUNC = jsonb_concat, STYPE = jsonb, INITCOND = '{}');

CREATE TYPE app.present AS (tbl text, uid uuid, ver bigint, hash bigint);
COMMENT ON TYPE app.present IS 'Version et empreinte d''une ligne';

CREATE FUNCTION app.presents(tbl text, uids uuid[]) RETURNS SETOF app.present
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT %1$L::text, t.uid, t._ver, t._hash FROM resorption.%1$I AS t WHERE t.uid = ANY ($1)', tbl) USING uids;
END $$;

-- The image of a row as it was at a revision: as it is, every later change undone.
CREATE FUNCTION app.image_at(tbl text, uid uuid, revision bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found jsonb;
    undone jsonb;
BEGIN
    EXECUTE format('SELECT app.image(t) FROM resorption.%I AS t WHERE t.uid = $1', tbl) INTO found USING uid;
    SELECT app.laid_over(l.old ORDER BY t.rev DESC, l.seq DESC) FILTER (WHERE l.old IS NOT NULL) INTO undone
    FROM sync.log AS l JOIN sync.tx AS t USING (tx_id)
    WHERE l.uid = image_at.uid AND l.tbl = image_at.tbl AND t.rev > revision;
    RETURN coalesce(found, '{}') || coalesce(undone, '{}');
END $$;

CREATE FUNCTION app.hash_of(tbl text, image jsonb) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found bigint;
BEGIN
    EXECUTE format('SELECT app.hashed(r) FROM jsonb_populate_record(NULL::resorption.%I, $1) AS r', tbl)
    INTO found USING app.as_typed(image);
    RETURN found;
END $$;

CREATE TYPE app.change AS (
    tbl text, uid uuid, place bigint, kind text, ver bigint, patch jsonb, who name, at timestamptz);
COMMENT ON TYPE app.change IS 'Ce qu''une ligne est devenue entre deux révisions';

CREATE FUNCTION app.changed_between(cursor bigint, upto bigint) RETURNS SETOF app.change
LANGUAGE plpgsql STABLE AS $$
DECLARE
    first_tx bigint;
    last_tx bigint;
BEGIN
    SELECT min(t.tx_id), max(t.tx_id) INTO first_tx, last_tx FROM sync.tx AS t WHERE t.rev > cursor AND t.rev <= upto;
    RETURN QUERY
    WITH entries AS MATERIALIZED (
        SELECT t.rev, t.who, t.at, l.seq, l.tbl, l.uid, l.op, l.ver, l.new,
               ROW(l.tbl, l.depts_old, l.readers_old)::text AS before, ROW(l.tbl, l.depts_new, l.readers_new)::text AS after,
               l.depts_old, l.readers_old, l.depts_new, l.readers_new
        FROM sync.tx AS t JOIN sync.log AS l USING (tx_id)
        WHERE l.tx_id BETWEEN first_tx AND last_tx AND t.rev > cursor AND t.rev <= upto
    ), scopes AS MATERIALIZED (
        SELECT s.scope, app.reads(s.tbl, s.depts, s.readers) AS seen
        FROM (
            SELECT before AS scope, tbl, depts_old AS depts, readers_old AS readers FROM entries WHERE op <> 'I'
            UNION SELECT after, tbl, depts_new, readers_new FROM entries WHERE op <> 'D'
        ) AS s
    ), told AS (
        SELECT e.*, coalesce(o.seen AND e.op <> 'I', false) AS was_seen, coalesce(n.seen AND e.op <> 'D', false) AS is_seen
        FROM entries AS e LEFT JOIN scopes AS o ON o.scope = e.before LEFT JOIN scopes AS n ON n.scope = e.after
    ), whole AS (
        SELECT t.tbl, t.uid,
               (array_agg(t.op ORDER BY t.rev DESC, t.seq DESC))[1] AS op,
               (array_agg(t.was_seen ORDER BY t.rev DESC, t.seq DESC))[1] AS was_seen,
               (array_agg(t.is_seen ORDER BY t.rev DESC, t.seq DESC))[1] AS is_seen,
               (array_agg(t.who ORDER BY t.rev DESC, t.seq DESC))[1] AS who,
               max(t.at) AS at, max(t.seq) AS seq, max(t.ver) AS ver,
               bool_or(t.was_seen OR t.is_seen) AS seen_meanwhile,
               bool_and(t.op = 'U' AND t.was_seen AND t.is_seen) AS stays,
               bool_or(t.op = 'I') AS has_image,
               app.laid_over(t.new ORDER BY t.rev, t.seq) FILTER (WHERE t.new IS NOT NULL) AS patch
        FROM told AS t GROUP BY t.tbl, t.uid
    )
    SELECT w.tbl, w.uid, w.seq,
        CASE WHEN w.op = 'D' THEN CASE WHEN w.was_seen THEN 'D' ELSE 'X' END
             WHEN NOT w.is_seen THEN 'X' WHEN w.stays THEN 'P' ELSE 'S' END,
        w.ver,
        CASE WHEN NOT w.is_seen THEN NULL WHEN w.stays OR w.has_image THEN w.patch ELSE app.image_at(w.tbl, w.uid, upto) END,
        CASE WHEN w.is_seen OR w.was_seen THEN w.who END, CASE WHEN w.is_seen OR w.was_seen THEN w.at END
    FROM whole AS w WHERE w.is_seen OR w.seen_meanwhile;
END $$;

CREATE FUNCTION app.rows_between(cursor bigint, upto bigint) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    WITH changes AS MATERIALIZED (
        SELECT * FROM app.changed_between(cursor, upto)
    ), presents AS MATERIALIZED (
        SELECT p.* FROM (SELECT tbl, array_agg(uid) AS uids FROM changes WHERE patch IS NOT NULL GROUP BY tbl) AS t
        CROSS JOIN LATERAL app.presents(t.tbl, t.uids) AS p
    )
    SELECT coalesce(jsonb_agg(
        jsonb_build_object('layer', c.tbl, 'uid', c.uid, 'kind', c.kind, 'by', c.who, 'at', app.instant(c.at))
        || CASE WHEN c.patch IS NULL THEN '{}' ELSE jsonb_build_object('ver', c.ver, 'set', c.patch, 'hash',
            CASE WHEN p.ver = c.ver THEN p.hash ELSE app.hash_of(c.tbl, app.image_at(c.tbl, c.uid, upto)) END) END
        ORDER BY c.place), '[]')
    FROM changes AS c LEFT JOIN presents AS p USING (tbl, uid)
$$;

-- The last revision of a page: whole transactions, as many as hold the wanted number of changes, one at least.
CREATE FUNCTION app.page_end(cursor bigint, row_limit int, head sync.head) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT greatest(t.rev - 1, cursor + 1)
        FROM sync.tx AS t CROSS JOIN LATERAL (SELECT FROM sync.log AS l WHERE l.tx_id = t.tx_id LIMIT row_limit + 1) AS l
        WHERE t.rev > cursor ORDER BY t.rev OFFSET row_limit LIMIT 1), head.rev)
$$;

CREATE FUNCTION app.pull(cursor bigint, row_limit int) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
SET row_security = on SET extra_float_digits = 1 SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    head sync.head;
    upto bigint;
    changed jsonb := '[]';
    conflicts jsonb := '[]';
BEGIN
    PERFORM app.stop_unless_known();
    SELECT * INTO head FROM sync.head;
    IF cursor IS NULL OR cursor < head.min_rev OR cursor > head.rev THEN
        PERFORM app.stop('RS009', 'the cursor is outside of the log');
    END IF;
    upto := cursor;
    IF cursor < head.rev THEN
        upto := app.page_end(cursor, least(greatest(row_limit, 1), 20000), head);
        IF upto = cursor + 1 AND EXISTS (
            SELECT FROM sync.log AS l
            WHERE l.tx_id = (SELECT t.tx_id FROM sync.tx AS t WHERE t.rev = upto) OFFSET 20000 LIMIT 1
        ) THEN
            PERFORM app.stop('RS009', 'too many changes at once');
        END IF;
        changed := app.rows_between(cursor, upto);
        SELECT coalesce(jsonb_agg(app.conflict_told(c) ORDER BY c.raised_at, c.id), '[]') INTO conflicts
        FROM sync.conflict AS c JOIN sync.tx AS t USING (tx_id)
        WHERE app.reads(c.tbl, c.depts, c.readers) AND (
            (t.rev > cursor AND t.rev <= upto)
            OR (c.status = 'open' AND t.rev <= upto AND (c.tbl, c.uid) IN (
                SELECT row ->> 'layer', (row ->> 'uid')::uuid FROM jsonb_array_elements(changed) AS row
                WHERE row ->> 'kind' = 'S')));
    END IF;
    RETURN jsonb_build_object('upto', upto, 'chain', app.chain_at(upto), 'more', upto < head.rev, 'rows', changed,
        'conflicts', conflicts);
END $$;

-- The contradictions that wait for a person.
CREATE FUNCTION app.conflicts() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on SET extra_float_digits = 1 SET jit = off AS $$
BEGIN
    PERFORM app.stop_unless_known();
    RETURN (
        SELECT coalesce(jsonb_agg(app.conflict_told(c) ORDER BY c.raised_at, c.id), '[]')
        FROM sync.conflict AS c WHERE c.status = 'open' AND app.reads(c.tbl, c.depts, c.readers));
END $$;

-- Some rows whole, asked for as [[layer, uid], …]; those that may not be read, or are not there, are left out.
CREATE FUNCTION app.rows(keys jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET row_security = on SET extra_float_digits = 1 SET jit = off AS $$
DECLARE
    part record;
    told jsonb;
    whole jsonb := '[]';
BEGIN
    PERFORM app.stop_unless_known();
    FOR part IN
        SELECT layer.tbl, array_agg((key ->> 1)::uuid) AS uids
        FROM jsonb_array_elements(keys) AS key JOIN app.layer ON layer.tbl = key ->> 0 GROUP BY layer.tbl, layer.place
        ORDER BY layer.place
    LOOP
        EXECUTE format(
            'SELECT jsonb_agg(jsonb_build_object(''layer'', %1$L, ''uid'', t.uid, ''kind'', ''S'', ''ver'', t._ver,'
            ' ''hash'', t._hash, ''set'', app.image(t))) FROM resorption.%1$I AS t WHERE t.uid = ANY ($1)', part.tbl)
        INTO told USING part.uids;
        whole := whole || coalesce(told, '[]');
    END LOOP;
    RETURN whole;
END $$;

-- How many rows, and their hashes joined by exclusive or, by the first byte of the uid.
CREATE FUNCTION app.digest() RETURNS TABLE (tbl text, bucket int, n bigint, x bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on SET extra_float_digits = 1 SET jit = off AS $$
DECLARE
    name text;
BEGIN
    PERFORM app.stop_unless_known();
    FOR name IN SELECT layer.tbl FROM app.layer ORDER BY layer.place LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %1$L::text, get_byte(uuid_send(t.uid), 0), count(*), bit_xor(t._hash) FROM resorption.%1$I AS t GROUP BY 2',
            name);
    END LOOP;
END $$;

CREATE FUNCTION app.uids(tbl text, bucket int) RETURNS TABLE (uid uuid, hash bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on SET extra_float_digits = 1 SET jit = off AS $$
BEGIN
    PERFORM app.stop_unless_known();
    IF EXISTS (SELECT FROM app.layer WHERE layer.tbl = uids.tbl) THEN
        RETURN QUERY EXECUTE format(
            'SELECT t.uid, t._hash FROM resorption.%I AS t WHERE get_byte(uuid_send(t.uid), 0) = $1', tbl) USING bucket;
    END IF;
END $$;

-- these see what the policies let this login see
ALTER FUNCTION app.rows(jsonb) OWNER TO resorption_writer;
ALTER FUNCTION app.digest() OWNER TO resorption_writer;
ALTER FUNCTION app.uids(text, int) OWNER TO resorption_writer;
GRANT EXECUTE ON FUNCTION app.stop_unless_known(), app.stop(text, text) TO resorption_writer;
