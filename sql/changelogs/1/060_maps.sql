-- Projects of QGIS stored for those who only look: a schema of its own, which no upgrade makes anew. The table is the
-- one that QGIS makes and looks for by this name. A stored project shows what its reader may read, and nothing more:
-- the rows are those of the views, asked with the reader's own login.
COMMENT ON SCHEMA maps IS 'Projets QGIS enregistrés dans la base : lus par tous les comptes, écrits par les administrateurs';
GRANT USAGE ON SCHEMA maps TO resorption_officer, resorption_admin, resorption_auditor;

CREATE TABLE maps.qgis_projects (name text PRIMARY KEY, metadata jsonb, content bytea);
COMMENT ON TABLE maps.qgis_projects IS 'Projets QGIS, comme QGIS les enregistre';
COMMENT ON COLUMN maps.qgis_projects.name IS 'Nom du projet';
COMMENT ON COLUMN maps.qgis_projects.metadata IS 'Quand et par qui il a été enregistré, d''après QGIS';
COMMENT ON COLUMN maps.qgis_projects.content IS 'Fichier .qgz du projet';
GRANT SELECT ON maps.qgis_projects TO resorption_officer, resorption_admin, resorption_auditor;
GRANT INSERT, UPDATE, DELETE ON maps.qgis_projects TO resorption_admin;
