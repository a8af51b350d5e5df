-- Access is given to logins that exist, by administrators of the shared database or by the owner of its tables.
--   RS032  only an administrator grants access
--   RS033  there is no such login
--   RS034  there is no such area, role or right; the message says which

CREATE FUNCTION app.may_grant() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT (app.is_admin() OR pg_has_role(session_user, 'resorption_owner', 'MEMBER')) THEN
    RAISE EXCEPTION 'only an administrator grants access' USING ERRCODE = 'RS032';
  END IF;
END $$;
COMMENT ON FUNCTION app.may_grant() IS 'Refuse qui n''administre pas';

CREATE FUNCTION app.department_of(commune text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT left(commune, CASE WHEN commune ~ '^9[78]' THEN 3 ELSE 2 END)
$$;
COMMENT ON FUNCTION app.department_of(text) IS 'Département d''une commune, d''après son code';

CREATE FUNCTION app.area(told text, OUT kind text, OUT code text, OUT department text)
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  a_department CONSTANT text := '(?:\d{2}|2[AB]|9[78]\d)';
BEGIN
  code := split_part(told, '@', 1);
  IF told ~ ('^' || a_department || '$') THEN
    kind := 'department';
    department := code;
  ELSIF told ~ '^(?:\d{2}|2[AB])\d{3}$' THEN
    kind := 'commune';
    department := app.department_of(code);
  ELSIF told ~ ('^\d{9}@' || a_department || '$') THEN
    kind := 'epci';
    department := split_part(told, '@', 2);
  ELSE
    RAISE EXCEPTION 'there is no area %', coalesce(told, '(null)') USING ERRCODE = 'RS034';
  END IF;
END $$;
COMMENT ON FUNCTION app.area(text) IS 'Territoire d''un texte : 31, 31555 ou 243100518@31';

CREATE FUNCTION app.access_of(of_login name) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('role', p.role, 'organisation', p.organisation, 'rights', p.rights, 'areas', coalesce(
    (SELECT jsonb_agg(a.code || CASE a.kind WHEN 'epci' THEN '@' || a.department ELSE '' END ORDER BY a.code)
     FROM sync.area AS a WHERE a.login = p.login), '[]'))
  FROM sync.person AS p WHERE p.login = of_login
$$;
COMMENT ON FUNCTION app.access_of(name) IS 'Droits d''une personne';

CREATE FUNCTION app.grant_access(login text, role text, areas text[], rights text[] DEFAULT '{}', organisation text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  former jsonb;
  groups CONSTANT text[] := ARRAY['officer', 'admin', 'auditor'];
  told text;
BEGIN
  PERFORM app.may_grant();
  IF NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = grant_access.login AND r.rolcanlogin) THEN
    RAISE EXCEPTION 'there is no login %', grant_access.login USING ERRCODE = 'RS033';
  END IF;
  IF grant_access.role IS NULL OR grant_access.role <> ALL (groups) THEN
    RAISE EXCEPTION 'there is no role %', coalesce(grant_access.role, '(null)') USING ERRCODE = 'RS034';
  END IF;
  IF NOT coalesce(grant_access.rights, '{}') <@ ARRAY['justice', 'owners'] THEN
    RAISE EXCEPTION 'there are no rights %', grant_access.rights USING ERRCODE = 'RS034';
  END IF;
  former := app.access_of(grant_access.login);
  INSERT INTO sync.person AS p (login, role, organisation, rights)
  VALUES (grant_access.login, grant_access.role, nullif(btrim(grant_access.organisation), ''),
    coalesce(grant_access.rights, '{}'))
  ON CONFLICT (login) DO UPDATE SET (role, organisation, rights, granted_at, granted_by)
    = ROW (excluded.role, excluded.organisation, excluded.rights, excluded.granted_at, excluded.granted_by);
  DELETE FROM sync.area AS a WHERE a.login = grant_access.login;
  INSERT INTO sync.area (login, kind, code, department)
  SELECT DISTINCT grant_access.login, a.kind, a.code, a.department
  FROM unnest(coalesce(grant_access.areas, '{}')) AS told, app.area(told) AS a;
  FOREACH told IN ARRAY groups LOOP
    IF told = grant_access.role THEN
      EXECUTE format('GRANT %I TO %I', 'resorption_' || told, grant_access.login);
    ELSIF app.is_direct_member(told, grant_access.login) THEN
      EXECUTE format('REVOKE %I FROM %I', 'resorption_' || told, grant_access.login);
    END IF;
  END LOOP;
  INSERT INTO sync.grant_log (login, before, after)
  VALUES (grant_access.login, former, app.access_of(grant_access.login));
END $$;
COMMENT ON FUNCTION app.grant_access(text, text, text[], text[], text) IS
  'Donne à un identifiant de connexion son rôle, ses territoires (31, 31555, 243100518@31) et ses droits en plus';

CREATE FUNCTION app.is_direct_member(of_group text, login text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM pg_auth_members AS m
    JOIN pg_roles AS g ON g.oid = m.roleid JOIN pg_roles AS r ON r.oid = m.member
    WHERE g.rolname = 'resorption_' || of_group AND r.rolname = login)
$$;
COMMENT ON FUNCTION app.is_direct_member(text, text) IS 'Dit si un identifiant est dans un groupe';

-- The groups are common to the databases of the server: another one may need them, and without a row here they open nothing.
CREATE FUNCTION app.revoke_access(login text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  former CONSTANT jsonb := app.access_of(revoke_access.login);
BEGIN
  PERFORM app.may_grant();
  IF former IS NULL THEN
    RAISE EXCEPTION 'there is no login %', revoke_access.login USING ERRCODE = 'RS033';
  END IF;
  DELETE FROM sync.person AS p WHERE p.login = revoke_access.login;
  INSERT INTO sync.grant_log (login, before) VALUES (revoke_access.login, former);
END $$;
COMMENT ON FUNCTION app.revoke_access(text) IS 'Retire tout accès à un identifiant de connexion';

GRANT EXECUTE ON FUNCTION app.grant_access(text, text, text[], text[], text), app.revoke_access(text)
  TO resorption_admin;
