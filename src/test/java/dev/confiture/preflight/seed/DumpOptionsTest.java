package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.problem.Problem.SandboxProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps of one small database, made with pg_dump's options and by its other versions. */
final class DumpOptionsTest {

  private static final String OBJECTS =
      "SELECT relname FROM pg_class WHERE relnamespace = 'lib'::regnamespace ORDER BY 1";

  @RegisterExtension static final RestoreServer SERVER = RestoreServer.start();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lending-clean.sql",
        "lending-clean-if-exists-create.sql",
        "lending-no-owner-no-privileges.sql"
      })
  void optionsThatLeaveTheObjectsAlone(String dump) {
    Restored lending = SERVER.restoreDump(dump);
    lending.assertNoGap();
    assertWhole(lending);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lending-clean.sql", "lending-clean-if-exists-create.sql"})
  void cleanKeepsOwnersAndRights(String dump) {
    Restored lending = SERVER.restoreDump(dump);
    assertEquals(List.of("librarian", "reader"), lending.seeded().stubRoles());
    assertEquals(
        "librarian|t|f",
        lending.askOne(
            "SELECT relowner::regrole, has_table_privilege('reader', oid, 'SELECT'),"
                + " has_table_privilege('reader', oid, 'INSERT') FROM pg_class"
                + " WHERE oid = 'lib.books'::regclass"));
  }

  @Test
  void noOwnerAndNoPrivilegesNeedNoRole() {
    Restored lending = SERVER.restoreDump("lending-no-owner-no-privileges.sql");
    assertEquals(List.of(), lending.seeded().stubRoles());
    assertEquals(
        List.of("preflight_test|NULL"),
        lending.ask(
            "SELECT DISTINCT relowner::regrole, relacl FROM pg_class"
                + " WHERE relnamespace = 'lib'::regnamespace"));
  }

  @Test
  void firstSectionHasTablesWithoutIndexes() {
    Restored lending = SERVER.restoreDump("lending-pre-data.sql");
    lending.assertNoGap();
    assertEquals(List.of("books", "lent", "loans", "loans_id_seq"), lending.ask(OBJECTS));
  }

  @Test
  void lastSectionAloneIsNoSchema() {
    SandboxProblem problem =
        assertThrows(SandboxProblem.class, () -> SERVER.restoreDump("lending-post-data.sql"));
    assertEquals(
        "nothing of "
            + RestoreServer.dump("lending-post-data.sql")
            + " could be restored: relation \"lib.books\" does not exist",
        problem.text());
    assertTrue(
        problem.hint().orElse("").endsWith("The statement is at line 27"),
        problem.hint()::toString);
  }

  @Test
  void sectionsOneAfterTheOtherAreWhole() throws IOException {
    Restored lending =
        SERVER.restore(
            Files.readString(RestoreServer.dump("lending-pre-data.sql"))
                + Files.readString(RestoreServer.dump("lending-post-data.sql")));
    lending.assertNoGap();
    assertWhole(lending);
  }

  /** {@code pg_dump --schema=public}. */
  @Test
  void schemaThatInitdbHasMade() {
    Restored restored =
        SERVER.restore(
            """
            CREATE SCHEMA public;
            ALTER SCHEMA public OWNER TO pg_database_owner;
            COMMENT ON SCHEMA public IS 'standard public schema';
            CREATE TABLE public.t (id integer);
            """);
    restored.assertNoGap();
    assertEquals(List.of("t"), restored.tables());
  }

  /** Of pg_dump 18, 11 and 9.6: one side or the other is always unknown to the SERVER. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET transaction_timeout = 0;",
        "SET later_version_timeout = 0;",
        "SET default_with_oids = false;",
        "SET default_table_access_method = heap;",
        "CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;\n"
            + "COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language';"
      })
  void headerOfAnotherVersion(String header) {
    Restored restored = SERVER.restore(header + "\nCREATE TABLE public.t (id integer);\n");
    restored.assertNoGap();
    assertEquals(List.of("t"), restored.tables());
  }

  @Test
  void unknownSettingThatNoVersionWritesIsToldOf() {
    assertEquals(
        List.of("2: unrecognized configuration parameter \"no_such_setting\""),
        SERVER.restore("CREATE TABLE t (id int);\nSET no_such_setting = 1;\n").gaps());
  }

  /** Since August 2025, against CVE-2025-8714. */
  @Test
  void restrictLinesAreNotSent() {
    Restored restored =
        SERVER.restore(
            """
            \\restrict a1B2c3
            CREATE TABLE public.t (id integer);
            \\unrestrict a1B2c3
            \\connect shop
            \\restrict a1B2c3
            CREATE TABLE public.u (id integer);
            \\unrestrict a1B2c3
            """);
    restored.assertNoGap();
    assertEquals(List.of(), restored.seeded().notes());
    assertEquals(List.of("t", "u"), restored.tables());
  }

  @Test
  void severalDatabasesOfPgDumpallAreToldOf() {
    assertEquals(
        List.of("the schema file holds several databases, all restored into one: shop, wiki"),
        SERVER
            .restore(
                """
                \\connect template1
                \\connect postgres
                \\connect shop
                CREATE TABLE t (id int);
                \\connect wiki
                CREATE TABLE u (id int);
                """)
            .seeded()
            .notes());
  }

  private static void assertWhole(Restored lending) {
    assertEquals(
        List.of("books", "books_pkey", "lent", "loans", "loans_book", "loans_id_seq", "loans_pkey"),
        lending.ask(OBJECTS));
    assertEquals(
        "loans_book_fkey", lending.askOne("SELECT conname FROM pg_constraint WHERE contype = 'f'"));
    assertEquals(
        "loans_note", lending.askOne("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"));
  }
}
