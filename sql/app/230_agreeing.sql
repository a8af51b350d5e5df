-- What becomes of operations that depend on each other: parents deleted under what is new, children under what goes.

CREATE TYPE app.link AS (parent text, parent_uid uuid, child text, child_uid uuid, is_part boolean, computed boolean);
COMMENT ON TYPE app.link IS 'Une ligne qui en désigne une autre';

-- New rows whose parent is deleted wait for a decision; a parent that comes back in the same batch brings them along.
CREATE FUNCTION app.with_parents(tasks app.task[]) RETURNS app.task[]
LANGUAGE plpgsql AS $$
DECLARE
    orphan record;
    is_settled boolean := false;
BEGIN
    WHILE NOT is_settled LOOP
        is_settled := true;
        FOR orphan IN
            SELECT DISTINCT ON (t.ordinality) t.ordinality AS position, tomb.depts, tomb.readers, seen.readable
            FROM unnest(tasks) WITH ORDINALITY AS t
            JOIN app.relation AS r ON r.tbl = t.tbl
            JOIN sync.tombstone AS tomb ON tomb.tbl = r.parent AND tomb.uid = (t.after ->> r.field)::uuid
            CROSS JOIN LATERAL app.reads(tomb.tbl, tomb.depts, tomb.readers) AS seen(readable)
            WHERE t.deed = 'I' AND NOT EXISTS (
                SELECT FROM unnest(tasks) AS p WHERE p.deed = 'I' AND p.tbl = tomb.tbl AND p.uid = tomb.uid)
            ORDER BY t.ordinality, seen.readable
        LOOP
            is_settled := false;
            tasks[orphan.position] := app.orphaned(tasks[orphan.position], orphan.depts, orphan.readers, orphan.readable);
        END LOOP;
    END LOOP;
    RETURN tasks;
END $$;

CREATE FUNCTION app.orphaned(task app.task, depts text[], readers text[], readable boolean) RETURNS app.task
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    task.deed := NULL;
    IF NOT readable THEN
        task.settled := NULL;
        RETURN app.outcome(task, 'forbidden', 'outside_area');
    ELSIF task.settled IS NOT NULL THEN
        RETURN app.reopened(task, 'edit_vs_delete', '', '{}', '{}', NULL);
    END IF;
    task.depts := coalesce(task.depts, depts);
    task.readers := coalesce(task.readers, readers);
    RETURN app.contradicted(task, 'edit_vs_delete', '{}', '{}', NULL);
END $$;

CREATE FUNCTION app.is_stopped_deletion(task app.task) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(task.after = '{}' AND task.outcome IN ('conflict', 'forbidden', 'invalid')
        AND (task.kind = 'D' OR (task.kind = 'R' AND task.choice <> 'theirs')), false)
$$;

