-- Revisions are given in the order of commits: a reader that sees revision n sees every one below.
CREATE TABLE sync.head (
  one integer PRIMARY KEY DEFAULT 1 CHECK (one = 1),
  rev bigint NOT NULL DEFAULT 0,
  hash text NOT NULL DEFAULT '',
  epoch uuid NOT NULL DEFAULT gen_random_uuid(),
  schema_version integer NOT NULL,
  min_client integer NOT NULL,
  min_rev bigint NOT NULL DEFAULT 0,
  installed_at timestamptz(3) NOT NULL DEFAULT now()
);
INSERT INTO sync.head (schema_version, min_client) VALUES (1, 1);
COMMENT ON TABLE sync.head IS 'État de la base partagée : une seule ligne';
COMMENT ON COLUMN sync.head.one IS 'Toujours 1';
COMMENT ON COLUMN sync.head.rev IS 'Dernière révision';
COMMENT ON COLUMN sync.head.hash IS 'Empreinte de la chaîne à la dernière révision';
COMMENT ON COLUMN sync.head.epoch IS 'Change quand une sauvegarde est restaurée';
COMMENT ON COLUMN sync.head.schema_version IS 'Version du modèle de données';
COMMENT ON COLUMN sync.head.min_client IS 'Plus ancienne version du modèle encore acceptée d''un espace de travail';
COMMENT ON COLUMN sync.head.min_rev IS 'Le journal est complet après cette révision';
COMMENT ON COLUMN sync.head.installed_at IS 'Installée le';

-- xid and at together name the running transaction: an xid comes back after a restored backup, not at the same instant
CREATE TABLE sync.tx (
  tx_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at timestamptz NOT NULL DEFAULT transaction_timestamp(),
  who name NOT NULL DEFAULT session_user,
  device uuid,
  batch uuid,
  digest bytea,
  rev bigint UNIQUE,
  hash text,
  UNIQUE (xid, at)
) WITH (fillfactor = 70);
COMMENT ON TABLE sync.tx IS 'Transactions qui ont écrit, chaînées par leur empreinte';
COMMENT ON COLUMN sync.tx.tx_id IS 'Numéro de la transaction';
COMMENT ON COLUMN sync.tx.xid IS 'Transaction de PostgreSQL';
COMMENT ON COLUMN sync.tx.at IS 'Début de la transaction';
COMMENT ON COLUMN sync.tx.who IS 'Identifiant de connexion';
COMMENT ON COLUMN sync.tx.device IS 'Espace de travail ; vide : SQL direct';
COMMENT ON COLUMN sync.tx.batch IS 'Lot reçu ; vide : SQL direct';
COMMENT ON COLUMN sync.tx.digest IS 'SHA-256 des lignes du journal de la transaction';
COMMENT ON COLUMN sync.tx.rev IS 'Révision, donnée quand la transaction s''achève';
COMMENT ON COLUMN sync.tx.hash IS 'SHA-256 de la transaction et de la précédente';

-- The log is what workspaces pull and what auditors read. Images hold wire values (U: the columns that changed).
CREATE TABLE sync.log (
  tx_id bigint NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  tbl text NOT NULL,
  uid uuid NOT NULL,
  op "char" NOT NULL CHECK (op IN ('I', 'U', 'D')),
  ver bigint NOT NULL,
  depts_old text[],
  depts_new text[],
  readers_old text[],
  readers_new text[],
  old jsonb,
  new jsonb,
  PRIMARY KEY (tx_id, seq)
) PARTITION BY RANGE (tx_id);
CREATE INDEX log_row_idx ON sync.log (uid, tbl, tx_id);
COMMENT ON TABLE sync.log IS 'Journal : chaque écriture, ce qu''elle a changé, et qui peut le lire';
COMMENT ON COLUMN sync.log.tx_id IS 'Transaction';
COMMENT ON COLUMN sync.log.seq IS 'Ordre';
COMMENT ON COLUMN sync.log.tbl IS 'Table';
COMMENT ON COLUMN sync.log.uid IS 'Ligne';
COMMENT ON COLUMN sync.log.op IS 'I : création ; U : modification ; D : suppression';
COMMENT ON COLUMN sync.log.ver IS 'Version de la ligne après l''écriture';
COMMENT ON COLUMN sync.log.depts_old IS 'Départements à lire pour lire la ligne, avant';
COMMENT ON COLUMN sync.log.depts_new IS 'Départements à lire pour lire la ligne, après';
COMMENT ON COLUMN sync.log.readers_old IS 'Seuls lecteurs, avant ; vide : tous';
COMMENT ON COLUMN sync.log.readers_new IS 'Seuls lecteurs, après ; vide : tous';
COMMENT ON COLUMN sync.log.old IS 'Valeurs avant : toutes (D), ou celles qui ont changé (U)';
COMMENT ON COLUMN sync.log.new IS 'Valeurs après : toutes (I), ou celles qui ont changé (U)';

-- lz4 halves the time of a large load; some servers were built without it
DO $$
BEGIN
  ALTER TABLE sync.log ALTER COLUMN old SET COMPRESSION lz4, ALTER COLUMN new SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  NULL;
END $$;

DO $$
DECLARE
  size CONSTANT bigint := 100000;
  partitions CONSTANT integer := 32;
BEGIN
  FOR n IN 0 .. partitions - 1 LOOP
    EXECUTE format('CREATE TABLE sync.%I PARTITION OF sync.log FOR VALUES FROM (%s) TO (%s)', 'log_' || n,
      CASE n WHEN 0 THEN 'MINVALUE' ELSE (n * size)::text END,
      CASE n WHEN partitions - 1 THEN 'MAXVALUE' ELSE ((n + 1) * size)::text END);
    EXECUTE format('COMMENT ON TABLE sync.%I IS %L', 'log_' || n, 'Journal : partie ' || n);
  END LOOP;
END $$;

CREATE TABLE sync.tombstone (
  tbl text NOT NULL,
  uid uuid NOT NULL,
  tx_id bigint NOT NULL,
  ver bigint NOT NULL,
  depts text[] NOT NULL,
  readers text[],
  last jsonb NOT NULL,
  PRIMARY KEY (uid, tbl)
);
COMMENT ON TABLE sync.tombstone IS 'Lignes supprimées, avec ce qu''elles contenaient';
COMMENT ON COLUMN sync.tombstone.tbl IS 'Table';
COMMENT ON COLUMN sync.tombstone.uid IS 'Ligne';
COMMENT ON COLUMN sync.tombstone.tx_id IS 'Transaction qui l''a supprimée';
COMMENT ON COLUMN sync.tombstone.ver IS 'Version : celle de la ligne, plus un';
COMMENT ON COLUMN sync.tombstone.depts IS 'Départements à lire';
COMMENT ON COLUMN sync.tombstone.readers IS 'Seuls lecteurs ; vide : tous';
COMMENT ON COLUMN sync.tombstone.last IS 'Dernières valeurs';
