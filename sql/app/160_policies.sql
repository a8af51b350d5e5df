-- Reading widens to the department, writing is the exact area; of a row without a place only its author and
-- administrators know. Functions in a policy stand in a sub-query: they are asked once per statement.
DO $$
DECLARE
  name text;
  reads CONSTANT text := '(SELECT app.reads_all()) OR (
    (SELECT app.my_role()) IS NOT NULL AND (SELECT app.may_open(%L))
    AND _depts <@ (SELECT app.my_departments())
    AND (_readers IS NULL OR _readers && (SELECT app.my_names())))';
  writes CONSTANT text := '(SELECT app.is_admin()) OR (
    (SELECT app.my_role()) = ''officer'' AND (SELECT app.may_open(%L))
    AND _depts <@ (SELECT app.my_departments())
    AND (_readers IS NULL OR _readers && (SELECT app.my_names()))
    AND (ARRAY[_dept, _epci || ''@'' || _dept, _commune || ''@'' || _dept] && (SELECT app.my_places())
      OR (_dept IS NULL AND _author = session_user)))';
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'resorption' ORDER BY 1 LOOP
    EXECUTE format('ALTER TABLE resorption.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('DROP POLICY IF EXISTS machinery ON resorption.%I', name);
    EXECUTE format('CREATE POLICY machinery ON resorption.%I TO resorption_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY reading ON resorption.%I FOR SELECT
      TO resorption_writer, resorption_officer, resorption_admin, resorption_auditor USING (%s)',
      name, format(reads, name));
    EXECUTE format('CREATE POLICY adding ON resorption.%I FOR INSERT
      TO resorption_writer, resorption_admin WITH CHECK (%s)', name, format(writes, name));
    EXECUTE format('CREATE POLICY changing ON resorption.%I FOR UPDATE
      TO resorption_writer, resorption_admin USING (%s) WITH CHECK (%s)',
      name, format(writes, name), format(writes, name));
    EXECUTE format('CREATE POLICY removing ON resorption.%I FOR DELETE
      TO resorption_writer, resorption_admin USING (%s)', name, format(writes, name));
  END LOOP;
END $$;

DO $$
DECLARE
  told record;
  -- as app.reads(), with its functions asked once per statement
  reads CONSTANT text := '(depts%1$s <@ (SELECT app.my_departments())
    AND (readers%1$s IS NULL OR readers%1$s && (SELECT app.my_names())))';
  rule text;
BEGIN
  FOR told IN
    SELECT * FROM (VALUES
      ('log', format(reads, '_old') || ' OR ' || format(reads, '_new')),
      ('tombstone', format(reads, '')),
      ('conflict', format(reads, ''))) AS t (name, test)
  LOOP
    rule := format('(SELECT app.reads_all()) OR ((SELECT app.my_role()) IS NOT NULL
      AND tbl <> ALL ((SELECT app.closed_tables())::text[]) AND (%s))', told.test);
    EXECUTE format('ALTER TABLE sync.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', told.name);
    EXECUTE format('DROP POLICY IF EXISTS machinery ON sync.%I', told.name);
    EXECUTE format('CREATE POLICY machinery ON sync.%I TO resorption_owner USING (true) WITH CHECK (true)', told.name);
    EXECUTE format('CREATE POLICY reading ON sync.%I FOR SELECT
      TO resorption_writer, resorption_admin, resorption_auditor USING (%s)', told.name, rule);
    IF told.name = 'conflict' THEN
      EXECUTE format('CREATE POLICY raising ON sync.conflict FOR INSERT TO resorption_writer WITH CHECK (%s)', rule);
      EXECUTE format('CREATE POLICY settling ON sync.conflict FOR UPDATE TO resorption_writer USING (%s)', rule);
    END IF;
  END LOOP;
END $$;

GRANT SELECT ON ALL TABLES IN SCHEMA resorption TO resorption_writer, resorption_officer, resorption_admin, resorption_auditor;
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA resorption TO resorption_writer, resorption_admin;
GRANT SELECT ON ALL TABLES IN SCHEMA sync TO resorption_writer, resorption_auditor;
GRANT SELECT ON sync.head, sync.tx, sync.log, sync.tombstone, sync.device, sync.batch, sync.conflict, sync.person,
  sync.area, sync.grant_log TO resorption_admin;
GRANT INSERT, UPDATE ON sync.batch, sync.conflict, sync.device, sync.blob, sync.blob_chunk TO resorption_writer;
GRANT DELETE ON sync.blob, sync.blob_chunk TO resorption_writer;

GRANT USAGE ON SCHEMA app TO resorption_writer, resorption_officer, resorption_admin, resorption_auditor;
GRANT EXECUTE ON FUNCTION app.my_role(), app.is_admin(), app.reads_all(), app.my_departments(), app.my_areas(),
  app.my_places(), app.my_names(), app.has_right(text), app.right_for(text), app.may_open(text), app.closed_tables(),
  app.scope(),
  app.reads(text, text[], text[])
  TO resorption_writer, resorption_officer, resorption_admin, resorption_auditor;
GRANT EXECUTE ON FUNCTION app.current_tx(), app.sign_tx(uuid, uuid) TO resorption_writer;
