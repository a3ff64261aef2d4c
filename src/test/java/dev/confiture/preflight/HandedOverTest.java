package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a schema file hands over to the migrations beside it, or leaves for the engine to call:
 * rights on PostgreSQL's own objects, functions in the name of somebody else, casts and operators
 * that the engine's own questions would use. Each leaves a file if it runs with a superuser's
 * rights.
 */
final class HandedOverTest {

  /** On an external server a superuser beside the one of the URL, with a password. */
  private static final String BOSS = "boss";

  private static final String SCHEMA =
      """
      CREATE SCHEMA evil;
      GRANT USAGE ON SCHEMA evil TO PUBLIC;
      CREATE FUNCTION evil.hit(name text) RETURNS int LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('COPY (SELECT 1) TO PROGRAM %L', 'touch FOLDER/' || name);
        RETURN 1;
      EXCEPTION WHEN insufficient_privilege THEN
        RETURN 1;
      END $$;
      CREATE TABLE users (id int PRIMARY KEY, email text);
      ALTER TABLE users OWNER TO app;
      CREATE TABLE others (id int PRIMARY KEY, email text);
      ALTER TABLE others OWNER TO app;
      CREATE TABLE odd (id int);
      ALTER TABLE odd OWNER TO "all";
      CREATE TABLE odder (id int);
      ALTER TABLE odder OWNER TO "current_user";

      CREATE FUNCTION evil.as_role() RETURNS int LANGUAGE sql SECURITY DEFINER
        AS $$SELECT evil.hit('as_role')$$;
      ALTER FUNCTION evil.as_role() OWNER TO pg_execute_server_program;
      CREATE FUNCTION evil.as_boss() RETURNS int LANGUAGE sql SECURITY DEFINER
        AS $$SELECT evil.hit('as_boss')$$;
      ALTER FUNCTION evil.as_boss() OWNER TO boss;
      CREATE FUNCTION evil.as_guest() RETURNS void LANGUAGE sql SECURITY DEFINER
        AS $$ALTER ROLE guest PASSWORD 'taken'$$;
      ALTER FUNCTION evil.as_guest() OWNER TO guest;
      CREATE MATERIALIZED VIEW evil.refreshed AS SELECT evil.hit('refreshed') WITH NO DATA;
      ALTER MATERIALIZED VIEW evil.refreshed OWNER TO boss;

      CREATE FUNCTION evil.shown(int) RETURNS text LANGUAGE sql
        AS $$SELECT evil.hit('cast_of_int')::text$$;
      CREATE CAST (int AS text) WITH FUNCTION evil.shown(int);
      CREATE FUNCTION evil.shown(regclass) RETURNS text LANGUAGE sql
        AS $$SELECT evil.hit('cast_of_regclass')::text$$;
      CREATE CAST (regclass AS text) WITH FUNCTION evil.shown(regclass);
      CREATE CAST (bytea AS jsonb) WITHOUT FUNCTION;
      CREATE TYPE evil.version AS (x text);
      CREATE FUNCTION evil.shown(evil.version) RETURNS text LANGUAGE sql
        AS $$SELECT evil.hit('cast_of_version')::text$$;
      CREATE CAST (evil.version AS text) WITH FUNCTION evil.shown(evil.version);
      CREATE TABLE schema_migrations (version evil.version);
      ALTER TABLE schema_migrations OWNER TO app;
      COPY schema_migrations FROM stdin;
      (99)
      \\.
      CREATE FUNCTION evil.lower(regclass, regclass) RETURNS bool LANGUAGE sql IMMUTABLE
        AS $$SELECT $1::oid < $2::oid$$;
      CREATE FUNCTION evil.compare(regclass, regclass) RETURNS int LANGUAGE plpgsql IMMUTABLE
        AS $$BEGIN PERFORM evil.hit('compare'); RETURN 0; END$$;
      CREATE OPERATOR evil.< (leftarg = regclass, rightarg = regclass, function = evil.lower);
      CREATE OPERATOR CLASS evil.ops DEFAULT FOR TYPE regclass USING btree AS
        OPERATOR 1 evil.<, FUNCTION 1 evil.compare(regclass, regclass);

      COMMENT ON EXTENSION plpgsql IS E'a'
        '\\' '; COPY (SELECT 1) TO PROGRAM 'touch FOLDER/continued'; SELECT '1'; --';
      BEGIN;
      SET standard_conforming_strings = off;
      ROLLBACK;
      COMMENT ON EXTENSION plpgsql IS 'a\\'; COPY (SELECT 1) TO PROGRAM
        $program$touch FOLDER/not_off$program$; --';
      SET standard_conforming_strings = on;

      GRANT CREATE ON SCHEMA pg_catalog TO PUBLIC;
      GRANT CREATE ON SCHEMA U&"pg\\005fcatalog" TO PUBLIC;
      ALTER SCHEMA pg_catalog OWNER TO app;
      GRANT EXECUTE ON FUNCTION pg_catalog.lo_export(oid, text) TO PUBLIC;
      GRANT ALL ON ALL FUNCTIONS IN SCHEMA pg_catalog TO PUBLIC;
      ALTER FUNCTION lo_export(oid, text) OWNER TO app;
      GRANT SELECT ON pg_authid TO PUBLIC;
      GRANT SELECT (rolpassword) ON pg_catalog.pg_authid TO app;
      ALTER VIEW pg_catalog.pg_shadow OWNER TO app;
      SET allow_system_table_mods = on;
      ALTER TABLE pg_catalog.pg_authid OWNER TO app;

      CREATE EXTENSION dblink;
      GRANT EXECUTE ON FUNCTION dblink_connect_u(text) TO PUBLIC;

      CREATE ROLE app IN ROLE boss, pg_execute_server_program;
      ALTER ROLE ALL SET work_mem = '77MB';
      ALTER ROLE CURRENT_USER SET work_mem = '77MB';
      ALTER ROLE U&"\\0062oss" SET work_mem = '77MB';
      GRANT app TO U&"\\0062oss";
      DO $$ BEGIN
        EXECUTE 'CREATE ROLE sneaky LOGIN PASSWORD ''x''';
      EXCEPTION WHEN insufficient_privilege THEN NULL;
      END $$;
      """;

