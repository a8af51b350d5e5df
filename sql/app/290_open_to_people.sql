-- What people's logins may call: nothing else of this schema is theirs.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.hello(jsonb), app.revision(), app.pull(bigint, int), app.conflicts(), app.rows(jsonb),
    app.digest(), app.uids(text, int), app.push(uuid, uuid, int, uuid, text, text),
    app.resolve(uuid, bigint, text, jsonb, text)
    TO resorption_officer, resorption_admin, resorption_auditor;

COMMENT ON FUNCTION app.hello(jsonb) IS 'Se présenter : qui demande, de quel espace de travail, et ce qu''il y a à faire d''abord';
COMMENT ON FUNCTION app.revision() IS 'Dernière révision';
COMMENT ON FUNCTION app.push(uuid, uuid, int, uuid, text, text) IS 'Envoyer un lot d''opérations, appliqué une fois quel que soit le nombre d''envois';
COMMENT ON FUNCTION app.resolve(uuid, bigint, text, jsonb, text) IS 'Trancher une contradiction : mine, theirs ou edit, avec {colonne: [valeur vue, valeur]}';
COMMENT ON FUNCTION app.pull(bigint, int) IS 'Ce qui a changé après une révision, par transactions entières';
COMMENT ON FUNCTION app.conflicts() IS 'Contradictions à trancher, de ce que lit qui demande';
COMMENT ON FUNCTION app.rows(jsonb) IS 'Des lignes entières, désignées par [[couche, uid], …]';
COMMENT ON FUNCTION app.digest() IS 'Nombre de lignes et empreintes réunies, par premier octet de l''uid';
COMMENT ON FUNCTION app.uids(text, int) IS 'Empreinte de chaque ligne d''une couche dont l''uid commence par un octet';
