-- What a workspace asks: its batch read into tasks, each of them looked at for itself.
--
-- A batch is refused whole, with nothing written, under one of these SQLSTATEs (the class RS is ours):
--
--   RS001  the login has no access to this shared workspace
--   RS002  the epoch is another: the server was restored or made anew since the workspace last spoke to it
--   RS003  the version of the schema is not spoken here; the message ends with the action: upgrade_plugin, upgrade_server
--   RS004  the batch is known with another content
--   RS005  the batch, or the device, is somebody else's
--   RS006  the content does not have the SHA-256 that came with it: it was damaged on the way
--   RS007  too much at once: more than 2,000 operations or 8 MiB
--   RS008  the content is not a list of operations
--   RS009  what changed since the cursor is no more, not yet, or too much to be told: begin anew from everything
--
-- Not ours, and to be tried again: 40001, 40P01 (serialization, deadlock), 55P03 (a lock was waited for too long),
-- 57014 (statement_timeout). The batch was then undone whole.
--
-- Everything else is the outcome of one operation. Its `code` is the SQLSTATE of what the table refuses (class 22 and
-- 23), or a word: outside_area, missing_right, read_only, unknown_layer, unknown_column, wrong_value, unknown_conflict.

-- Functions without SECURITY DEFINER are called by those that have it only, and look names up as these do.

CREATE FUNCTION app.stop(state text, message text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = state, MESSAGE = message;
END $$;

CREATE TYPE app.task AS (
    no int,
    turn int,                -- tasks on one row are done one after the other
    place int,               -- of the layer: parents before their children
    tbl text,
    uid uuid,
    kind text,               -- I, U, D, R
    before jsonb,            -- by column; a column is missing where the value before is unknown
    after jsonb,
    ver bigint,
    conflict uuid,
    choice text,
    comment text,
    outcome text,            -- null until it is decided
    code text,
    reason text,
    got bigint,              -- the version of the row once written
    deed text,               -- what to write: I, U, D, nothing when null
    patch jsonb,
    clashes jsonb,           -- the contradictions found: [{kind, grp, base, mine, theirs, ver}]
    settled text,            -- what becomes of the conflict of an R: closed, open
    depts text[],            -- who may read the row, and so what is said of it
    readers text[]
);
COMMENT ON TYPE app.task IS 'Une opération d''un lot, et ce qu''elle devient';

CREATE FUNCTION app.is_operation(told jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT coalesce(CASE WHEN jsonb_typeof(told) = 'object' THEN
        jsonb_typeof(told -> 'no') = 'number' AND told ->> 'no' ~ '^[0-9]{1,6}$'
        AND jsonb_typeof(told -> 'layer') = 'string'
        AND told ->> 'uid' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        AND told ->> 'kind' IN ('I', 'U', 'D', 'R')
        AND coalesce(nullif(told -> 'ver', 'null')::text, '0') ~ '^[0-9]{1,18}$'
        AND (told ->> 'kind' <> 'R' OR (
            told ->> 'conflict' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            AND told ->> 'choice' IN ('mine', 'theirs', 'edit')))
        AND CASE coalesce(jsonb_typeof(told -> 'set'), 'null')
            WHEN 'null' THEN true
            WHEN 'object' THEN NOT EXISTS (
                SELECT FROM jsonb_each(told -> 'set') AS edit
                WHERE CASE jsonb_typeof(edit.value) WHEN 'array' THEN jsonb_array_length(edit.value) NOT IN (1, 2)
                      ELSE true END)
            ELSE false END
    END, false)
$$;

-- A text that jsonb cannot hold (\u0000, half a surrogate pair) spoils its own operation, not the others: what the
-- operation is about is read from a copy without escapes.
CREATE FUNCTION app.salvaged(payload text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    one text;
    state text;
    whole jsonb[] := '{}';
    told json;
BEGIN
    FOR one IN SELECT value::text FROM json_array_elements(payload::json) LOOP
        BEGIN
            whole := array_append(whole, one::jsonb - 'spoilt');
        EXCEPTION WHEN data_exception THEN
            state := SQLSTATE;
            told := regexp_replace(one, '\\(\\|u[0-9a-fA-F]{4})', '', 'g')::json;
            whole := array_append(whole, jsonb_build_object('no', told -> 'no', 'layer', told -> 'layer',
                'uid', told -> 'uid', 'kind', 'U', 'spoilt', state));
        END;
    END LOOP;
    RETURN to_jsonb(whole);
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
    RETURN NULL;
END $$;

CREATE FUNCTION app.told(payload text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    whole jsonb;
BEGIN
    BEGIN
        whole := payload::jsonb;
        IF jsonb_typeof(whole) = 'array' AND jsonb_path_exists(whole, '$[*].spoilt') THEN
            whole := NULL;
        END IF;
    EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
        whole := app.salvaged(payload);
    END;
    IF jsonb_typeof(whole) IS DISTINCT FROM 'array' THEN
        PERFORM app.stop('RS008', 'not a list of operations');
    END IF;
    IF jsonb_array_length(whole) > 2000 THEN
        PERFORM app.stop('RS007', 'more than 2000 operations');
    END IF;
    RETURN whole;
END $$;

CREATE FUNCTION app.tasks(whole jsonb) RETURNS app.task[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found app.task[];
BEGIN
    IF EXISTS (SELECT FROM jsonb_array_elements(whole) AS one WHERE NOT app.is_operation(one.value))
        OR EXISTS (SELECT FROM jsonb_array_elements(whole) AS one GROUP BY one.value -> 'no' HAVING count(*) > 1) THEN
        PERFORM app.stop('RS008', 'not a list of operations');
    END IF;
    SELECT array_agg(ROW(
        (told.one ->> 'no')::int,
        told.turn,
        layer.place, told.one ->> 'layer', (told.one ->> 'uid')::uuid, told.one ->> 'kind',
        coalesce(edits.before, '{}'), coalesce(edits.after, '{}'), (told.one ->> 'ver')::bigint,
        (told.one ->> 'conflict')::uuid, told.one ->> 'choice', told.one ->> 'comment',
        CASE WHEN told.one ? 'spoilt' THEN 'invalid' WHEN layer.tbl IS NULL THEN 'schema' END,
        CASE WHEN told.one ? 'spoilt' THEN told.one ->> 'spoilt' WHEN layer.tbl IS NULL THEN 'unknown_layer' END,
        CASE WHEN layer.tbl IS NULL THEN left(told.one ->> 'layer', 63) END,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL)::app.task ORDER BY told.position)
    INTO found
    FROM (
        SELECT one, position, row_number() OVER (PARTITION BY one ->> 'layer', one ->> 'uid' ORDER BY position) AS turn
        FROM jsonb_array_elements(whole) WITH ORDINALITY AS each(one, position)
    ) AS told
    LEFT JOIN app.layer ON layer.tbl = told.one ->> 'layer'
    LEFT JOIN LATERAL (
        SELECT jsonb_object_agg(edit.key, edit.value -> 0) FILTER (WHERE jsonb_array_length(edit.value) = 2) AS before,
               jsonb_object_agg(edit.key, edit.value -> -1) AS after
        FROM jsonb_each(nullif(told.one -> 'set', 'null')) AS edit) AS edits ON true;
    RETURN coalesce(found, '{}');
END $$;
