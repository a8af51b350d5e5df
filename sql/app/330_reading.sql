-- For other programs (QGIS without this plugin, GeoServer, reports): a view per table, without the columns of the
-- machinery but for the version and the place. Each login sees through it what it may read, and nothing more.
DO $$
DECLARE
  hidden CONSTANT name[] := '{_hash, _depts, _readers, _author}';
  told record;
BEGIN
  FOR told IN
    SELECT c.relname AS name, 'v_' || c.relname AS view, obj_description(c.oid, 'pg_class') AS comment,
      string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns,
      string_agg(format('COMMENT ON COLUMN app.%I.%I IS %L', 'v_' || c.relname, a.attname,
        col_description(c.oid, a.attnum)), '; ') AS comments
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'resorption'::regnamespace AND c.relkind = 'r'
      AND a.attname <> ALL (hidden)
    GROUP BY c.oid, c.relname
  LOOP
    EXECUTE format('CREATE VIEW app.%I WITH (security_invoker) AS SELECT %s FROM resorption.%I',
      told.view, told.columns, told.name);
    EXECUTE format('COMMENT ON VIEW app.%I IS %L', told.view, told.comment);
    EXECUTE told.comments;
    EXECUTE format('GRANT SELECT ON app.%I TO resorption_officer, resorption_admin, resorption_auditor', told.view);
  END LOOP;
END $$;