-- Whatever points to the rows that are to go, by whoever may read it.
CREATE FUNCTION app.links(tasks app.task[]) RETURNS app.link[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    relation record;
    part app.link[];
    found app.link[] := '{}';
BEGIN
    FOR relation IN
        SELECT r.tbl, r.field, r.parent, r.is_part, r.computed, array_agg(t.uid) AS uids
        FROM unnest(tasks) AS t JOIN app.relation AS r ON r.parent = t.tbl
        WHERE t.deed = 'D' OR app.is_stopped_deletion(t) GROUP BY 1, 2, 3, 4, 5
    LOOP
        EXECUTE format(
            'SELECT array_agg(ROW($2, c.%1$I, $3, c.uid, $4, $5)::app.link) FROM resorption.%2$I AS c WHERE c.%1$I = ANY ($1)',
            relation.field, relation.tbl)
        INTO part USING relation.uids, relation.parent, relation.tbl, relation.is_part, relation.computed;
        found := found || part;
    END LOOP;
    IF found = '{}' THEN
        RETURN found;
    END IF;
    -- what the same batch points elsewhere does not point there any more
    RETURN ARRAY(
        SELECT link FROM unnest(found) AS link
        WHERE NOT EXISTS (
            SELECT FROM unnest(tasks) AS t JOIN app.relation AS r ON r.tbl = t.tbl
            WHERE t.deed = 'U' AND t.patch ? r.field AND r.parent = link.parent AND t.tbl = link.child AND t.uid = link.child_uid));
END $$;

-- Computed rows are never sent away by a workspace: those that nobody wrote on since this device asked go with the parent.
CREATE FUNCTION app.with_computed(tasks app.task[], links app.link[], device uuid) RETURNS app.task[]
LANGUAGE sql STABLE AS $$
    SELECT tasks || ARRAY(
        SELECT DISTINCT ON (link.child, link.child_uid) ROW(-1000000 - row_number() OVER (), t.turn, layer.place, link.child, link.child_uid, 'D', '{}', '{}', NULL, NULL,
            NULL, NULL, 'applied', NULL, NULL, NULL, 'D', '{}', NULL, NULL, NULL, NULL)::app.task
        FROM unnest(links) AS link
        JOIN unnest(tasks) AS t ON t.tbl = link.parent AND t.uid = link.parent_uid AND t.deed = 'D'
        JOIN app.layer ON layer.tbl = link.child
        WHERE link.computed
          AND NOT EXISTS (SELECT FROM unnest(tasks) AS c WHERE c.tbl = link.child AND c.uid = link.child_uid)
          AND (t.kind = 'R' OR NOT EXISTS (
            SELECT FROM sync.log JOIN sync.tx USING (tx_id)
            WHERE log.uid = link.child_uid AND log.tbl = link.child
              AND tx.rev > (SELECT d.cursor FROM sync.device AS d WHERE d.device = with_computed.device))))
$$;

-- A row goes only with all that points to it; when it stays, so do its children, each with its own contradiction.
CREATE FUNCTION app.with_children(tasks app.task[], device uuid) RETURNS app.task[]
LANGUAGE plpgsql AS $$
DECLARE
    links CONSTANT app.link[] := app.links(tasks);
    i int;
    is_settled boolean := links = '{}';
BEGIN
    IF NOT is_settled THEN
        tasks := app.with_computed(tasks, links, device);
    END IF;
    WHILE NOT is_settled LOOP
        is_settled := true;
        FOR i IN
            WITH told AS MATERIALIZED (
                SELECT t.ordinality AS position, t.tbl, t.uid, t.deed FROM unnest(tasks) WITH ORDINALITY AS t
            ), pointing AS (
                SELECT link.parent AS tbl, link.parent_uid AS uid
                FROM unnest(links) AS link
                LEFT JOIN told AS c ON c.tbl = link.child AND c.uid = link.child_uid AND c.deed = 'D'
                WHERE c.position IS NULL
                UNION
                SELECT link.child, link.child_uid
                FROM unnest(links) AS link
                JOIN unnest(tasks) AS p ON p.tbl = link.parent AND p.uid = link.parent_uid
                WHERE link.is_part AND app.is_stopped_deletion(p)
            )
            SELECT told.position FROM told JOIN pointing USING (tbl, uid) WHERE told.deed = 'D'
        LOOP
            is_settled := false;
            tasks[i] := app.kept(tasks[i]);
        END LOOP;
    END LOOP;
    RETURN tasks;
END $$;

-- What was to go and stays: what it holds is what the person had seen.
CREATE FUNCTION app.kept(task app.task) RETURNS app.task
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF task.no < 0 AND task.kind = 'D' THEN
        task.deed := NULL;
        task.outcome := 'noop';
    ELSIF task.settled IS NOT NULL THEN
        task := app.reopened(task, 'delete_vs_edit', '', task.patch, task.patch, task.ver);
    ELSE
        task := app.contradicted(task, 'delete_vs_edit', task.patch, task.patch, task.ver);
    END IF;
    RETURN task;
END $$;