  private static final List<String> MIGRATIONS =
      List.of(
          "SELECT evil.as_role();",
          "SELECT evil.as_boss();",
          "SELECT evil.as_guest();",
          "SET ROLE boss; SELECT evil.hit('set_role');",
          "CREATE FUNCTION pg_catalog.trap(oid, int) RETURNS bool LANGUAGE plpgsql AS $$ BEGIN"
              + " PERFORM evil.hit('trap'); RETURN $1::bigint >= $2; END $$; CREATE OPERATOR"
              + " pg_catalog.>= (leftarg = oid, rightarg = int, function = pg_catalog.trap);",
          "CREATE TABLE content AS SELECT lo_from_bytea(0, 'x') AS id;",
          "DO $$ BEGIN PERFORM lo_export(id, 'FOLDER/exported') FROM content; END $$;",
          "GRANT EXECUTE ON FUNCTION lo_export(oid, text) TO CURRENT_USER;"
              + " SELECT lo_export(id, 'FOLDER/exported') FROM content;",
          "DO $$ BEGIN RAISE '%', (SELECT string_agg(rolpassword, ' ') FROM pg_authid); END $$;",
          "DO $$ BEGIN RAISE '%', (SELECT string_agg(passwd, ' ') FROM pg_shadow); END $$;",
          "SELECT dblink_exec('host=127.0.0.1 port=PORT dbname=shop user=boss"
              + " password=kept-secret', 'CREATE TABLE taken (id int)');",
          "DO $$ BEGIN IF (SELECT count(*) FROM users) = 0 THEN RAISE 'no rows'; END IF; END $$;",
          "INSERT INTO users VALUES (1), (1);",
          "ALTER TABLE users ALTER COLUMN id TYPE evil.nothing;",
          "SELECT nextval('nothing'), nope FROM users;",
          "CREATE INDEX CONCURRENTLY i ON users (email);");

  @TempDir private Path folder;
  @RegisterExtension private final TraceFolder struck = new TraceFolder();

  static List<Path> servers() {
    return TestServers.binaries();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void nothingOnTheEmbeddedServer(Path binaries) throws IOException {
    assertNothingStruck(Preflight.rehearse(options(SCHEMA, "1").withBinaries(binaries)));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void nothingOnAnExternalServer(Path binaries) throws IOException {
    try (ExternalServer server = ExternalServer.start(binaries)) {
      ConnectionString shop = withOthers(server);
      ServerState before = ServerState.of(shop);
      Report report = Preflight.rehearse(options(SCHEMA, port(shop)).withAgainst(shop));
      assertNothingStruck(report);
      assertEquals(List.of(), report.remains());
      ServerState.assertUnchanged(before, ServerState.of(shop));
    }
  }

  /** The owner of most tables, or of the ledger, is who migrates: never a superuser by that. */
  @Test
  void notTheRoleThatMigrates() throws IOException {
    try (ExternalServer server = ExternalServer.start()) {
      ConnectionString shop = withOthers(server);
      ServerState before = ServerState.of(shop);
      for (String owner : List.of(BOSS, "pg_execute_server_program")) {
        Report report =
            Preflight.rehearse(
                options(
                        SCHEMA.substring(0, SCHEMA.indexOf("CREATE TABLE odd "))
                            + "ALTER TABLE users OWNER TO NAME; ALTER TABLE others OWNER TO NAME;"
                                .replace("NAME", owner),
                        port(shop))
                    .withAgainst(shop));
        assertNothingStruck(report);
      }
      ServerState.assertUnchanged(before, ServerState.of(shop));
    }
  }

  private static String port(ConnectionString server) {
    return server.hosts().getFirst().port();
  }

  private static ConnectionString withOthers(ExternalServer server) {
    ConnectionString shop = server.newDatabase("shop");
    try (Session session = Session.open(shop)) {
      session.run("CREATE ROLE boss SUPERUSER LOGIN PASSWORD 'kept-secret'; CREATE ROLE guest");
    }
    return shop;
  }

  private Options options(String schema, String port) throws IOException {
    Path migrations = Files.createDirectories(folder.resolve("migrations"));
    int number = 1;
    for (String migration : MIGRATIONS) {
      Files.writeString(
          migrations.resolve("%03d_tries.sql".formatted(number++)),
          migration.replace("FOLDER", struck.toString()).replace("PORT", port) + "\n");
    }
    Path file = folder.resolve("schema.sql");
    Files.writeString(file, schema.replace("FOLDER", struck.toString()));
    return Options.of(migrations).withSchemaFile(file).with(Map.copyOf(System.getenv()));
  }

  private void assertNothingStruck(Report report) throws IOException {
    String json = JsonReport.write(report);
    assertEquals(List.of(), struck.names(), json);
    assertEquals(MIGRATIONS.size(), report.migrations().size(), json);
    assertFalse(json.contains("SCRAM-SHA-256$"), json);
  }
}
