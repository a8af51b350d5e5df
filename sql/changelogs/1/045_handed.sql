-- What a person cannot send and hands to the administrators: their values, kept apart from the data.
CREATE TABLE sync.handed (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  who name NOT NULL DEFAULT session_user,
  at timestamptz(3) NOT NULL DEFAULT now(),
  device uuid NOT NULL,
  tbl text NOT NULL,
  uid uuid NOT NULL,
  title text NOT NULL DEFAULT '' CHECK (length(title) <= 300),
  cause text NOT NULL CHECK (length(cause) <= 100),
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 4000),
  image text NOT NULL CHECK (octet_length(image) <= 262144),
  comment text NOT NULL DEFAULT '' CHECK (length(comment) <= 4000),
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'settled')),
  settled_by name,
  settled_at timestamptz(3),
  answer text CHECK (length(answer) <= 4000)
);
-- handed twice, a row waits once
CREATE UNIQUE INDEX handed_open_idx ON sync.handed (who, tbl, uid) WHERE state = 'open';
COMMENT ON TABLE sync.handed IS 'Lignes refusées, remises aux administrateurs : lues par leur auteur et par eux seuls';
COMMENT ON COLUMN sync.handed.id IS 'Remise';
COMMENT ON COLUMN sync.handed.who IS 'Identifiant de connexion de qui remet';
COMMENT ON COLUMN sync.handed.at IS 'Remise le';
COMMENT ON COLUMN sync.handed.device IS 'Espace de travail';
COMMENT ON COLUMN sync.handed.tbl IS 'Table';
COMMENT ON COLUMN sync.handed.uid IS 'Ligne';
COMMENT ON COLUMN sync.handed.title IS 'Nom de la ligne et de sa commune, pour les gens';
COMMENT ON COLUMN sync.handed.cause IS 'Pourquoi l''espace de travail l''a mise de côté';
COMMENT ON COLUMN sync.handed.reason IS 'Motif, dans la langue de qui remet';
COMMENT ON COLUMN sync.handed.image IS 'Valeurs, en JSON : un texte, car elles peuvent être ce que la base ne sait pas tenir';
COMMENT ON COLUMN sync.handed.comment IS 'Commentaire de qui remet';
COMMENT ON COLUMN sync.handed.state IS 'open : à traiter ; settled : réglée';
COMMENT ON COLUMN sync.handed.settled_by IS 'Réglée par';
COMMENT ON COLUMN sync.handed.settled_at IS 'Réglée le';
COMMENT ON COLUMN sync.handed.answer IS 'Réponse de l''administrateur';
