-- The roles, common to all the databases of the server: made where they are missing, never changed.
DO $$
DECLARE
  told record;
BEGIN
  FOR told IN
    SELECT * FROM (VALUES
      ('resorption_owner', 'Résorption : possède les tables et les fonctions'),
      ('resorption_writer', 'Résorption : écrit ce que les espaces de travail envoient, dans les droits de qui demande'),
      ('resorption_officer', 'Résorption : agents'),
      ('resorption_admin', 'Résorption : administrent les droits et toutes les données'),
      ('resorption_auditor', 'Résorption : lisent tout, n''écrivent rien')) AS t (name, comment)
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = told.name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOBYPASSRLS', told.name);
      EXECUTE format('COMMENT ON ROLE %I IS %L', told.name, told.comment);
    END IF;
  END LOOP;
  -- the owner hands functions over to the writer, and people into the groups
  FOR told IN
    SELECT * FROM (VALUES
      ('resorption_writer', false), ('resorption_officer', true), ('resorption_admin', true),
      ('resorption_auditor', true)) AS t (name, is_given)
  LOOP
    IF NOT EXISTS (
      SELECT FROM pg_auth_members
      WHERE roleid = told.name::regrole AND member = 'resorption_owner'::regrole AND admin_option >= told.is_given
    ) THEN
      EXECUTE format('GRANT %I TO resorption_owner %s', told.name,
        CASE WHEN told.is_given THEN 'WITH ADMIN OPTION' END);
    END IF;
  END LOOP;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT resorption_owner TO %I', current_user);
  END IF;
END $$;
