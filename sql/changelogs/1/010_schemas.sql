-- The three schemas: what people write, what keeps it, and what is dropped and made again at each upgrade.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

COMMENT ON SCHEMA resorption IS 'Données partagées : une table par couche';
COMMENT ON SCHEMA sync IS 'Journal, révisions, droits et échanges de la base partagée';
COMMENT ON SCHEMA app IS 'Fonctions, vues et déclencheurs : recréé à chaque mise à niveau';

GRANT USAGE ON SCHEMA resorption TO resorption_writer, resorption_officer, resorption_admin, resorption_auditor;
GRANT USAGE ON SCHEMA sync TO resorption_writer, resorption_admin, resorption_auditor;

-- A list as it travels: the codes of the value list in its order, then strangers by code point, each once.
CREATE FUNCTION sync.in_order(codes text[], known text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT array_agg(code ORDER BY array_position(known, code), code COLLATE "C")
  FROM (SELECT DISTINCT code FROM unnest(codes) AS code WHERE code IS NOT NULL) AS told
$$;
COMMENT ON FUNCTION sync.in_order(text[], text[]) IS 'Une liste de choix dans l''ordre où elle s''échange';
-- a constraint asks it in the name of whoever writes
GRANT EXECUTE ON FUNCTION sync.in_order(text[], text[]) TO resorption_writer, resorption_admin;
