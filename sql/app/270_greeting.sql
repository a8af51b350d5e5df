-- Who asks, from which workspace, and what has to be done before anything else. Nothing of the data is read or written.

-- A copied file says again what another has said: it goes on as another device. An answer that was lost is told from it
-- by the time: the same device asks again at once.
CREATE FUNCTION app.greeted(request jsonb) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    asked bigint := coalesce((request ->> 'counter')::bigint, 0);
    mine uuid := coalesce((request ->> 'device')::uuid, gen_random_uuid());
    known sync.device;
BEGIN
    SELECT d.* INTO known FROM sync.device AS d WHERE d.device = mine FOR UPDATE;
    IF known.device IS NOT NULL AND (known.login <> session_user OR NOT (
        known.counter = asked OR (known.counter = asked + 1 AND known.last_seen > now() - interval '2 minutes'))) THEN
        mine := gen_random_uuid();
        asked := 0;  -- which has said hello once, as the workspace counts
    END IF;
    INSERT INTO sync.device AS d (device, login, counter, plugin_version, schema_version, cursor)
    VALUES (mine, session_user, asked + 1, left(coalesce(request ->> 'plugin_version', ''), 40),
        coalesce((request ->> 'schema_version')::int, 0), coalesce((request ->> 'cursor')::bigint, 0))
    ON CONFLICT ON CONSTRAINT device_pkey DO UPDATE SET (counter, plugin_version, schema_version, cursor, last_seen)
        = ROW (excluded.counter, excluded.plugin_version, excluded.schema_version, excluded.cursor, now());
    RETURN mine;
END $$;

-- So many changes are told faster by everything there is.
CREATE FUNCTION app.is_much(cursor bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM sync.tx AS t CROSS JOIN LATERAL (SELECT FROM sync.log AS l WHERE l.tx_id = t.tx_id LIMIT 20001) AS l
        WHERE t.rev > cursor OFFSET 20000 LIMIT 1)
$$;

CREATE FUNCTION app.chain_at(revision bigint) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT t.hash FROM sync.tx AS t WHERE t.rev = revision), '')
$$;

-- Why a workspace has to begin anew; NULL when it can go on from its cursor.
CREATE FUNCTION app.cause_to_begin_anew(request jsonb, head sync.head) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN coalesce(request ->> 'epoch', '') = '' THEN 'first'
        WHEN request ->> 'epoch' <> head.epoch::text THEN 'epoch'
        WHEN (request ->> 'cursor')::bigint > head.rev THEN 'ahead'
        WHEN coalesce(request ->> 'chain', '') <> app.chain_at((request ->> 'cursor')::bigint) THEN 'chain'
        WHEN (request ->> 'cursor')::bigint < head.min_rev THEN 'trimmed'
        WHEN request ->> 'scope' IS DISTINCT FROM app.scope() THEN 'scope'
        WHEN app.is_much((request ->> 'cursor')::bigint) THEN 'much'
    END
$$;

CREATE FUNCTION app.hello(request jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s'
SET row_security = on AS $$
DECLARE
    head sync.head;
    spoken CONSTANT int := coalesce((request ->> 'schema_version')::int, 0);
    able CONSTANT int := coalesce((request ->> 'plugin_schema_version')::int, spoken);
    wanted text[];
    action text := 'ok';
    reason text;
BEGIN
    PERFORM app.stop_unless_known();
    SELECT * INTO head FROM sync.head;
    reason := app.cause_to_begin_anew(request, head);
    IF reason IS NOT NULL THEN
        action := 'rebase';
    END IF;
    wanted := app.upgrade_before(spoken, able, head);
    IF wanted IS NOT NULL THEN
        action := wanted[1];
        reason := wanted[2];
    END IF;
    RETURN jsonb_build_object(
        'action', action, 'reason', coalesce(reason, ''), 'epoch', head.epoch, 'revision', head.rev,
        'min_revision', head.min_rev, 'schema_version', head.schema_version, 'login', session_user,
        'role', app.my_role(), 'departments', app.my_departments(), 'areas', app.my_areas(),
        'rights', (SELECT p.rights FROM sync.person AS p WHERE p.login = session_user), 'scope', app.scope(),
        'device', CASE WHEN action IN ('ok', 'rebase') THEN app.greeted(request) ELSE (request ->> 'device')::uuid END,
        'is_empty', head.rev = 0,
        'limits', jsonb_build_object('operations', 2000, 'bytes', 8 * 1024 * 1024));
END $$;

CREATE FUNCTION app.revision() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM app.stop_unless_known();
    RETURN (SELECT rev FROM sync.head);
END $$;
