package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.session.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a schema file may not do with a superuser's session, though the server would let it. */
final class RefusedStatementsTest {

  @RegisterExtension static final RestoreServer SERVER = RestoreServer.start();

  /** What all databases share, and what the tests of this class try to change. */
  private static List<String> cluster() {
    return SERVER
        .query(
            "SELECT 'database ' || datname || datdba || coalesce(datacl::text, '') FROM pg_database"
                + " WHERE datname NOT LIKE 'restored%' UNION ALL SELECT 'comment ' || description"
                + " FROM pg_shdescription UNION ALL SELECT 'setting ' || setconfig::text FROM"
                + " pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = setdatabase WHERE"
                + " datname IS NULL OR datname NOT LIKE 'restored%' UNION ALL SELECT 'tablespace '"
                + " || spcname || coalesce(spcoptions::text, '') FROM pg_tablespace UNION ALL"
                + " SELECT 'file ' || name || setting FROM pg_file_settings UNION ALL SELECT"
                + " 'subscription ' || subname FROM pg_subscription ORDER BY 1")
        .stream()
        .map((Row row) -> row.text(0))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          COPY t FROM PROGRAM 'echo 1';                             | COPY to or from the server's files or programs
          COPY t FROM 'PG_VERSION';                                 | COPY to or from the server's files or programs
          COPY (SELECT 1) TO PROGRAM 'cat';                         | COPY to or from the server's files or programs
          ALTER SYSTEM SET work_mem = '7MB';                        | ALTER SYSTEM
          LOAD 'auto_explain';                                      | LOAD
          GRANT pg_read_server_files TO stub;                       | membership in a role for the server's files and programs
          GRANT pg_monitor, "pg_execute_server_program" TO stub;    | membership in a role for the server's files and programs
          CREATE FUNCTION f(internal) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_inline_handler'; | a function in C
          CREATE OR REPLACE FUNCTION f(int, int) RETURNS int LANGUAGE "internal" AS 'int4pl'; | a function in C
          CREATE FUNCTION f(int, int) RETURNS int AS 'int4pl' LANGUAGE 'INTERNAL'; | a function in C
          CREATE FUNCTION f(int, int) RETURNS int LANGUAGE E'\\x69nternal' AS 'int4pl'; | a function in C
          CREATE FUNCTION f(int, int) RETURNS int LANGUAGE U&"\\0069nternal" AS 'int4pl'; | a function in C
          CREATE FUNCTION f(language int, int) RETURNS int LANGUAGE internal AS 'int4pl'; | a function in C
          """)
  void reachingOutIsAGapAtItsLine(String statement, String what) {
    List<String> before = cluster();
    Restored restored =
        SERVER.restore("CREATE TABLE t (x text);\n" + statement + "\nCREATE TABLE u (id int);\n");
    assertEquals(
        List.of("2: " + what + " is not restored: it reaches out of the database"),
        restored.gaps());
    assertEquals(List.of("t", "u"), restored.tables());
    assertEquals("0", restored.askOne("SELECT count(*) FROM t"));
    assertEquals("0", restored.askOne("SELECT count(*) FROM pg_proc WHERE proname = 'f'"));
    assertEquals(
        "0",
        restored.askOne(
            "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = member"
                + " WHERE rolname = 'stub'"));
    assertEquals(
        "0",
        restored
            .restoring()
            .query("SELECT count(*) FROM pg_settings WHERE name LIKE 'auto_explain.%'")
            .getFirst()
            .text(0));
    assertEquals(before, cluster());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FUNCTION f(language text) RETURNS text LANGUAGE sql AS 'SELECT $1';",
        "CREATE FUNCTION f(c text) RETURNS text AS 'SELECT $1' LANGUAGE 'sql';",
        "CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'LANGUAGE c'; END $$;"
      })
  void functionsOfOtherLanguagesAreRestored(String function) {
    Restored restored = SERVER.restore(function);
    restored.assertNoGap();
    assertEquals("1", restored.askOne("SELECT count(*) FROM pg_proc WHERE proname = 'f'"));
  }

  @Test
  void lostFunctionInCTakesItsTriggerWithIt() {
    Restored restored =
        SERVER.restore(
            """
            CREATE TABLE t (id int);
            CREATE FUNCTION native() RETURNS trigger LANGUAGE c AS '$libdir/native', 'native';
            CREATE TRIGGER changed BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION native();
            """);
    assertEquals(List.of("FUNCTION native", "TRIGGER t.changed"), restored.lost());
    assertEquals(2, restored.seeded().gaps().getFirst().position().line());
  }

  /** They belong to the cluster, and a schema does not need them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE DATABASE other;",
        "DROP DATABASE postgres;",
        "ALTER DATABASE postgres OWNER TO stub;",
        "ALTER DATABASE shop SET TABLESPACE pg_default;",
        "GRANT ALL ON DATABASE postgres TO stub;",
        "REVOKE CONNECT ON DATABASE postgres FROM PUBLIC;",
        "COMMENT ON DATABASE postgres IS 'changed';",
        "COMMENT ON ROLE pg_monitor IS 'changed';",
        "COMMENT ON TABLESPACE pg_default IS 'changed';",
        "CREATE TABLESPACE fast LOCATION '/nowhere';",
        "ALTER TABLESPACE pg_default SET (random_page_cost = 1);",
        "ALTER ROLE ALL SET work_mem = '7MB';",
        "ALTER DATABASE postgres SET work_mem = '7MB';",
        "ALTER SUBSCRIPTION s DISABLE;"
      })
  void objectsOfTheClusterStayAsTheyAre(String statement) {
    List<String> before = cluster();
    Restored restored = SERVER.restore("CREATE TABLE t (id int);\n" + statement + "\n");
    restored.assertNoGap();
    assertEquals(List.of("t"), restored.tables());
    assertEquals(before, cluster());
  }

  @Test
  void subscriptionsAreKnownAsLost() {
    List<String> before = cluster();
    Restored restored =
        SERVER.restore(
            "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 password=no-secret' PUBLICATION p"
                + " WITH (connect = false);");
    assertEquals(List.of("SUBSCRIPTION s"), restored.lost());
    assertEquals(
        "CREATE SUBSCRIPTION s CONNECTION", restored.seeded().gaps().getFirst().statement());
    assertEquals(before, cluster());
  }

  @Test
  void whatRolesOwnStaysTheirs() {
    Restored restored =
        SERVER.restore(
            """
            CREATE TABLE t (id int);
            ALTER TABLE t OWNER TO owner;
            REASSIGN OWNED BY owner TO other;
            DROP OWNED BY owner CASCADE;
            DROP ROLE IF EXISTS other;
            DROP USER other;
            """);
    restored.assertNoGap();
    assertEquals(
        "owner", restored.askOne("SELECT relowner::regrole FROM pg_class WHERE relname = 't'"));
  }

  @Test
  void tableMayBeNamedAsAKindOfTheCluster() {
    Restored restored =
        SERVER.restore(
            """
            CREATE TABLE subscription (id int);
            CREATE TABLE role (id int);
            GRANT SELECT ON subscription TO reader;
            GRANT SELECT ON role, subscription TO editor;
            GRANT INSERT ON public.role TO editor;
            """);
    restored.assertNoGap();
    assertEquals(
        List.of(
            "role|editor|INSERT",
            "role|editor|SELECT",
            "subscription|editor|SELECT",
            "subscription|reader|SELECT"),
        restored.ask(
            "SELECT relname, grantee::regrole, privilege_type FROM pg_class, aclexplode(relacl)"
                + " WHERE grantee <> relowner AND relnamespace = 'public'::regnamespace"
                + " ORDER BY relname, grantee::regrole::text, privilege_type"));
  }

  @Test
  void otherServersAreNotDialled() {
    Restored restored =
        SERVER.restore(
            """
            CREATE EXTENSION postgres_fdw;
            CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1');
            CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (user 'u', password 'secret');
            IMPORT FOREIGN SCHEMA public FROM SERVER far INTO public;
            CREATE FOREIGN TABLE away (id int) SERVER far;
            """);
    assertEquals("0", restored.askOne("SELECT count(*) FROM pg_user_mapping"));
    assertEquals("away", restored.askOne("SELECT ftrelid::regclass FROM pg_foreign_table"));
    assertEquals(
        List.of(
            "3: user mappings of the schema are left out: they hold secrets",
            "4: IMPORT FOREIGN SCHEMA is left out: it would connect to another server"),
        restored.gaps());
    assertEquals(
        "CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS",
        restored.seeded().gaps().getFirst().statement());
  }
}
