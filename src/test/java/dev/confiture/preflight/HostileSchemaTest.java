package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Code of a schema file runs while it is restored, and has no superuser's rights: each way in tries
 * to run a program that leaves a file.
 */
final class HostileSchemaTest {

  /** Leaves a file, if its caller may; says that it could not, if the rights decide. */
  private static final String STRIKE =
      """
      CREATE SCHEMA evil;
      CREATE FUNCTION evil.hit(name text) RETURNS int LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('COPY (SELECT 1) TO PROGRAM %L', 'touch FOLDER/' || name);
        RETURN 1;
      EXCEPTION WHEN insufficient_privilege THEN
        IF name LIKE 'raises%' THEN RAISE; END IF;
        RETURN 1;
      END $$;
      CREATE FUNCTION evil.strike(name text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
      BEGIN RETURN evil.hit(name); END $$;
      CREATE FUNCTION evil.trigger() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM evil.strike(TG_ARGV[0]); RETURN NEW; END $$;
      CREATE FUNCTION evil.event() RETURNS event_trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM evil.strike('event_' || txid_current()); END $$;
      CREATE TABLE filled (id int);
      COPY filled FROM stdin;
      1
      \\.
      """;

  private static final List<String> ATTACKS =
      List.of(
          "DO $$ BEGIN PERFORM evil.strike('block'); END $$;",
          "DO $$ BEGIN PERFORM evil.strike('raises_block'); END $$;",
          "SELECT evil.strike('select');",
          "CREATE INDEX ON filled (evil.strike('index_' || id));",
          "CREATE TABLE t1 AS SELECT evil.strike('table_as');",
          "ALTER TABLE filled ADD COLUMN a int DEFAULT evil.strike('default_' || now());",
          "ALTER TABLE filled ADD COLUMN b int, OWNER TO somebody;",
          "ALTER TABLE filled ADD COLUMN c int DEFAULT evil.strike('raises_owner'), OWNER TO x;",
          "ALTER TABLE filled ADD CHECK (evil.strike('check') = 1);",
          "CREATE MATERIALIZED VIEW m AS SELECT evil.strike('materialized');",
          "CREATE MATERIALIZED VIEW l AS SELECT evil.strike('later') WITH NO DATA;",
          "CREATE TABLE t2 (id int);\nCREATE TRIGGER t BEFORE INSERT ON t2 FOR EACH ROW"
              + " EXECUTE FUNCTION evil.trigger('copied');\nALTER TABLE t2 ENABLE ALWAYS TRIGGER t;"
              + "\nCOPY t2 FROM stdin;\n1\n\\.",
          "CREATE TABLE t3 (id int);\nCREATE TRIGGER t BEFORE INSERT ON t3 FOR EACH ROW"
              + " EXECUTE FUNCTION evil.trigger('raises_copied');\nALTER TABLE t3 ENABLE ALWAYS"
              + " TRIGGER t;\nCOPY t3 FROM stdin;\n1\n\\.",
          "CREATE FUNCTION evil.proof() RETURNS int LANGUAGE sql LEAKPROOF SECURITY DEFINER"
              + " AS $$SELECT evil.strike('leakproof')$$;\nSELECT evil.proof();",
          "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION evil.event();"
              + "\nALTER EVENT TRIGGER e ENABLE ALWAYS;\nCOMMENT ON DATABASE shop IS 'x';"
              + "\nGRANT SELECT ON filled TO somebody;",
          "CREATE FUNCTION evil.set_config(text, text, bool) RETURNS text LANGUAGE sql"
              + " AS $$SELECT evil.strike('set_config')::text$$;\nSET search_path = evil, pg_catalog;"
              + "\nSELECT set_config('work_mem', '5MB', false);\nRESET search_path;",
          "CREATE FUNCTION evil.quote_ident(name) RETURNS text LANGUAGE sql"
              + " AS $$SELECT evil.strike('quote_ident')::text$$;\nCREATE FUNCTION"
              + " evil.quote_ident(text) RETURNS text LANGUAGE sql AS $$SELECT"
              + " evil.strike('quote_ident')::text$$;\nSET search_path = evil, pg_catalog;"
              + "\nCREATE FOREIGN DATA WRAPPER w;\nCREATE EXTENSION hstore;\nRESET search_path;",
          "CREATE FUNCTION evil.validate(text[], oid) RETURNS void LANGUAGE sql"
              + " AS $$SELECT evil.strike('validate_' || $2)$$;"
              + "\nCREATE FOREIGN DATA WRAPPER w1 VALIDATOR evil.validate OPTIONS (a 'b');"
              + "\nCREATE FOREIGN DATA WRAPPER w2 VALIDATOR evil.validate;"
              + "\nALTER FOREIGN DATA WRAPPER w2 OPTIONS (ADD a 'b');"
              + "\nCREATE SERVER s1 FOREIGN DATA WRAPPER w2 OPTIONS (a 'b');"
              + "\nALTER SERVER s1 OPTIONS (ADD c 'd');",
          "RESET ROLE; RESET SESSION AUTHORIZATION; SET SESSION AUTHORIZATION DEFAULT;"
              + " SELECT evil.strike('reset');",
          "CREATE FUNCTION evil.member() RETURNS int LANGUAGE sql SECURITY DEFINER"
              + " AS $$SELECT evil.strike('member')$$;"
              + "\nALTER EXTENSION plpgsql ADD FUNCTION evil.member();",
          "DO $$ BEGIN CREATE EXTENSION citext; ALTER EXTENSION citext ADD FUNCTION evil.event();"
              + " EXCEPTION WHEN OTHERS THEN NULL; END $$;",
          "CREATE FUNCTION evil.kept() RETURNS int LANGUAGE sql SECURITY DEFINER"
              + " AS $$SELECT evil.strike('kept')$$;",
          "CREATE TABLE parted (id int) PARTITION BY LIST (id);\nCREATE TABLE rest PARTITION OF"
              + " parted DEFAULT;\nINSERT INTO parted SELECT evil.strike('partition');",
          "CREATE DOMAIN d AS int CHECK (evil.strike('domain') = 1);\nSELECT 1::d;",
          "CREATE CAST (text AS int) WITH FUNCTION evil.strike(text) AS IMPLICIT;"
              + "\nCOMMENT ON CAST (text AS int) IS 'cast';",
          "BEGIN; SET LOCAL work_mem = '5MB'; SELECT evil.strike('in_transaction'); COMMIT;",
          "CREATE ROLE climber SUPERUSER; GRANT pg_execute_server_program TO climber;"
              + "\nSET ROLE climber; SELECT evil.strike('climber'); RESET ROLE;",
          "DO $$ BEGIN EXECUTE 'ALTER ROLE ' || current_user || ' SUPERUSER';"
              + " PERFORM evil.strike('promoted'); EXCEPTION WHEN OTHERS THEN NULL; END $$;");

