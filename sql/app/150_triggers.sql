-- Every table of the data is stamped, logged, and never emptied at once, whoever writes and however.
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'resorption' ORDER BY 1 LOOP
    EXECUTE format('CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON resorption.%I
      FOR EACH ROW EXECUTE FUNCTION app.%I()', name, name || '_stamp');
    EXECUTE format('CREATE TRIGGER inserted AFTER INSERT ON resorption.%I REFERENCING NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION app.%I()', name, name || '_written');
    EXECUTE format('CREATE TRIGGER updated AFTER UPDATE ON resorption.%I
      REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION app.%I()', name, name || '_written');
    EXECUTE format('CREATE TRIGGER deleted AFTER DELETE ON resorption.%I REFERENCING OLD TABLE AS old_rows
      FOR EACH STATEMENT EXECUTE FUNCTION app.%I()', name, name || '_written');
    EXECUTE format('ALTER TABLE resorption.%I ENABLE ALWAYS TRIGGER stamp, ENABLE ALWAYS TRIGGER inserted,
      ENABLE ALWAYS TRIGGER updated, ENABLE ALWAYS TRIGGER deleted', name);
  END LOOP;
  FOR name IN
    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('resorption', 'sync') ORDER BY 1
  LOOP
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %s
      FOR EACH STATEMENT EXECUTE FUNCTION app.refuse()', name);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER never_emptied', name);
  END LOOP;
  -- of each part of the log too: it may be named in a statement
  FOR name IN
    SELECT tgrelid::regclass::text FROM pg_trigger
    WHERE tgname = 'keep' AND tgrelid::regclass::text IN (
      SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'sync')
    ORDER BY 1
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER keep', name);
  END LOOP;
END $$;
