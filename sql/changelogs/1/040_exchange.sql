-- What workspaces send, and what came of it.
CREATE TABLE sync.device (
  device uuid PRIMARY KEY,
  login name NOT NULL,
  counter bigint NOT NULL DEFAULT 0,
  plugin_version text NOT NULL DEFAULT '',
  schema_version integer NOT NULL,
  cursor bigint NOT NULL DEFAULT 0,
  first_seen timestamptz(3) NOT NULL DEFAULT now(),
  last_seen timestamptz(3) NOT NULL DEFAULT now()
);
COMMENT ON TABLE sync.device IS 'Espaces de travail qui se sont présentés';
COMMENT ON COLUMN sync.device.device IS 'Espace de travail';
COMMENT ON COLUMN sync.device.login IS 'Identifiant de connexion';
COMMENT ON COLUMN sync.device.counter IS 'Nombre de fois qu''il s''est présenté : une copie se trahit';
COMMENT ON COLUMN sync.device.plugin_version IS 'Version de l''extension';
COMMENT ON COLUMN sync.device.schema_version IS 'Version du modèle de données';
COMMENT ON COLUMN sync.device.cursor IS 'Dernière révision reçue';
COMMENT ON COLUMN sync.device.first_seen IS 'Vu la première fois';
COMMENT ON COLUMN sync.device.last_seen IS 'Vu la dernière fois';

CREATE TABLE sync.batch (
  batch uuid PRIMARY KEY,
  who name NOT NULL DEFAULT session_user,
  device uuid NOT NULL,
  sha256 text NOT NULL,
  epoch uuid NOT NULL,
  tx_id bigint,
  rev bigint,
  result jsonb NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX batch_rev_idx ON sync.batch (rev);
COMMENT ON TABLE sync.batch IS 'Lots reçus, et ce que chaque opération est devenue';
COMMENT ON COLUMN sync.batch.batch IS 'Lot';
COMMENT ON COLUMN sync.batch.who IS 'Identifiant de connexion';
COMMENT ON COLUMN sync.batch.device IS 'Espace de travail';
COMMENT ON COLUMN sync.batch.sha256 IS 'Empreinte de ce qui a été envoyé';
COMMENT ON COLUMN sync.batch.epoch IS 'Époque de la base';
COMMENT ON COLUMN sync.batch.tx_id IS 'Transaction';
COMMENT ON COLUMN sync.batch.rev IS 'Révision';
COMMENT ON COLUMN sync.batch.result IS 'Réponse';
COMMENT ON COLUMN sync.batch.at IS 'Reçu le';

CREATE TABLE sync.conflict (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  batch uuid NOT NULL,
  op_no integer NOT NULL,
  tbl text NOT NULL,
  uid uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('same_field', 'delete_vs_edit', 'edit_vs_delete', 'insert_clash')),
  grp text NOT NULL DEFAULT '',
  base jsonb NOT NULL DEFAULT '{}',
  mine jsonb NOT NULL DEFAULT '{}',
  theirs jsonb NOT NULL DEFAULT '{}',
  theirs_ver bigint,
  theirs_by name,
  theirs_at timestamptz(3),
  depts text[] NOT NULL,
  readers text[],
  raised_by name NOT NULL DEFAULT session_user,
  raised_at timestamptz(3) NOT NULL DEFAULT now(),
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'resolved')),
  resolved_by name,
  resolved_at timestamptz(3),
  choice text CHECK (choice IN ('mine', 'theirs', 'edit')),
  resolution jsonb,
  comment text,
  tx_id bigint NOT NULL,
  UNIQUE (batch, op_no, grp)
);
CREATE INDEX conflict_row_idx ON sync.conflict (uid, tbl);
CREATE INDEX conflict_tx_idx ON sync.conflict (tx_id);
COMMENT ON TABLE sync.conflict IS 'Contradictions, ouvertes ou tranchées';
COMMENT ON COLUMN sync.conflict.id IS 'Contradiction';
COMMENT ON COLUMN sync.conflict.batch IS 'Lot qui l''a révélée';
COMMENT ON COLUMN sync.conflict.op_no IS 'Opération du lot';
COMMENT ON COLUMN sync.conflict.tbl IS 'Table';
COMMENT ON COLUMN sync.conflict.uid IS 'Ligne';
COMMENT ON COLUMN sync.conflict.kind IS 'Ce qui contredit quoi';
COMMENT ON COLUMN sync.conflict.grp IS 'Groupe de colonnes ; vide : toute la ligne';
COMMENT ON COLUMN sync.conflict.base IS 'Valeurs d''avant';
COMMENT ON COLUMN sync.conflict.mine IS 'Valeurs envoyées';
COMMENT ON COLUMN sync.conflict.theirs IS 'Valeurs de la base partagée ; aucune : supprimée';
COMMENT ON COLUMN sync.conflict.theirs_ver IS 'Version de la ligne de la base partagée ; vide : supprimée';
COMMENT ON COLUMN sync.conflict.theirs_by IS 'Qui avait écrit la valeur de la base partagée';
COMMENT ON COLUMN sync.conflict.theirs_at IS 'Quand';
COMMENT ON COLUMN sync.conflict.depts IS 'Départements à lire';
COMMENT ON COLUMN sync.conflict.readers IS 'Seuls lecteurs ; vide : tous';
COMMENT ON COLUMN sync.conflict.raised_by IS 'Qui a envoyé';
COMMENT ON COLUMN sync.conflict.raised_at IS 'Quand';
COMMENT ON COLUMN sync.conflict.status IS 'open : à trancher ; resolved : tranchée';
COMMENT ON COLUMN sync.conflict.resolved_by IS 'Tranchée par';
COMMENT ON COLUMN sync.conflict.resolved_at IS 'Tranchée le';
COMMENT ON COLUMN sync.conflict.choice IS 'mine : valeurs envoyées ; theirs : de la base ; edit : autres';
COMMENT ON COLUMN sync.conflict.resolution IS 'Valeurs retenues';
COMMENT ON COLUMN sync.conflict.comment IS 'Commentaire';
COMMENT ON COLUMN sync.conflict.tx_id IS 'Transaction qui l''a changée en dernier';

