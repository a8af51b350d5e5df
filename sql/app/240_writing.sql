-- Writing: all at once where all of it holds; else in ever smaller parts, so that what one row breaks stops no other.

-- Writes as the role whose every row passes the policies, in an order that foreign keys and parents' places allow.
CREATE FUNCTION app.write(tasks app.task[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' SET extra_float_digits = 1 AS $$
DECLARE
    part record;
    written bigint;
BEGIN
    EXECUTE app.constraints('DEFERRED');
    FOR part IN
        SELECT t.tbl, t.deed, array_agg(t.uid ORDER BY t.uid) AS uids,
               array_agg(app.as_typed(t.patch) ORDER BY t.uid) AS patches,
               (SELECT array_agg(f.name ORDER BY f.name) FROM app.field AS f
                WHERE f.tbl = t.tbl AND t.deed <> 'D' AND f.name IN (
                    SELECT jsonb_object_keys(p.patch) FROM unnest(tasks) AS p WHERE p.tbl = t.tbl AND p.deed = t.deed)) AS names
        FROM unnest(tasks) AS t WHERE t.deed IS NOT NULL
        GROUP BY t.tbl, t.deed
        ORDER BY t.deed = 'D', CASE t.deed WHEN 'D' THEN -min(t.place) ELSE min(t.place) END, t.deed
    LOOP
        EXECUTE CASE part.deed
            WHEN 'D' THEN format('DELETE FROM resorption.%I WHERE uid = ANY ($1)', part.tbl)
            WHEN 'I' THEN app.insertion(part.tbl, part.names)
            WHEN 'U' THEN app.modification(part.tbl, part.names)
        END USING part.uids, part.patches;
        GET DIAGNOSTICS written = ROW_COUNT;
        IF written <> cardinality(part.uids) THEN
            -- a policy hides a row from a statement without a word
            RAISE EXCEPTION 'a row is outside the area' USING ERRCODE = '42501';
        END IF;
        PERFORM app.verify(part.tbl, part.uids, part.patches) WHERE part.deed <> 'D' AND 'geom' = ANY (part.names);
    END LOOP;
    EXECUTE app.constraints('IMMEDIATE');
END $$;

-- PostGIS reads the reference system in the number of the type, and after it.
CREATE FUNCTION app.as_typed(patch jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN jsonb_typeof(patch -> 'geom') = 'string' THEN
    jsonb_set(patch, '{geom}', to_jsonb(overlay(patch ->> 'geom' PLACING '20e6100000' FROM 9 FOR 2)))
ELSE patch END;

CREATE FUNCTION app.insertion(tbl text, names text[]) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format(
        'INSERT INTO resorption.%1$I (uid, %2$s) SELECT told.uid, %3$s'
        ' FROM unnest($1, $2) AS told(uid, patch)'
        ' CROSS JOIN LATERAL jsonb_populate_record(NULL::resorption.%1$I, told.patch) AS r',
        tbl, string_agg(quote_ident(name), ', '), string_agg('r.' || quote_ident(name), ', '))
    FROM unnest(names) AS name
$$;

CREATE FUNCTION app.modification(tbl text, names text[]) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format(
        'UPDATE resorption.%1$I AS t SET %2$s'
        ' FROM unnest($1, $2) AS told(uid, patch) JOIN resorption.%1$I AS s ON s.uid = told.uid'
        ' CROSS JOIN LATERAL jsonb_populate_record(s, told.patch) AS r WHERE t.uid = s.uid',
        tbl, string_agg(format('%1$I = r.%1$I', name), ', '))
    FROM unnest(names) AS name
$$;

-- A geometry has one wire form only, and its coordinates are numbers.
CREATE FUNCTION app.is_plain(shape geometry, sent text) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN shape IS NULL AND sent IS NULL
    OR encode(st_asewkb(shape, 'NDR'), 'hex') = sent AND st_astext(shape) !~* 'nan|inf';

CREATE FUNCTION app.verify(tbl text, uids uuid[], patches jsonb[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    is_right boolean;
BEGIN
    EXECUTE format(
        'SELECT bool_and(app.is_plain(t.geom, told.patch ->> ''geom''))'
        ' FROM unnest($1, $2) AS told(uid, patch) JOIN resorption.%I AS t USING (uid) WHERE told.patch ? ''geom''', tbl)
    INTO is_right USING uids, patches;
    IF NOT is_right THEN
        RAISE EXCEPTION 'a geometry has another form' USING ERRCODE = '22023';
    END IF;
END $$;

CREATE FUNCTION app.constraints(mode text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format('SET CONSTRAINTS %s %s', string_agg(format('%I.%I', n.nspname, c.conname), ', ' ORDER BY c.oid),
        CASE mode WHEN 'IMMEDIATE' THEN 'IMMEDIATE' ELSE 'DEFERRED' END)
    FROM pg_constraint AS c JOIN pg_namespace AS n ON n.oid = c.connamespace
    WHERE n.nspname = 'resorption' AND c.condeferrable
$$;

CREATE TYPE app.failure AS (no int, code text, reason text);
COMMENT ON TYPE app.failure IS 'Ce que les tables refusent : opération, SQLSTATE, contrainte ou colonne';

CREATE FUNCTION app.write_in_parts(tasks app.task[]) RETURNS app.failure[]
LANGUAGE plpgsql AS $$
DECLARE
    parts CONSTANT int := 8;
    size CONSTANT int := ceil(cardinality(tasks) / parts::numeric);
    failures app.failure[] := '{}';
    failure app.failure;
    unfilled text;
BEGIN
    BEGIN
        PERFORM app.write(tasks);
        RETURN failures;
    EXCEPTION WHEN integrity_constraint_violation OR data_exception OR insufficient_privilege OR internal_error THEN
        GET STACKED DIAGNOSTICS failure.reason = CONSTRAINT_NAME, unfilled = COLUMN_NAME;
        failure.reason := coalesce(nullif(failure.reason, ''), unfilled);
        failure.code := SQLSTATE;
    END;
    IF cardinality(tasks) = 1 THEN
        failure.no := tasks[1].no;
        RETURN ARRAY[failure];
    END IF;
    FOR i IN 0 .. parts - 1 LOOP
        IF i * size < cardinality(tasks) THEN
            failures := failures || app.write_in_parts(tasks[i * size + 1 : (i + 1) * size]);
        END IF;
    END LOOP;
    RETURN failures;
END $$;

-- What a constraint between rows refused may hold once the others are written: together, then one by one.
CREATE FUNCTION app.write_all(tasks app.task[]) RETURNS app.failure[]
LANGUAGE plpgsql AS $$
DECLARE
    failures app.failure[];
    again app.task[];
    still app.failure[];
BEGIN
    SELECT array_agg(t ORDER BY t.deed = 'D', CASE t.deed WHEN 'D' THEN -t.place ELSE t.place END, t.deed, t.uid)
    INTO tasks FROM unnest(tasks) AS t WHERE t.deed IS NOT NULL;
    IF tasks IS NULL THEN
        RETURN '{}';
    END IF;
    failures := app.write_in_parts(tasks);
    LOOP
        SELECT array_agg(t) INTO again FROM unnest(tasks) AS t JOIN unnest(failures) AS f ON f.no = t.no
        WHERE f.code IN ('23505', '23503');
        EXIT WHEN coalesce(cardinality(again), 0) < 2;
        still := app.write_in_parts(again);
        EXIT WHEN cardinality(still) = cardinality(again);
        failures := still || ARRAY(SELECT f FROM unnest(failures) AS f WHERE f.code NOT IN ('23505', '23503'));
    END LOOP;
    RETURN failures;
END $$;

ALTER FUNCTION app.write(app.task[]) OWNER TO resorption_writer;
GRANT SELECT ON app.layer, app.field TO resorption_writer;
GRANT EXECUTE ON FUNCTION app.as_typed(jsonb), app.insertion(text, text[]), app.modification(text, text[]),
    app.verify(text, uuid[], jsonb[]), app.constraints(text), app.is_plain(geometry, text) TO resorption_writer;
