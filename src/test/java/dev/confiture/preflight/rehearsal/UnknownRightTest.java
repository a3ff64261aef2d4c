package dev.confiture.preflight.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.RoleRights;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The refusals that an ordinary role gets from real servers, the oldest and the newest: what they
 * would need, while its rights are known and while they are not.
 */
final class UnknownRightTest {

  /** Refused to every role, or by the file's own code. */
  private static final String OWN = "";

  /** Rights that neither a dump nor role statements tell. */
  private static final List<String> NEVER_TOLD =
      List.of(
          "ownership of the extension", "superuser, for this setting", "a right on the tablespace");

  private static final String MEMBERSHIP = "membership in that role (a dump does not tell it)";

  /** What an ordinary role is refused, and what it would need. */
  private static final Map<String, String> NEEDED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("ALTER TABLE payroll ADD x int", "a right on payroll"),
              Map.entry("SELECT FROM payroll", "a right on payroll"),
              Map.entry("INSERT INTO guarded VALUES (2)", "BYPASSRLS"),
              Map.entry("SET row_security = off; SELECT FROM guarded", "BYPASSRLS"),
              Map.entry("SELECT FROM extension", "a right on extension"),
              Map.entry("SELECT FROM version", "a right on version"),
              Map.entry("DROP OPERATOR CLASS boss_class USING btree", "a right on boss_class"),
              Map.entry("ALTER SERVER boss_server OPTIONS (ADD a 'b')", "a right on boss_server"),
              Map.entry("SELECT to_boss()", OWN),
              Map.entry("DO $$BEGIN RAISE 'no' USING ERRCODE = '42501'; END$$", OWN),
              Map.entry("CREATE TABLE theirs.t ()", "a right on theirs"),
              Map.entry("CREATE TABLE pg_catalog.t ()", OWN),
              Map.entry("ALTER TABLE pg_class ADD x int", OWN),
              Map.entry("DO $$BEGIN ALTER TABLE pg_class ADD x int; END$$", OWN),
              Map.entry("TRUNCATE pg_class", OWN),
              Map.entry(
                  "CREATE FUNCTION pg_catalog.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                  "superuser, for PostgreSQL's own pg_catalog"),
              Map.entry(
                  "UPDATE pg_index SET indisvalid = true",
                  "superuser, for PostgreSQL's own pg_index"),
              Map.entry(
                  "DROP FUNCTION digest(text, text)",
                  "ownership of the extension (a dump does not tell it)"),
              Map.entry("ALTER DATABASE shop SET work_mem = '1MB'", "ownership of the database"),
              Map.entry("CREATE CAST (text AS point) WITH INOUT", "superuser"),
              Map.entry("DROP FUNCTION boss_function()", "a right on boss_function"),
              Map.entry("SELECT boss_function()", "a right on boss_function"),
              Map.entry("COMMENT ON TYPE boss_type IS ''", "a right on boss_type"),
              Map.entry("CREATE ROLE bob", "CREATEROLE"),
              Map.entry("DO $$BEGIN CREATE ROLE bob; END$$", "CREATEROLE"),
              Map.entry("DROP ROLE boss", "CREATEROLE"),
              Map.entry("ALTER ROLE boss RENAME TO chief", "CREATEROLE"),
              Map.entry("ALTER ROLE boss LOGIN", "CREATEROLE"),
              Map.entry("GRANT boss TO ordinary", "ADMIN OPTION or CREATEROLE, for membership"),
              Map.entry("SET ROLE boss", MEMBERSHIP),
              Map.entry("SET SESSION AUTHORIZATION boss", MEMBERSHIP),
              Map.entry("ALTER TABLE mine OWNER TO boss", MEMBERSHIP),
              Map.entry("CREATE SCHEMA s AUTHORIZATION boss", MEMBERSHIP),
              Map.entry(
                  "ALTER DEFAULT PRIVILEGES FOR ROLE boss GRANT SELECT ON TABLES TO ordinary",
                  MEMBERSHIP),
              Map.entry("CREATE EXTENSION dblink", "the right to install this extension"),
              Map.entry(
                  "CREATE EXTENSION pg_stat_statements", "the right to install this extension"),
              Map.entry(
                  "DROP EXTENSION pgcrypto",
                  "ownership of the extension (a dump does not tell it)"),
              Map.entry(
                  "COMMENT ON EXTENSION pgcrypto IS ''",
                  "ownership of the extension (a dump does not tell it)"),
              Map.entry(
                  "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION boss_event()",
                  "superuser, for an event trigger"),
              Map.entry("DROP EVENT TRIGGER boss_trigger", "superuser, for an event trigger"),
              Map.entry(
                  "ALTER TABLE mine DISABLE TRIGGER ALL",
                  "superuser, for the triggers of foreign keys"),
              Map.entry(
                  "CREATE PUBLICATION p FOR ALL TABLES",
                  "superuser, for a publication of all tables"),
              Map.entry(
                  "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false)",
                  "the right to manage subscriptions"),
              Map.entry("CREATE TABLESPACE t LOCATION '/nowhere'", "superuser, for a tablespace"),
              Map.entry("CREATE DATABASE d", "CREATEDB"),
              Map.entry("CREATE TEMP TABLE t ()", OWN),
              Map.entry("ALTER SYSTEM SET work_mem = '8MB'", "superuser, for this setting"),
              Map.entry("SET session_replication_role = replica", "superuser, for this setting"),
              Map.entry(
                  "SELECT set_config('session_replication_role', 'replica', false)",
                  "superuser, for this setting"),
              Map.entry(
                  "COPY mine FROM PROGRAM 'true'",
                  "the right to use files or programs of the server"),
              Map.entry(
                  "COPY mine TO '/tmp/x'", "the right to use files or programs of the server"),
              Map.entry(
                  "SELECT pg_read_file('/etc/passwd')",
                  "superuser, or a predefined role, for the function pg_read_file"),
              Map.entry("SELECT FROM pg_authid", "superuser, for PostgreSQL's own pg_authid"),
              Map.entry("CREATE FOREIGN DATA WRAPPER w", "superuser, for a foreign data wrapper"),
              Map.entry(
                  "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'x'",
                  "superuser, for the untrusted language c"),
              Map.entry("CREATE CAST (mood AS point) WITHOUT FUNCTION", "superuser"),
              Map.entry("CHECKPOINT", "superuser"),
              Map.entry("LOAD 'auto_explain'", "superuser")));

  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.TestServers#binaries")
  void isToldFromRightsOnObjects(Path binaries) {
    try (ExternalServer server = ExternalServer.start(binaries)) {
      ConnectionString shop = server.newDatabase("shop");
      prepare(shop);
      try (Session ordinary = Session.open(shop.withUser("ordinary", "ordinary"));
          Session asking = Session.open(shop)) {
        for (String sql : NEEDED.keySet()) {
          ServerError error =
              assertInstanceOf(Answer.Refused.class, ordinary.execute(sql), sql).error();
          Statement statement = Script.of(SourceText.of(sql)).statements().getLast();
          assertEquals("42501", error.sqlState(), sql + ": " + error.message());
          String needed = NEEDED.get(sql);
          for (RoleRights rights : RoleRights.values()) {
            assertEquals(
                rights == RoleRights.KNOWN && NEVER_TOLD.stream().noneMatch(needed::startsWith)
                    ? OWN
                    : needed,
                UnknownRight.of(statement, error, asking::query, rights)
                    .map(UnknownRight::needed)
                    .orElse(OWN),
                sql + ", " + rights + ": " + error.message());
          }
        }
      }
    }
  }

  private static void prepare(ConnectionString shop) {
    try (Session session = Session.open(shop)) {
      session.run(
          "CREATE ROLE boss; CREATE ROLE ordinary LOGIN PASSWORD 'ordinary'; CREATE SCHEMA theirs; CREATE TABLE payroll ();"
              + " CREATE TABLE mine (id int PRIMARY KEY, up int REFERENCES mine);"
              + " ALTER TABLE mine OWNER TO ordinary; CREATE TABLE guarded (id int);"
              + " GRANT ALL ON guarded TO ordinary; ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;"
              + " CREATE FUNCTION boss_function() RETURNS int LANGUAGE sql AS 'SELECT 1';"
              + " REVOKE ALL ON FUNCTION boss_function() FROM PUBLIC;"
              + " CREATE FUNCTION boss_event() RETURNS event_trigger LANGUAGE plpgsql"
              + " AS 'BEGIN END'; CREATE TABLE extension (); CREATE TABLE version ();"
              + " CREATE OPERATOR CLASS boss_class FOR TYPE int4 USING btree AS OPERATOR 1 <;"
              + " CREATE FOREIGN DATA WRAPPER w0; CREATE SERVER boss_server FOREIGN DATA WRAPPER w0;"
              + " CREATE FUNCTION to_boss() RETURNS void SECURITY DEFINER LANGUAGE plpgsql"
              + " AS 'BEGIN SET ROLE boss; END'; CREATE TYPE boss_type AS ENUM ();"
              + " CREATE EVENT TRIGGER boss_trigger ON ddl_command_end EXECUTE FUNCTION boss_event();"
              + " CREATE EXTENSION pgcrypto; CREATE TYPE mood AS ENUM (); ALTER TYPE mood OWNER TO"
              + " ordinary; REVOKE TEMP ON DATABASE shop FROM PUBLIC;"
              + " GRANT CREATE ON DATABASE shop TO ordinary; GRANT CREATE ON SCHEMA public"
              + " TO ordinary");
    }
  }
}
