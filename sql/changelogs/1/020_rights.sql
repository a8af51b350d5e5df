-- Who may do what: one row per login, and the places where it works.
CREATE TABLE sync.person (
  login name PRIMARY KEY,
  role text NOT NULL CHECK (role IN ('officer', 'admin', 'auditor')),
  organisation text,
  rights text[] NOT NULL DEFAULT '{}' CHECK (rights <@ ARRAY['justice', 'owners']),
  granted_at timestamptz(3) NOT NULL DEFAULT now(),
  granted_by name NOT NULL DEFAULT session_user
);
COMMENT ON TABLE sync.person IS 'Personnes : un identifiant de connexion chacune';
COMMENT ON COLUMN sync.person.login IS 'Identifiant de connexion à PostgreSQL';
COMMENT ON COLUMN sync.person.role IS 'officer : agent ; admin : administre ; auditor : lit tout, n''écrit rien';
COMMENT ON COLUMN sync.person.organisation IS 'Structure : ouvre les messages qui lui sont adressés';
COMMENT ON COLUMN sync.person.rights IS 'Droits en plus : justice (procédures), owners (propriétaires)';
COMMENT ON COLUMN sync.person.granted_at IS 'Depuis';
COMMENT ON COLUMN sync.person.granted_by IS 'Accordé par';

CREATE TABLE sync.area (
  login name NOT NULL REFERENCES sync.person ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('department', 'epci', 'commune')),
  code text NOT NULL,
  department text NOT NULL,
  PRIMARY KEY (login, kind, code, department)
);
COMMENT ON TABLE sync.area IS 'Territoires où une personne écrit ; elle lit tout leur département';
COMMENT ON COLUMN sync.area.login IS 'Identifiant de connexion';
COMMENT ON COLUMN sync.area.kind IS 'department, epci ou commune';
COMMENT ON COLUMN sync.area.code IS 'Code du département, de l''EPCI (SIREN) ou de la commune (INSEE)';
COMMENT ON COLUMN sync.area.department IS 'Département du territoire';

CREATE TABLE sync.grant_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz(3) NOT NULL DEFAULT now(),
  who name NOT NULL DEFAULT session_user,
  login name NOT NULL,
  before jsonb,
  after jsonb
);
COMMENT ON TABLE sync.grant_log IS 'Journal des droits accordés et retirés';
COMMENT ON COLUMN sync.grant_log.id IS 'Numéro';
COMMENT ON COLUMN sync.grant_log.at IS 'Instant';
COMMENT ON COLUMN sync.grant_log.who IS 'Qui a accordé ou retiré';
COMMENT ON COLUMN sync.grant_log.login IS 'À qui';
COMMENT ON COLUMN sync.grant_log.before IS 'Droits avant';
COMMENT ON COLUMN sync.grant_log.after IS 'Droits après';
