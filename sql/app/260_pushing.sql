-- The one way by which a workspace writes: a batch, applied once however often it is sent.

CREATE TYPE app.row_name AS (tbl text, uid uuid);
COMMENT ON TYPE app.row_name IS 'Une ligne';

-- The rows whose place a batch may change: what depends on a row moves with it.
CREATE FUNCTION app.moving(tasks app.task[]) RETURNS app.row_name[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    relation record;
    part app.row_name[];
    moving app.row_name[] := ARRAY(
        SELECT ROW(t.tbl, t.uid)::app.row_name FROM unnest(tasks) AS t
        WHERE t.kind IN ('U', 'R') AND t.outcome IS NULL
          AND t.after ?| (ARRAY['department', 'epci', 'fk_city'] || ARRAY(SELECT r.field FROM app.relation AS r WHERE r.tbl = t.tbl)));
BEGIN
    FOR relation IN
        SELECT r.tbl, r.field, r.parent FROM app.relation AS r JOIN app.layer ON layer.tbl = r.parent
        WHERE moving <> '{}' ORDER BY layer.place
    LOOP
        EXECUTE format('SELECT array_agg(ROW($2, c.uid)::app.row_name) FROM resorption.%I AS c WHERE c.%I = ANY ($1)',
            relation.tbl, relation.field)
        INTO part
        USING ARRAY(SELECT m.uid FROM unnest(moving) AS m WHERE m.tbl = relation.parent), relation.tbl;
        moving := moving || part;
    END LOOP;
    RETURN moving;
END $$;

-- Rows are locked before anything is read: layer after layer, by uid, the rows that new ones point to among them.
CREATE FUNCTION app.lock_rows(tasks app.task[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    part record;
BEGIN
    FOR part IN
        SELECT layer.tbl, array_agg(told.uid) AS uids
        FROM (
            SELECT t.tbl, t.uid FROM unnest(tasks) AS t WHERE t.outcome IS NULL
            UNION
            SELECT r.parent, (t.after ->> r.field)::uuid
            FROM unnest(tasks) AS t JOIN app.relation AS r ON r.tbl = t.tbl
            WHERE t.outcome IS NULL AND t.after ->> r.field IS NOT NULL
            UNION
            SELECT m.tbl, m.uid FROM unnest(app.moving(tasks)) AS m
        ) AS told JOIN app.layer USING (tbl)
        GROUP BY layer.tbl, layer.place ORDER BY layer.place
    LOOP
        EXECUTE format('SELECT FROM resorption.%I WHERE uid = ANY ($1) ORDER BY uid FOR UPDATE', part.tbl) USING part.uids;
    END LOOP;
    -- after the rows: whoever has a row has its conflicts
    PERFORM FROM sync.conflict AS c WHERE c.id = ANY (ARRAY(SELECT t.conflict FROM unnest(tasks) AS t)) ORDER BY c.id FOR UPDATE;
END $$;

-- Deciding on the delete of a parent decides on the children that had only stayed because it did.
CREATE FUNCTION app.with_companions(tasks app.task[]) RETURNS app.task[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM unnest(tasks) AS t WHERE t.kind = 'R') THEN
        RETURN tasks;
    END IF;
    RETURN tasks || ARRAY(
        SELECT ROW(-row_number() OVER (), t.turn, layer.place, c.tbl, c.uid, 'R', '{}', '{}', c.theirs_ver, c.id, t.choice, t.comment,
            NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)::app.task
        FROM unnest(tasks) AS t
        JOIN sync.conflict AS p ON p.id = t.conflict AND p.kind = 'delete_vs_edit' AND p.status = 'open'
        JOIN sync.conflict AS c ON c.batch = p.batch AND c.id <> p.id AND c.kind = 'delete_vs_edit' AND c.status = 'open'
            AND c.base = c.theirs
        JOIN app.relation AS r ON r.tbl = c.tbl AND r.parent = p.tbl AND r.is_part AND c.theirs ->> r.field = p.uid::text
        JOIN app.layer ON layer.tbl = c.tbl
        WHERE t.kind = 'R' AND t.outcome IS NULL
          AND NOT EXISTS (SELECT FROM unnest(tasks) AS own WHERE own.tbl = c.tbl AND own.uid = c.uid));
END $$;

CREATE FUNCTION app.decided_all(tasks app.task[]) RETURNS app.task[]
LANGUAGE plpgsql AS $$
DECLARE
    closed CONSTANT text[] := ARRAY(SELECT tbl FROM app.layer WHERE NOT app.may_open(tbl));
    is_reader CONSTANT boolean := app.my_role() NOT IN ('officer', 'admin');
    i int;
    told record;
BEGIN
    FOR i IN 1 .. cardinality(tasks) LOOP
        IF tasks[i].outcome IS NULL AND (is_reader OR tasks[i].tbl = ANY (closed)) THEN
            tasks[i] := app.outcome(tasks[i], 'forbidden', CASE WHEN is_reader THEN 'read_only' ELSE 'missing_right' END);
        END IF;
    END LOOP;
    tasks := app.examined(tasks);
    PERFORM app.lock_rows(tasks);
    FOR told IN
        WITH wanted AS MATERIALIZED (
            SELECT t.ordinality AS position, t.tbl, t.uid, t.outcome, t.conflict FROM unnest(tasks) WITH ORDINALITY AS t
        ), layers AS MATERIALIZED (
            SELECT tbl, array_agg(uid) AS uids FROM wanted WHERE outcome IS NULL GROUP BY tbl
        ), states AS MATERIALIZED (
            SELECT l.tbl, s.uid, s FROM layers AS l CROSS JOIN LATERAL app.states(l.tbl, l.uids) AS s
        ), tombs AS MATERIALIZED (
            SELECT l.tbl, s.uid, s FROM layers AS l CROSS JOIN LATERAL app.tombs(l.tbl, l.uids) AS s
        )
        SELECT w.position, app.decided(tasks[w.position], states.s, tombs.s, c) AS task
        FROM wanted AS w
        LEFT JOIN states USING (tbl, uid) LEFT JOIN tombs USING (tbl, uid)
        LEFT JOIN sync.conflict AS c ON c.id = w.conflict
        WHERE w.outcome IS NULL
    LOOP
        tasks[told.position] := told.task;
    END LOOP;
    RETURN tasks;
END $$;

CREATE FUNCTION app.failed(task app.task, failure app.failure) RETURNS app.task
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    task.deed := NULL;
    task.got := NULL;
    task.clashes := NULL;
    task.settled := NULL;
    IF failure.code = '42501' THEN
        RETURN app.outcome(task, 'forbidden', 'outside_area');
    END IF;
    task.reason := nullif(failure.reason, '');
    RETURN app.outcome(task, 'invalid', failure.code);
END $$;

-- Tasks on different rows: decided, written, and what the tables refused told.
CREATE FUNCTION app.done(tasks app.task[], device uuid) RETURNS app.task[]
LANGUAGE plpgsql AS $$
DECLARE
    failures app.failure[];
BEGIN
    tasks := app.decided_all(app.with_companions(tasks));
    tasks := app.with_children(app.with_parents(tasks), device);
    failures := app.write_all(tasks);
    FOR i IN 1 .. cardinality(tasks) LOOP
        IF tasks[i].deed = 'I' AND tasks[i].kind = 'I' THEN
            tasks[i].got := 1;
        ELSIF tasks[i].deed = 'U' AND tasks[i].got IS NOT NULL THEN
            tasks[i].got := tasks[i].got + 1;
        END IF;
    END LOOP;
    IF failures = '{}' THEN
        RETURN tasks;
    END IF;
    RETURN ARRAY(
        SELECT CASE WHEN f.no IS NULL THEN t ELSE app.failed(t, f) END
        FROM unnest(tasks) AS t LEFT JOIN unnest(failures) AS f ON f.no = t.no);
END $$;

-- Several tasks on one row are done one after the other, each on what the one before has left.
CREATE FUNCTION app.results(tasks app.task[], batch uuid, device uuid) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    told jsonb[] := '{}';
    settled app.task[];
BEGIN
    FOR round IN 1 .. coalesce((SELECT max(t.turn) FROM unnest(tasks) AS t), 0) LOOP
        settled := app.done(ARRAY(SELECT t FROM unnest(tasks) AS t WHERE t.turn = round), device);
        told := told || ARRAY(
            SELECT CASE WHEN t.outcome = 'conflict' OR t.settled IS NOT NULL THEN app.result(t, batch) ELSE app.told_of(t) END
            FROM unnest(settled) AS t);
    END LOOP;
    RETURN (SELECT coalesce(jsonb_agg(one), '[]') FROM unnest(told) AS one WHERE (one ->> 'no')::int > 0);
END $$;

CREATE FUNCTION app.stop_unless_known() RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF app.my_role() IS NULL THEN
        PERFORM app.stop('RS001', 'no access');
    END IF;
END $$;

-- What has to be upgraded before anything is exchanged, and the two versions of the data that say so; NULL when nothing
-- has. `spoken` is that of what is sent, `able` the one to which this plugin upgrades a workspace.
CREATE FUNCTION app.upgrade_before(spoken int, able int, head sync.head) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN spoken > head.schema_version THEN ARRAY['upgrade_server', format('%s > %s', spoken, head.schema_version)]
        WHEN spoken >= head.min_client THEN NULL
        WHEN able >= head.min_client THEN ARRAY['upgrade_workspace', format('%s < %s', coalesce(spoken, 0), head.min_client)]
        ELSE ARRAY['upgrade_plugin', format('%s < %s', coalesce(spoken, 0), head.min_client)]
    END
$$;

CREATE FUNCTION app.stop_unless_spoken(schema_version int, epoch uuid) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
    head sync.head;
    wanted text[];
BEGIN
    SELECT * INTO head FROM sync.head;
    wanted := app.upgrade_before(schema_version, schema_version, head);
    IF wanted IS NOT NULL THEN
        PERFORM app.stop('RS003', array_to_string(wanted, ' '));
    ELSIF epoch IS DISTINCT FROM head.epoch THEN
        PERFORM app.stop('RS002', 'another epoch');
    END IF;
END $$;

CREATE FUNCTION app.push(batch uuid, device uuid, schema_version int, epoch uuid, sha256 text, payload text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' SET lock_timeout = '5s'
SET row_security = on SET extra_float_digits = 1 SET jit = off AS $$
DECLARE
    known sync.batch;
    results jsonb;
    answer jsonb;
    made bigint;
    reached bigint;
BEGIN
    PERFORM app.stop_unless_known();
    IF octet_length(payload) > 8 * 1024 * 1024 THEN
        PERFORM app.stop('RS007', 'more than 8 MiB');
    ELSIF encode(pg_catalog.sha256(convert_to(payload, 'UTF8')), 'hex') IS DISTINCT FROM sha256 THEN
        PERFORM app.stop('RS006', 'another SHA-256');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(batch::text, 20));
    SELECT b.* INTO known FROM sync.batch AS b WHERE b.batch = push.batch;
    IF known.who <> session_user THEN
        PERFORM app.stop('RS005', 'the batch of another login');
    ELSIF known.sha256 <> sha256 THEN
        PERFORM app.stop('RS004', 'known with another content');
    ELSIF known.batch IS NOT NULL THEN
        RETURN known.result || jsonb_build_object('replayed', true);
    END IF;
    PERFORM app.stop_unless_spoken(schema_version, epoch);
    IF NOT EXISTS (SELECT FROM sync.device AS d WHERE d.device = push.device AND d.login = session_user) THEN
        PERFORM app.stop('RS005', 'the device of another login');
    END IF;
    -- the device of a contradiction is that of its batch
    INSERT INTO sync.batch (batch, device, sha256, epoch, result) VALUES (push.batch, push.device, push.sha256, push.epoch, '{}');
    results := app.results(app.tasks(app.told(payload)), batch, device);
    SELECT t.tx_id INTO made FROM sync.tx AS t
    WHERE t.xid = pg_current_xact_id_if_assigned() AND t.at = transaction_timestamp();
    IF made IS NOT NULL THEN
        PERFORM app.sign_tx(batch, device);
        SET CONSTRAINTS sync.number_at_commit, sync.number_again IMMEDIATE;
        SET CONSTRAINTS sync.number_at_commit, sync.number_again DEFERRED;
    END IF;
    SELECT coalesce((SELECT t.rev FROM sync.tx AS t WHERE t.tx_id = made), h.rev) INTO reached FROM sync.head AS h;
    answer := jsonb_build_object('batch', batch, 'rev', reached, 'replayed', false, 'results', results);
    UPDATE sync.batch AS b SET tx_id = made, rev = reached, result = answer WHERE b.batch = push.batch;
    RETURN answer;
END $$;

-- The same as an R in a batch, for who decides without a workspace. `value` is {column: [theirs, value]}.
CREATE FUNCTION app.resolve(conflict uuid, expected_ver bigint, choice text, value jsonb, comment text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' SET lock_timeout = '5s'
SET row_security = on SET extra_float_digits = 1 SET jit = off AS $$
DECLARE
    known sync.conflict;
BEGIN
    PERFORM app.stop_unless_known();
    SELECT c.* INTO known FROM sync.conflict AS c WHERE c.id = conflict;
    RETURN app.results(app.tasks(jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
        'no', 1, 'layer', coalesce(known.tbl, (SELECT tbl FROM app.layer WHERE place = 1)),
        'uid', coalesce(known.uid, conflict), 'kind', 'R', 'conflict', conflict, 'choice', choice, 'comment', comment,
        'ver', expected_ver)) || jsonb_build_object('set', value))), gen_random_uuid(), NULL) -> 0;
END $$;
