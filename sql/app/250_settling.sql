-- Contradictions, kept for the people whose values they are, and what is told of them.

CREATE FUNCTION app.instant(at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- In plpgsql, as are those below: it keeps a plan from one contradiction to the next. To make one for every part of
-- the log takes longer than the answer.
CREATE FUNCTION app.conflict_told(c sync.conflict) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN jsonb_build_object(
        'uid', c.id, 'layer', c.tbl, 'row', c.uid, 'kind', c.kind, 'group', c.grp,
        'base', c.base, 'mine', c.mine, 'theirs', c.theirs, 'version', c.theirs_ver,
        'raised_by', c.raised_by, 'raised_at', app.instant(c.raised_at),
        'theirs_by', c.theirs_by, 'theirs_at', app.instant(c.theirs_at), 'is_open', c.status = 'open',
        'device', (SELECT b.device FROM sync.batch AS b WHERE b.batch = c.batch),
        'resolved_by', c.resolved_by, 'resolved_at', app.instant(c.resolved_at), 'choice', c.choice,
        'comment', c.comment);
END $$;

-- The last one who wrote what contradicts, before this very transaction.
CREATE FUNCTION app.last_writing(tbl text, uid uuid, grp text, OUT who name, OUT at timestamptz)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT t.who, t.at INTO last_writing.who, last_writing.at
    FROM sync.log AS l JOIN sync.tx AS t USING (tx_id)
    WHERE l.tbl = last_writing.tbl AND l.uid = last_writing.uid AND t.rev IS NOT NULL
      AND (last_writing.grp = '' OR l.op <> 'U' OR l.new ?| ARRAY(
        SELECT f.name FROM app.field AS f WHERE f.tbl = last_writing.tbl AND f.grp = last_writing.grp))
    -- not by the index of revisions: backwards from the last one it reads them all for a row that has rested
    ORDER BY t.rev + 0 DESC, l.seq DESC LIMIT 1;
END $$;

CREATE FUNCTION app.raised(task app.task, batch uuid) RETURNS SETOF sync.conflict
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY INSERT INTO sync.conflict AS c (batch, op_no, tbl, uid, kind, grp, base, mine, theirs, theirs_ver, theirs_by, theirs_at,
        depts, readers, tx_id)
    SELECT raised.batch, task.no, task.tbl, task.uid, clash ->> 'kind', clash ->> 'grp', clash -> 'base', clash -> 'mine',
        clash -> 'theirs', (clash ->> 'ver')::bigint, w.who, w.at,
        coalesce(task.depts, app.my_departments()),
        CASE WHEN task.depts IS NULL THEN CASE app.my_departments() WHEN '{}' THEN ARRAY['@' || session_user] END
             ELSE task.readers END,
        app.current_tx()
    FROM jsonb_array_elements(task.clashes) AS clash
    LEFT JOIN LATERAL app.last_writing(task.tbl, task.uid, clash ->> 'grp') AS w ON true
    RETURNING c.*;
END $$;

CREATE FUNCTION app.reopen(task app.task) RETURNS SETOF sync.conflict
LANGUAGE sql AS $$
    UPDATE sync.conflict AS c SET
        kind = clash ->> 'kind', grp = clash ->> 'grp', base = clash -> 'base', mine = c.mine || (clash -> 'mine'),
        theirs = clash -> 'theirs', theirs_ver = (clash ->> 'ver')::bigint, theirs_by = w.who, theirs_at = w.at,
        -- one contradiction of the whole row may follow from several of its groups
        op_no = CASE WHEN c.grp = clash ->> 'grp' THEN c.op_no
            ELSE least(0, (SELECT min(o.op_no) FROM sync.conflict AS o WHERE o.batch = c.batch)) - 1 END,
        status = 'open', resolved_by = NULL, resolved_at = NULL, choice = NULL, resolution = NULL, comment = NULL,
        depts = task.depts, readers = task.readers, tx_id = app.current_tx()
    FROM (SELECT task.clashes -> 0 AS clash) AS told
    LEFT JOIN LATERAL app.last_writing(task.tbl, task.uid, clash ->> 'grp') AS w ON true
    WHERE c.id = task.conflict
    RETURNING c.*
$$;

CREATE FUNCTION app.close(task app.task) RETURNS SETOF sync.conflict
LANGUAGE sql AS $$
    UPDATE sync.conflict AS c SET
        status = 'resolved', resolved_by = session_user, resolved_at = now(), choice = task.choice,
        resolution = task.after, comment = left(task.comment, 4000), tx_id = app.current_tx()
    WHERE c.id = task.conflict
    RETURNING c.*
$$;

CREATE FUNCTION app.told_of(task app.task) RETURNS jsonb
LANGUAGE sql IMMUTABLE
RETURN jsonb_strip_nulls(jsonb_build_object(
    'no', task.no, 'outcome', task.outcome, 'code', task.code, 'reason', task.reason, 'ver', task.got));

-- What is told of a task to who asked for it, its contradictions kept.
CREATE FUNCTION app.result(task app.task, batch uuid) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    kept sync.conflict[] := '{}';
BEGIN
    IF task.settled = 'open' THEN
        kept := ARRAY(SELECT c FROM app.reopen(task) AS c);
    ELSE
        IF task.settled = 'closed' AND task.outcome IN ('applied', 'merged', 'noop', 'conflict') THEN
            kept := ARRAY(SELECT c FROM app.close(task) AS c);
        END IF;
        IF task.outcome = 'conflict' THEN
            kept := kept || ARRAY(SELECT c FROM app.raised(task, batch) AS c);
        END IF;
    END IF;
    RETURN app.told_of(task) || CASE WHEN kept = '{}' THEN '{}'
        ELSE jsonb_build_object('conflicts', (SELECT jsonb_agg(app.conflict_told(c)) FROM unnest(kept) AS c)) END;
END $$;