CREATE TABLE sync.blob (
  sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint NOT NULL CHECK (bytes BETWEEN 0 AND 20971520),
  complete boolean NOT NULL DEFAULT false,
  author name NOT NULL DEFAULT session_user,
  at timestamptz(3) NOT NULL DEFAULT now()
);
COMMENT ON TABLE sync.blob IS 'Contenus des photos';
COMMENT ON COLUMN sync.blob.sha256 IS 'Empreinte du contenu';
COMMENT ON COLUMN sync.blob.bytes IS 'Taille (o)';
COMMENT ON COLUMN sync.blob.complete IS 'Reçu en entier et vérifié';
COMMENT ON COLUMN sync.blob.author IS 'Envoyé par';
COMMENT ON COLUMN sync.blob.at IS 'Commencé le';

CREATE TABLE sync.blob_chunk (
  sha256 text NOT NULL REFERENCES sync.blob ON DELETE CASCADE,
  no integer NOT NULL CHECK (no >= 0),
  data bytea NOT NULL CHECK (length(data) <= 1048576),
  PRIMARY KEY (sha256, no)
);
-- photos are compressed already
ALTER TABLE sync.blob_chunk ALTER COLUMN data SET STORAGE EXTERNAL;
COMMENT ON TABLE sync.blob_chunk IS 'Morceaux des contenus, de 1 Mio au plus';
COMMENT ON COLUMN sync.blob_chunk.sha256 IS 'Contenu';
COMMENT ON COLUMN sync.blob_chunk.no IS 'Rang, depuis 0';
COMMENT ON COLUMN sync.blob_chunk.data IS 'Octets';