  @TempDir private Path folder;
  @RegisterExtension private final TraceFolder struck = new TraceFolder();

  static Stream<Path> servers() {
    return TestServers.binaries().stream();
  }

  private Options options() throws IOException {
    Path schema = folder.resolve("schema.sql");
    Files.writeString(schema, script() + String.join("\n", ATTACKS) + "\n");
    Path migrations = Files.createDirectory(folder.resolve("migrations"));
    Files.writeString(
        migrations.resolve("1_calls.sql"),
        """
        SELECT evil.kept();
        SELECT evil.proof();
        DO $$ BEGIN PERFORM evil.member(); EXCEPTION WHEN undefined_function THEN NULL; END $$;
        CREATE TABLE fires_the_event_trigger ();
        """);
    return Options.of(migrations).withSchemaFile(schema).with(System.getenv());
  }

  /** So that the others can fail. */
  @Test
  void aSuperuserWouldStrike() throws IOException {
    try (ExternalServer server = ExternalServer.start();
        Session superuser = Session.open(server.newDatabase("shop"))) {
      superuser.run(script().replaceAll("(?s)COPY filled.*$", ""));
      superuser.run("SELECT evil.strike('superuser')");
      assertEquals(List.of("superuser"), struck.names());
    }
  }

  private String script() {
    return STRIKE.replace("FOLDER", struck.toString());
  }

  @ParameterizedTest
  @MethodSource("servers")
  void ofTheEmbeddedServer(Path binaries) throws IOException {
    assertNothingStruck(Preflight.rehearse(options().withBinaries(binaries)));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void ofAnExternalServer(Path binaries) throws IOException {
    try (ExternalServer server = ExternalServer.start(binaries)) {
      ConnectionString shop = server.newDatabase("shop");
      ServerState before = ServerState.of(shop);
      Report report = Preflight.rehearse(options().withAgainst(shop));
      assertNothingStruck(report);
      assertEquals(List.of(), report.remains());
      ServerState.assertUnchanged(before, ServerState.of(shop));
    }
  }

  private void assertNothingStruck(Report report) throws IOException {
    String json = JsonReport.write(report);
    assertEquals(List.of(), struck.names(), json);
    assertEquals(List.of("passed"), SavepointProject.outcomes(report), json);
  }
}
