-- What becomes of an operation, before anything is written: the outcome, what to write, and what contradicts what.
--
-- A value is applied only where the row still holds the value it was made on, column by column; a column that fails
-- takes its whole group with it. Signatures follow what they sign and never contradict each other.

CREATE TYPE app.state AS (
    uid uuid,
    ver bigint,
    image jsonb,
    depts text[],
    readers text[],
    readable boolean,
    writable boolean
);
COMMENT ON TYPE app.state IS 'Une ligne telle qu''elle est, ou était à sa suppression, et ce que peut en faire qui demande';

-- Those of the rows that the policies let this login read, and those they let it write.
CREATE FUNCTION app.readable(tbl text, uids uuid[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found uuid[];
BEGIN
    EXECUTE format('SELECT array_agg(uid) FROM resorption.%I WHERE uid = ANY ($1)', tbl) INTO found USING uids;
    RETURN coalesce(found, '{}');
END $$;

CREATE FUNCTION app.writable(tbl text, uids uuid[]) RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found uuid[];
BEGIN
    -- FOR UPDATE asks the policies of writing too
    EXECUTE format('SELECT array_agg(uid) FROM (SELECT uid FROM resorption.%I WHERE uid = ANY ($1) FOR UPDATE) AS t', tbl)
    INTO found USING uids;
    RETURN coalesce(found, '{}');
END $$;

ALTER FUNCTION app.readable(text, uuid[]) OWNER TO resorption_writer;
ALTER FUNCTION app.writable(text, uuid[]) OWNER TO resorption_writer;

-- The rows of a table, whoever may read them: what is told of them depends on `readable`.
CREATE FUNCTION app.states(tbl text, uids uuid[]) RETURNS SETOF app.state
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT t.uid, t._ver, app.image(t), t._depts, t._readers, t.uid = ANY ($2), t.uid = ANY ($3)'
        ' FROM resorption.%I AS t WHERE t.uid = ANY ($1)', tbl)
    USING uids, app.readable(tbl, uids), app.writable(tbl, uids);
END $$;

CREATE FUNCTION app.tombs(tbl text, uids uuid[]) RETURNS SETOF app.state
LANGUAGE sql STABLE AS $$
    SELECT t.uid, t.ver, t.last, t.depts, t.readers, r.readable, r.readable
    FROM sync.tombstone AS t CROSS JOIN LATERAL app.reads(t.tbl, t.depts, t.readers) AS r(readable)
    WHERE t.tbl = tombs.tbl AND t.uid = ANY (uids)
$$;

-- Whether a value is the wire form of one that the column can hold; errors of class 22 say no as well.
-- Without settings of its own, so that it is made part of the query that asks.
CREATE FUNCTION app.fits(form text, value jsonb) RETURNS boolean
LANGUAGE sql STABLE
RETURN CASE WHEN value = 'null' THEN true ELSE CASE form
    WHEN 'text' THEN jsonb_typeof(value) = 'string'
    WHEN 'bigint' THEN jsonb_typeof(value) = 'number' AND value::numeric = trunc(value::numeric) AND value::bigint IS NOT NULL
    WHEN 'double precision' THEN jsonb_typeof(value) = 'number' AND to_jsonb(value::double precision) = value
    WHEN 'boolean' THEN jsonb_typeof(value) = 'boolean'
    WHEN 'uuid' THEN value #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    WHEN 'date' THEN value #>> '{}' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND (value #>> '{}')::date IS NOT NULL
    WHEN 'timestamp(3) with time zone' THEN
        value #>> '{}' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[.][0-9]{3}Z$'
        AND to_char((value #>> '{}')::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = value #>> '{}'
    WHEN 'text[]' THEN jsonb_typeof(value) = 'array' AND jsonb_array_length(value) > 0
        AND NOT jsonb_path_exists(value, 'strict $[*] ? (@.type() != "string")')
    WHEN 'Point' THEN value #>> '{}' ~ '^0101000000[0-9a-f]{32}$'
    WHEN 'LineString' THEN value #>> '{}' ~ '^0102000000([0-9a-f]{2})+$'
    WHEN 'MultiPolygon' THEN value #>> '{}' ~ '^0106000000([0-9a-f]{2})+$'
END END;

-- The task with the fault of its values, if one has any.
CREATE FUNCTION app.examined(task app.task) RETURNS app.task
LANGUAGE plpgsql STABLE AS $$
DECLARE
    told record;
BEGIN
    FOR told IN
        SELECT edit.key AS name, edit.value, f.form, f.name IS NULL OR (f.carried AND task.kind = 'U') AS is_unknown
        FROM jsonb_each(task.after) AS edit LEFT JOIN app.field AS f ON f.tbl = task.tbl AND f.name = edit.key
        ORDER BY 4 DESC, 1
    LOOP
        task.reason := left(told.name, 63);
        IF told.is_unknown THEN
            task.outcome := 'schema';
            task.code := 'unknown_column';
            RETURN task;
        ELSIF app.fits(told.form, told.value) IS NOT TRUE THEN
            task.outcome := 'invalid';
            task.code := 'wrong_value';
            RETURN task;
        END IF;
    END LOOP;
    task.reason := NULL;
    RETURN task;
EXCEPTION WHEN data_exception THEN
    task.outcome := 'invalid';
    task.code := SQLSTATE;
    RETURN task;
END $$;

-- The same for all at once: only where a fault is found, or a value does not even convert, each is looked at alone.
CREATE FUNCTION app.examined(tasks app.task[]) RETURNS app.task[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
    BEGIN
        IF 0 = (
            SELECT count(*) FROM unnest(tasks) AS t CROSS JOIN LATERAL jsonb_each(t.after) AS edit
            LEFT JOIN app.field AS f ON f.tbl = t.tbl AND f.name = edit.key
            WHERE t.outcome IS NULL
              AND (f.name IS NULL OR (f.carried AND t.kind = 'U') OR app.fits(f.form, edit.value) IS NOT TRUE)
        ) THEN
            RETURN tasks;
        END IF;
    EXCEPTION WHEN data_exception THEN
        NULL;  -- whose value it is, is looked for below
    END;
    FOR i IN 1 .. cardinality(tasks) LOOP
        IF tasks[i].outcome IS NULL THEN
            tasks[i] := app.examined(tasks[i]);
        END IF;
    END LOOP;
    RETURN tasks;
END $$;

CREATE FUNCTION app.outcome(task app.task, outcome text, code text DEFAULT NULL) RETURNS app.task
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    task.outcome := outcome;
    task.code := code;
    RETURN task;
END $$;

-- What a task says against what the row holds: what may be applied, what signs it, and the groups that contradict.
CREATE FUNCTION app.compared(
    task app.task, image jsonb, OUT free jsonb, OUT signed jsonb, OUT clashing text[], OUT is_same boolean)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT
        coalesce(jsonb_object_agg(d.name, d.value) FILTER (WHERE d.is_free AND NOT d.signature), '{}'),
        coalesce(jsonb_object_agg(d.name, d.value) FILTER (WHERE d.signature), '{}'),
        coalesce(array_agg(DISTINCT d.grp) FILTER (WHERE NOT d.is_free AND NOT d.signature), '{}'),
        coalesce(bool_and(d.signature), true)
    INTO free, signed, clashing, is_same
    FROM (
        SELECT f.name, f.grp, f.signature, edit.value,
               coalesce(task.before -> f.name = image -> f.name, false) AS is_free
        FROM jsonb_each(task.after) AS edit JOIN app.field AS f ON f.tbl = task.tbl AND f.name = edit.key
        WHERE NOT f.carried AND edit.value <> image -> f.name
    ) AS d;
    IF clashing <> '{}' THEN
        free := free - ARRAY(SELECT f.name FROM app.field AS f WHERE f.tbl = task.tbl AND f.grp = ANY (clashing));
    END IF;
    IF free <> '{}' THEN
        free := free || signed;
    END IF;
END $$;

-- A contradiction of each group, as it is kept.
CREATE FUNCTION app.clashes(task app.task, kind text, groups text[], image jsonb, ver bigint) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_agg(jsonb_build_object('kind', kind, 'grp', g.grp, 'ver', ver,
        'base', (SELECT coalesce(jsonb_object_agg(f.name, task.before -> f.name) FILTER (WHERE task.before ? f.name), '{}')
                 FROM app.field AS f WHERE f.tbl = task.tbl AND f.grp = g.grp AND NOT f.carried),
        'mine', (SELECT coalesce(jsonb_object_agg(f.name, task.after -> f.name) FILTER (WHERE task.after ? f.name), '{}')
                 FROM app.field AS f WHERE f.tbl = task.tbl AND f.grp = g.grp AND NOT f.carried),
        'theirs', (SELECT coalesce(jsonb_object_agg(f.name, image -> f.name), '{}')
                   FROM app.field AS f WHERE f.tbl = task.tbl AND f.grp = g.grp AND NOT f.carried)))
    FROM unnest(groups) AS g(grp)
$$;

CREATE FUNCTION app.contradicted(task app.task, kind text, base jsonb, theirs jsonb, ver bigint) RETURNS app.task
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    task.outcome := 'conflict';
    task.deed := NULL;
    task.clashes := jsonb_build_array(jsonb_build_object(
        'kind', kind, 'grp', '', 'base', base, 'mine', task.after, 'theirs', theirs, 'ver', ver));
    RETURN task;
END $$;

CREATE FUNCTION app.decided_update(task app.task, state app.state, tomb app.state) RETURNS app.task
LANGUAGE plpgsql STABLE AS $$
DECLARE
    told record;
BEGIN
    IF state.uid IS NULL THEN
        task.after := coalesce(tomb.image, '{}') || task.after;
        RETURN app.contradicted(task, 'edit_vs_delete', coalesce(tomb.image, '{}'), '{}', NULL);
    END IF;
    told := app.compared(task, state.image);
    IF task.kind = 'U' AND task.ver = state.ver THEN
        task.got := state.ver;
    END IF;
    IF told.is_same THEN
        RETURN app.outcome(task, 'noop');
    ELSIF NOT state.writable THEN
        RETURN app.outcome(task, 'forbidden', 'outside_area');
    END IF;
    IF told.free <> '{}' THEN
        task.deed := 'U';
        task.patch := told.free;
    END IF;
    task.outcome := CASE WHEN task.kind = 'U' AND task.ver <> state.ver THEN 'merged' ELSE 'applied' END;
    IF told.clashing <> '{}' THEN
        task.outcome := 'conflict';
        task.got := NULL;
        task.clashes := app.clashes(
            task, CASE task.kind WHEN 'I' THEN 'insert_clash' ELSE 'same_field' END, told.clashing, state.image,
            state.ver + (told.free <> '{}')::int);
    END IF;
    RETURN task;
END $$;

CREATE FUNCTION app.decided_insert(task app.task, state app.state, tomb app.state) RETURNS app.task
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF state.uid IS NOT NULL THEN
        task.before := '{}';
        RETURN app.decided_update(task, state, tomb);
    ELSIF tomb.uid IS NOT NULL THEN
        RETURN app.contradicted(task, 'edit_vs_delete', tomb.image, '{}', NULL);
    END IF;
    task.deed := 'I';
    task.patch := task.after;
    task.outcome := 'applied';
    RETURN task;
END $$;

-- The image stays in the patch until it is known whether the children go too.
CREATE FUNCTION app.decided_delete(task app.task, state app.state) RETURNS app.task
LANGUAGE plpgsql STABLE AS $$
BEGIN
    task.after := '{}';
    IF state.uid IS NULL THEN
        RETURN app.outcome(task, 'noop');
    ELSIF NOT state.writable THEN
        RETURN app.outcome(task, 'forbidden', 'outside_area');
    ELSIF task.ver IS DISTINCT FROM state.ver THEN
        RETURN app.contradicted(task, 'delete_vs_edit', '{}', state.image, state.ver);
    END IF;
    task.deed := 'D';
    task.patch := state.image;
    task.outcome := 'applied';
    RETURN task;
END $$;

-- What a person decided holds for what that person saw: where the row went on, the conflict is open again.
CREATE FUNCTION app.reopened(task app.task, kind text, grp text, base jsonb, theirs jsonb, ver bigint) RETURNS app.task
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    task := app.contradicted(task, kind, base, theirs, ver);
    task.clashes := jsonb_set(task.clashes, '{0,grp}', to_jsonb(grp));
    task.settled := 'open';
    RETURN task;
END $$;

CREATE FUNCTION app.decided_resolution(task app.task, state app.state, tomb app.state, c sync.conflict) RETURNS app.task
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF task.choice = 'theirs' AND c.status <> 'open' THEN
        RETURN app.outcome(task, 'noop');
    ELSIF NOT coalesce(state.writable, tomb.writable, true)
        AND (task.choice <> 'theirs' OR c.raised_by <> session_user) THEN
        RETURN app.outcome(task, 'forbidden', 'outside_area');
    END IF;
    task.depts := coalesce(task.depts, c.depts);
    task.readers := coalesce(task.readers, c.readers);
    task.settled := 'closed';
    IF task.choice = 'theirs' THEN
        RETURN app.outcome(task, 'applied');
    ELSIF c.kind = 'delete_vs_edit' AND task.choice = 'mine' THEN
        RETURN app.decided_deletion(task, state, c);
    ELSIF c.kind = 'delete_vs_edit' THEN
        RETURN app.outcome(task, 'invalid', 'wrong_value');  -- between going and staying there is nothing
    ELSIF state.uid IS NULL THEN
        RETURN app.decided_revival(task, tomb, c);
    END IF;
    RETURN app.decided_values(task, state, tomb, c);
END $$;

CREATE FUNCTION app.decided_deletion(task app.task, state app.state, c sync.conflict) RETURNS app.task
LANGUAGE plpgsql STABLE AS $$
BEGIN
    task.after := '{}';
    IF state.uid IS NULL THEN
        RETURN app.outcome(task, 'noop');
    ELSIF c.status <> 'open' OR task.ver IS DISTINCT FROM state.ver THEN
        RETURN app.reopened(task, c.kind, '', c.base, state.image, state.ver);
    END IF;
    RETURN app.decided_delete(task, state);
END $$;

CREATE FUNCTION app.decided_revival(task app.task, tomb app.state, c sync.conflict) RETURNS app.task
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF c.kind <> 'edit_vs_delete' OR c.status <> 'open' THEN
        RETURN app.reopened(task, 'edit_vs_delete', '', coalesce(tomb.image, c.base), '{}', NULL);
    END IF;
    task.deed := 'I';
    task.patch := task.after;
    RETURN app.outcome(task, 'applied');
END $$;

CREATE FUNCTION app.decided_values(task app.task, state app.state, tomb app.state, c sync.conflict) RETURNS app.task
LANGUAGE plpgsql STABLE AS $$
DECLARE
    told record;
BEGIN
    told := app.compared(task, state.image);
    IF NOT told.is_same AND c.kind = 'edit_vs_delete' THEN  -- it is there again
        task.outcome := 'conflict';
        task.before := '{}';
        told := app.compared(task, state.image);
        task.clashes := app.clashes(task, 'insert_clash', told.clashing, state.image, state.ver);
        RETURN task;
    ELSIF NOT told.is_same AND (told.clashing <> '{}' OR c.status <> 'open') THEN
        RETURN app.reopened(task, c.kind, c.grp, c.base,
            app.clashes(task, c.kind, ARRAY[c.grp], state.image, 0) #> '{0,theirs}', state.ver);
    END IF;
    RETURN app.decided_update(task, state, tomb);
END $$;

CREATE FUNCTION app.decided(task app.task, state app.state, tomb app.state, c sync.conflict) RETURNS app.task
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF task.outcome IS NOT NULL THEN
        RETURN task;
    ELSIF task.kind = 'R' AND (c.tbl = task.tbl AND c.uid = task.uid AND app.reads(c.tbl, c.depts, c.readers)) IS NOT TRUE THEN
        RETURN app.outcome(task, 'forbidden', 'unknown_conflict');
    ELSIF NOT coalesce(state.readable, tomb.readable, true)
        -- what went where one does not read can still be let go
        AND (task.kind = 'R' AND task.choice = 'theirs' AND c.raised_by = session_user) IS NOT TRUE THEN
        RETURN app.outcome(task, 'forbidden', 'outside_area');
    END IF;
    task.depts := coalesce(state.depts, tomb.depts);
    task.readers := coalesce(state.readers, tomb.readers);
    RETURN CASE task.kind
        WHEN 'U' THEN app.decided_update(task, state, tomb)
        WHEN 'I' THEN app.decided_insert(task, state, tomb)
        WHEN 'D' THEN app.decided_delete(task, state)
        WHEN 'R' THEN app.decided_resolution(task, state, tomb, c)
    END;
END $$;
