-- Takes the shared database away, with everything in it: nobody gets it back but from a backup.
-- The roles stay: other databases of the server may need them (DROP ROLE removes them once none does).
DROP SCHEMA app CASCADE;
DROP SCHEMA maps CASCADE;
DROP SCHEMA resorption CASCADE;
DROP SCHEMA sync CASCADE;
ALTER DEFAULT PRIVILEGES FOR ROLE resorption_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
