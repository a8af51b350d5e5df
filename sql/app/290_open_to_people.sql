-- What people's logins may call: nothing else of this schema is theirs.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.hello(jsonb), app.revision(), app.pull(bigint, int), app.conflicts(), app.rows(jsonb),
    app.digest(), app.uids(text, int), app.push(uuid, uuid, int, uuid, text, text),
    app.resolve(uuid, bigint, text, jsonb, text)
    TO resorption_officer, resorption_admin, resorption_auditor;
