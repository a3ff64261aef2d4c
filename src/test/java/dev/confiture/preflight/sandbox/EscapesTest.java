package dev.confiture.preflight.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a migration from a stranger's pull request tries on an external SERVER. */
final class EscapesTest {

  private static final RoleChoice ANY = RoleChoice.of(Optional.empty(), Optional.empty());
  private static final Map<String, String> SETTINGS = Map.of("lock_timeout", "200ms");

  private static final Sandbox SERVER = Sandbox.start(Servers.newest(), System.getenv());
  private static String superuser = "";

  @BeforeAll
  static void prepare() {
    try (Session admin = Session.open(SERVER.administrator())) {
      superuser = texts(admin, "SELECT current_user").getFirst();
      admin.run(
          "CREATE ROLE app PASSWORD 'app'; CREATE ROLE dev LOGIN CREATEDB PASSWORD 'dev';"
              + " ALTER ROLE app SET work_mem = '3MB'");
      admin.run("CREATE DATABASE shop OWNER app");
      admin.run("CREATE DATABASE other OWNER dev");
      admin.run("CREATE DATABASE colleague OWNER dev");
    }
    try (Session admin = Session.open(SERVER.administrator().withDatabase("shop"))) {
      admin.run("CREATE TABLE item (id int); ALTER TABLE item OWNER TO app");
    }
    try (Session admin = Session.open(SERVER.administrator().withDatabase("other"))) {
      admin.run("CREATE TABLE item (id int); ALTER TABLE item OWNER TO dev");
    }
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void noSessionOfAMigrationComesBackToTheSuperuser() {
    List<String> before = state();
    String back = "SET SESSION AUTHORIZATION " + Identifiers.quote(superuser);
    Sandbox sandbox = connect(SERVER.administrator().withDatabase("shop"));
    try (MigratedDatabase clone = sandbox.prepare(Isolation.CLONE, ANY, SETTINGS);
        Session migrating = clone.openMigrating()) {
      assertEquals(new MigrationRole("app", "owner of most tables (1 of 1)", false), clone.role());
      assertEquals(List.of("3MB"), texts(migrating, "SHOW work_mem"));
      for (String escape :
          List.of(
              "RESET SESSION AUTHORIZATION",
              "SET SESSION AUTHORIZATION DEFAULT",
              "RESET ROLE",
              "DO $$ BEGIN EXECUTE 'RESET SESSION AUTHORIZATION'; END $$",
              "DISCARD ALL")) {
        migrating.run(escape);
        assertEquals(
            List.of("off f f f"),
            texts(
                migrating,
                "SELECT current_setting('is_superuser') || ' ' || concat_ws(' ', rolsuper,"
                    + " rolcreaterole, rolcreatedb) FROM pg_roles WHERE rolname = session_user"),
            escape);
        for (String refused :
            List.of(
                back,
                "SET ROLE " + Identifiers.quote(superuser),
                "SELECT set_config('session_authorization', '" + superuser + "', false)",
                "SELECT set_config('role', '" + superuser + "', false)",
                "ALTER ROLE " + Identifiers.quote(superuser) + " PASSWORD 'x'",
                "ALTER ROLE dev PASSWORD 'x'",
                "CREATE ROLE boss SUPERUSER",
                "ALTER SYSTEM SET work_mem = '77MB'",
                "COPY (SELECT 1) TO PROGRAM 'true'",
                "DROP DATABASE other")) {
          assertTrue(
              List.of("42501", "22023").contains(refusal(migrating, refused)),
              escape + "; " + refused);
        }
        clone.settle(migrating);
        assertEquals(List.of("app"), texts(migrating, "SELECT current_user"));
        assertEquals(List.of("3MB"), texts(migrating, "SHOW work_mem"));
      }
    }
    sandbox.close();
    assertEquals(List.of(), sandbox.remains());
    assertEquals(List.of(), sandbox.changes());
    assertEquals(before, state());
  }

  @Test
  void databasesThatTheRoleOwnsAreNeitherDroppedNorRenamed() {
    List<String> before = state();
    for (Isolation isolation : List.of(Isolation.CLONE, Isolation.SAVEPOINT)) {
      Sandbox sandbox = connect(SERVER.administrator().withDatabase("shop"));
      try (MigratedDatabase clone = sandbox.prepare(isolation, ANY, SETTINGS);
          Session migrating = clone.openMigrating()) {
        for (String drop :
            List.of(
                "DROP DATABASE shop",
                "DROP DATABASE shop WITH (FORCE)",
                "ALTER DATABASE shop RENAME TO gone")) {
          assertTrue(
              List.of("55P03", "55006", "42501", "0A000").contains(refusal(migrating, drop)),
              isolation + ": " + drop);
        }
        try (Session beside = Session.open(SERVER.administrator().withDatabase("shop"))) {
          assertEquals(List.of("1"), texts(beside, "SELECT 1"), "others are not kept waiting");
        }
      }
      sandbox.close();
      assertEquals(List.of(), sandbox.changes());
    }
    assertEquals(before, state());
  }

  @Test
  void passwordAndSettingsOfTheRoleArePutBack() {
    List<String> before = state();
    Sandbox sandbox = connect(SERVER.administrator().withDatabase("shop"));
    try (MigratedDatabase clone = sandbox.prepare(Isolation.CLONE, ANY, SETTINGS)) {
      try (Session migrating = clone.openMigrating()) {
        migrating.run("ALTER ROLE app PASSWORD 'taken'; ALTER ROLE app SET work_mem = '9MB'");
        migrating.run("RESET ROLE; ALTER ROLE CURRENT_USER PASSWORD 'taken'");
      }
      try (Session next = clone.openMigrating()) {
        assertEquals(List.of("app"), texts(next, "SELECT current_user"));
      }
    }
    sandbox.close();
    assertEquals(List.of(), sandbox.changes());
    assertEquals(before, state());
  }

  @Test
  void whatAnOrdinaryUserChangesElsewhereIsNamed() {
    ConnectionString url = SERVER.administrator().withUser("dev", "dev").withDatabase("other");
    Sandbox sandbox = connect(url);
    try (MigratedDatabase clone = sandbox.prepare(Isolation.CLONE, ANY, SETTINGS);
        Session migrating = clone.openMigrating()) {
      assertEquals("dev", clone.role().name());
      for (String refused :
          List.of("DROP DATABASE other", "ALTER DATABASE colleague RENAME TO colleague2")) {
        assertEquals("55P03", refusal(migrating, refused), refused);
      }
      migrating.run("ALTER DATABASE other SET search_path = evil");
      migrating.run("COMMENT ON DATABASE other IS 'hacked'");
      migrating.run("REVOKE CONNECT ON DATABASE colleague FROM PUBLIC");
      migrating.run("CREATE DATABASE left_by_migration");
      migrating.run("ALTER ROLE dev PASSWORD 'changed'");
    }
    sandbox.close();
    assertEquals(
        List.of(
            "database colleague has other rights",
            "database left_by_migration is new",
            "database other has another comment",
            "password of role dev differs: it cannot log in any more",
            "setting search_path in database other differs: made by this run or by somebody else,"
                + " and left"),
        sandbox.changes().stream().sorted().toList());
    try (Session admin = Session.open(SERVER.administrator())) {
      admin.run(
          "ALTER ROLE dev PASSWORD 'dev'; ALTER DATABASE other RESET search_path; COMMENT ON"
              + " DATABASE other IS NULL; GRANT CONNECT ON DATABASE colleague TO PUBLIC");
      admin.run("DROP DATABASE left_by_migration");
    }
  }

  /** The next run drops what bears the mark of an earlier one: nothing that was there before it. */
  @Test
  void aForgedMarkIsNamedAndCostsNobodyADatabase() {
    ConnectionString url = SERVER.administrator().withUser("dev", "dev").withDatabase("other");
    Sandbox sandbox = connect(url);
    try (MigratedDatabase clone = sandbox.prepare(Isolation.CLONE, ANY, SETTINGS);
        Session migrating = clone.openMigrating()) {
      migrating.run(
          "COMMENT ON DATABASE colleague IS 'made by Preflight for the run"
              + " preflight_1_aaaaaaaaaaaa'");
      migrating.run("CREATE DATABASE preflight_1_bbbbbbbbbbbbbb");
    }
    sandbox.close();
    assertEquals(
        List.of(
            "database colleague has another comment", "database preflight_1_bbbbbbbbbbbbbb is new"),
        sandbox.changes().stream().sorted().toList());
    connect(url).close();
    connect(SERVER.administrator().withDatabase("shop")).close();
    try (Session admin = Session.open(SERVER.administrator())) {
      assertEquals(
          List.of("1"), texts(admin, "SELECT 1 FROM pg_database WHERE datname = 'colleague'"));
      admin.run("COMMENT ON DATABASE colleague IS NULL");
      admin.run("DROP DATABASE preflight_1_bbbbbbbbbbbbbb");
    }
  }

  /** An ordinary user may end the other sessions of that user, the engine's among them. */
  @Test
  void whoEndsTheEnginesSessionsHidesNothing() {
    try (Session admin = Session.open(SERVER.administrator())) {
      admin.run("CREATE DATABASE victim OWNER dev");
    }
    Sandbox sandbox = connect(SERVER.administrator().withUser("dev", "dev").withDatabase("other"));
    try (MigratedDatabase clone = sandbox.prepare(Isolation.CLONE, ANY, SETTINGS);
        Session migrating = clone.openMigrating()) {
      migrating.run(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'dev'"
              + " AND pid <> pg_backend_pid()");
      migrating.run("SET lock_timeout = '5s'");
      migrating.run("DROP DATABASE victim");
    }
    sandbox.close();
    assertEquals(List.of("database victim is gone"), sandbox.changes());
    assertEquals(List.of("database victim is gone"), sandbox.remains());
  }

  @Test
  void theServerLearnsNoPasswordOfTheRun() {
    ConnectionString shop = SERVER.administrator().withDatabase("shop");
    try (Session admin = Session.open(SERVER.administrator())) {
      admin.run("ALTER SYSTEM SET log_statement = 'all'");
      admin.run("SELECT pg_reload_conf()");
      try (Sandbox sandbox = connect(shop)) {
        sandbox.openTemplate(Isolation.CLONE).run("CREATE TABLE t (id int)");
        sandbox.prepare(Isolation.CLONE, ANY, SETTINGS).openMigrating().close();
      }
      try (Sandbox sandbox = connect(shop)) {
        sandbox.prepare(Isolation.CLONE, ANY, SETTINGS).openMigrating().close();
      }
      admin.run("ALTER SYSTEM RESET log_statement");
      admin.run("SELECT pg_reload_conf()");
    }
    List<String> logged = log().stream().filter(line -> line.contains(" PASSWORD ")).toList();
    assertFalse(logged.isEmpty());
    for (String line : logged) {
      assertTrue(line.contains(" PASSWORD 'SCRAM-SHA-256$1:"), line);
    }
  }

  @Test
  void aSuperusersSessionDoesNotServeWhereTheRolesOwnCannotLogIn() {
    ConnectionString shop = SERVER.administrator().withDatabase("shop");
    try (Sandbox sandbox = connect(shop)) {
      SandboxProblem problem =
          assertThrows(
              SandboxProblem.class,
              () ->
                  sandbox.prepare(
                      Isolation.SAVEPOINT,
                      RoleChoice.of(Optional.of("nobody_knows"), Optional.empty()),
                      SETTINGS));
      assertTrue(problem.text().contains("nobody_knows"), problem.text());
      assertTrue(problem.hint().isPresent());
    }
    try (Session admin = Session.open(shop)) {
      admin.run(
          "REVOKE CONNECT ON DATABASE shop FROM PUBLIC, app; ALTER DATABASE shop OWNER TO dev");
      try (Sandbox sandbox = connect(shop)) {
        SandboxProblem problem =
            assertThrows(
                SandboxProblem.class, () -> sandbox.prepare(Isolation.SAVEPOINT, ANY, SETTINGS));
        assertTrue(problem.text().contains("permission denied for database"), problem.text());
        assertTrue(problem.hint().orElseThrow().contains("pg_hba.conf"), problem.text());
      }
      admin.run("GRANT CONNECT ON DATABASE shop TO PUBLIC; ALTER DATABASE shop OWNER TO app");
    }
  }

  private static Sandbox connect(ConnectionString url) {
    return Sandbox.connect(url, Waiting.NONE);
  }

  private static List<String> log() {
    try {
      return Files.readAllLines(
          SERVER.folder().orElseThrow().resolve("server.log"), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> state() {
    try (Session admin = Session.open(SERVER.administrator())) {
      return texts(
          admin,
          "SELECT to_jsonb(r)::text FROM pg_authid r UNION ALL SELECT to_jsonb(d)::text FROM"
              + " (SELECT oid, datname, datdba, datacl FROM pg_database) d"
              + " UNION ALL SELECT to_jsonb(s)::text FROM pg_db_role_setting s"
              + " UNION ALL SELECT to_jsonb(m)::text FROM pg_auth_members m ORDER BY 1");
    }
  }

  private static List<String> texts(Session session, String query) {
    return session.query(query).stream().map((Row row) -> row.text(0)).toList();
  }

  private static String refusal(Session session, String sql) {
    return assertInstanceOf(Answer.Refused.class, session.execute(sql), sql).error().sqlState();
  }
}
