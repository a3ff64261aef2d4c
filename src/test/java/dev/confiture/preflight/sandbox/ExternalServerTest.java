package dev.confiture.preflight.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prepares and cleans up an external server, played by an embedded one. */
final class ExternalServerTest {

  private static final String ALL = "dev.confiture.preflight.sandbox.Servers#all";
  private static final RoleChoice ANY = RoleChoice.of(Optional.empty(), Optional.empty());

  /** A server with a database {@code shop}, its owner, a member of him, and a stranger. */
  private static final class ShopServer implements AutoCloseable {

    private final Sandbox server;

    ShopServer(ServerBinaries binaries) {
      this.server = TestServers.embedded(binaries.folder());
      try (Session admin = Session.open(server.administrator())) {
        admin.run(
            "CREATE ROLE owner LOGIN PASSWORD 'owner' CREATEDB; CREATE ROLE app;"
                + " CREATE ROLE stranger LOGIN PASSWORD 'stranger' CREATEDB;"
                + " CREATE ROLE weak LOGIN PASSWORD 'weak'; GRANT app TO owner");
        admin.run("CREATE DATABASE shop OWNER owner");
        admin.run(
            "ALTER DATABASE shop SET timezone = 'Asia/Tokyo'; ALTER DATABASE shop SET search_path ="
                + " 'Odd Schema', public; ALTER ROLE app IN DATABASE shop SET intervalstyle ="
                + " 'iso_8601'; REVOKE ALL ON DATABASE shop FROM PUBLIC; GRANT CONNECT ON DATABASE"
                + " shop TO app");
      }
      try (Session admin = Session.open(superuser("shop"))) {
        admin.run(
            "CREATE TABLE public.item (id int); INSERT INTO public.item VALUES (1);"
                + " ALTER TABLE public.item OWNER TO app; GRANT CREATE ON SCHEMA public TO app");
      }
    }

    ConnectionString superuser(String database) {
      return server.administrator().withDatabase(database);
    }

    ConnectionString as(String user, String database) {
      return server.administrator().withUser(user, user).withDatabase(database);
    }

    /** What the run must not change: all that the cluster's databases share. */
    List<String> state() {
      try (Session admin = Session.open(server.administrator())) {
        return texts(
            admin,
            "SELECT 'database ' || datname || coalesce(datacl::text, '') FROM pg_database UNION ALL"
                + " SELECT 'role ' || to_jsonb(r)::text FROM pg_authid r UNION ALL SELECT 'member '"
                + " || roleid::regrole::text || member::regrole::text FROM pg_auth_members UNION"
                + " ALL SELECT concat_ws(' ', 'setting', setrole, setdatabase, setconfig::text)"
                + " FROM pg_db_role_setting UNION ALL SELECT 'prepared ' || gid FROM"
                + " pg_prepared_xacts ORDER BY 1");
      }
    }

    @Override
    public void close() {
      server.close();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void seededRunLeavesTheServerAsItWas(ServerBinaries binaries) {
    try (ShopServer shopServer = new ShopServer(binaries)) {
      List<String> before = shopServer.state();
      Sandbox server = connect(shopServer.superuser("shop"));
      assertTrue(server.restoresAsSuperuser());
      server.mayMake(List.of("deployer", "not_made"));
      try (Session template = server.openTemplate(Isolation.CLONE)) {
        template.run(
            "CREATE ROLE deployer; CREATE TABLE t (id int); ALTER TABLE t OWNER TO deployer;"
                + " CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'");
      }
      MigratedDatabase clone =
          server.prepare(Isolation.CLONE, ANY, Map.of("statement_timeout", "7s"));
      assertEquals(
          new MigrationRole("deployer", "owner of most tables (1 of 1)", false), clone.role());
      assertEquals(List.of(), clone.notes());
      try (Session migrating = clone.openMigrating();
          Session control = clone.openControl()) {
        assertEquals(
            List.of("deployer 7s"),
            texts(migrating, "SELECT current_user || ' ' || current_setting('statement_timeout')"));
        assertEquals("42501", refusal(migrating, "COPY t FROM PROGRAM 'echo 1'"));
        assertEquals("42501", refusal(migrating, "CREATE EXTENSION dblink"));
        migrating.run(
            clone.extensionCall("pgstattuple", false, Optional.empty(), false).orElseThrow());
        assertEquals(
            List.of("deployer"),
            texts(control, "SELECT proowner::regrole FROM pg_proc WHERE proname = 'f'"));
        migrating.run("ALTER ROLE deployer SET work_mem = '1MB'");
        clone.mayMake(List.of("made_by_migration"));
        control.run(
            "CREATE ROLE made_by_migration; CREATE TABLE public.u (id int); ALTER TABLE public.u"
                + " OWNER TO made_by_migration; GRANT deployer TO made_by_migration");
      }
      clone.close();
      clone.close();
      server.close();
      server.close();
      assertEquals(List.of(), server.remains());
      assertEquals(before, shopServer.state());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void secondCloneIsFresh(ServerBinaries binaries) {
    try (ShopServer shopServer = new ShopServer(binaries)) {
      List<String> before = shopServer.state();
      Sandbox server = connect(shopServer.superuser("shop"));
      try (Session template = server.openTemplate(Isolation.CLONE)) {
        template.run("CREATE TABLE t (id int)");
      }
      for (int run = 1; run <= 2; run++) {
        try (MigratedDatabase clone = server.prepare(Isolation.CLONE, ANY, Map.of());
            Session migrating = clone.openMigrating();
            Session control = clone.openControl()) {
          assertTrue(clone.role().name().endsWith("_owner"), clone.role().name());
          clone.mayMake(List.of("made_by_migration"));
          control.run("CREATE ROLE made_by_migration");
          migrating.run("DROP TABLE t; ALTER ROLE CURRENT_USER SET work_mem = '1MB'");
        }
      }
      server.close();
      assertEquals(List.of(), server.remains());
      assertEquals(before, shopServer.state());
      try (Sandbox copying = connect(shopServer.superuser("shop"))) {
        for (int run = 1; run <= 2; run++) {
          try (MigratedDatabase clone = copying.prepare(Isolation.CLONE, ANY, Map.of());
              Session migrating = clone.openMigrating()) {
            migrating.run("DROP TABLE public.item; ALTER ROLE app SET work_mem = '1MB'");
          }
        }
      }
      assertEquals(before, shopServer.state());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void namedDatabaseIsCopiedWithWhatACopyLeavesOut(ServerBinaries binaries) {
    try (ShopServer shopServer = new ShopServer(binaries)) {
      List<String> before = shopServer.state();
      try (Sandbox server = connect(shopServer.superuser("shop"))) {
        MigratedDatabase clone = server.prepare(Isolation.CLONE, ANY, Map.of());
        assertEquals(
            new MigrationRole("app", "owner of most tables (1 of 1)", false), clone.role());
        assertEquals(List.of(), clone.notes());
        assertEquals(
            List.of(
                "TimeZone=Asia/Tokyo",
                "search_path=\"Odd Schema\", public",
                "IntervalStyle=iso_8601"),
            clone.appliedSettings());
        try (Session migrating = clone.openMigrating()) {
          assertEquals(
              List.of("Asia/Tokyo", "\"Odd Schema\", public", "iso_8601"),
              texts(
                  migrating,
                  "SELECT current_setting(n) FROM unnest(ARRAY['TimeZone', 'search_path',"
                      + " 'IntervalStyle']) n"));
          assertEquals(
              List.of("owner f t"),
              texts(
                  migrating,
                  "SELECT concat_ws(' ', datdba::regrole, has_database_privilege('stranger', oid,"
                      + " 'CONNECT'), has_database_privilege('app', oid, 'CONNECT'))"
                      + " FROM pg_database WHERE datname = current_database()"));
          migrating.run("DELETE FROM public.item; ALTER ROLE app SET work_mem = '1MB'");
        }
      }
      assertEquals(before, shopServer.state());
      try (Session named = Session.open(shopServer.superuser("shop"))) {
        assertEquals(List.of("1"), texts(named, "SELECT id FROM public.item"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void ordinaryUserBecomesTheOwnerWhoseMemberHeIs(ServerBinaries binaries) {
    try (ShopServer shopServer = new ShopServer(binaries)) {
      List<String> before = shopServer.state();
      try (Sandbox server = connect(shopServer.as("owner", "shop"))) {
        assertFalse(server.restoresAsSuperuser());
        MigratedDatabase clone = server.prepare(Isolation.CLONE, ANY, Map.of());
        assertEquals("app", clone.role().name());
        assertEquals(List.of(), clone.notes());
        try (Session migrating = clone.openMigrating()) {
          assertEquals(List.of("app"), texts(migrating, "SELECT current_user"));
          migrating.run("ALTER TABLE public.item ADD COLUMN price int");
        }
      }
      assertEquals(before, shopServer.state());
      try (Sandbox server = connect(shopServer.as("owner", "shop"))) {
        MigratedDatabase clone =
            server.prepare(
                Isolation.CLONE,
                RoleChoice.of(Optional.of("stranger"), Optional.empty()),
                Map.of());
        assertEquals(new MigrationRole("owner", "the user of the URL", false), clone.role());
        assertEquals(1, clone.notes().size());
        assertTrue(clone.notes().getFirst().contains("stranger"), clone.notes().getFirst());
      }
      assertEquals(before, shopServer.state());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void missingRightsAreNamed(ServerBinaries binaries) {
    try (ShopServer shopServer = new ShopServer(binaries)) {
      try (Sandbox server = connect(shopServer.as("weak", "postgres"))) {
        SandboxProblem problem =
            assertThrows(SandboxProblem.class, () -> server.openTemplate(Isolation.CLONE));
        assertTrue(problem.text().contains("weak lacks CREATEDB"), problem.text());
        assertTrue(assertInstanceOf(SessionException.class, problem.getCause()).is("42501"));
      }
      try (Session admin = Session.open(shopServer.superuser("postgres"))) {
        admin.run("GRANT CONNECT ON DATABASE shop TO stranger");
      }
      List<String> before = shopServer.state();
      try (Sandbox server = connect(shopServer.as("stranger", "shop"))) {
        SandboxProblem problem =
            assertThrows(
                SandboxProblem.class, () -> server.prepare(Isolation.CLONE, ANY, Map.of()));
        assertTrue(problem.text().contains("neither its owner nor a superuser"), problem.text());
      }
      assertEquals(before, shopServer.state());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void refusalOfTheFirstQuestionsIsAProblemAndLeavesNoSession(ServerBinaries binaries)
      throws InterruptedException {
    try (ShopServer shopServer = new ShopServer(binaries);
        Session admin = Session.open(shopServer.superuser("template1"))) {
      // Where the run's own session is, if the URL names postgres.
      admin.run("REVOKE SELECT ON pg_catalog.pg_roles FROM PUBLIC");
      ConnectionString weak = shopServer.as("weak", "postgres");
      SandboxProblem problem = assertThrows(SandboxProblem.class, () -> connect(weak));
      assertTrue(problem.text().contains("preparing " + weak.redacted()), problem.text());
      assertTrue(problem.text().contains("pg_roles"), problem.text());
      // A backend needs a moment to notice that its client has gone.
      String sessions = "SELECT pid FROM pg_stat_activity WHERE usename = 'weak'";
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (!texts(admin, sessions).isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(20);
      }
      assertEquals(List.of(), texts(admin, sessions));
      // The server is lent to other tests too, and template1 is what their databases come from.
      admin.run("GRANT SELECT ON pg_catalog.pg_roles TO PUBLIC");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void sessionsInTheWayAreNamed(ServerBinaries binaries) {
    try (ShopServer shopServer = new ShopServer(binaries);
        Sandbox server = connect(shopServer.superuser("shop"));
        Session other =
            Session.open(with(shopServer.as("owner", "shop"), "application_name", "cash desk"))) {
      SandboxProblem problem =
          assertThrows(SandboxProblem.class, () -> server.prepare(Isolation.CLONE, ANY, Map.of()));
      assertTrue(
          problem
              .text()
              .contains("pid " + other.backendPid() + ", user owner, application cash desk, idle"),
          problem.text());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void openTransactionDoesNotKeepTheCopy(ServerBinaries binaries) {
    try (ShopServer shopServer = new ShopServer(binaries)) {
      List<String> before = shopServer.state();
      Sandbox server = connect(shopServer.superuser("shop"));
      MigratedDatabase clone = server.prepare(Isolation.CLONE, ANY, Map.of());
      Session migrating = clone.openMigrating();
      migrating.run("BEGIN; ALTER TABLE public.item ADD COLUMN price int");
      server.close();
      assertInstanceOf(Answer.Lost.class, migrating.execute("SELECT 1"));
      assertEquals(before, shopServer.state());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void leftoversOfDeadRunsAreDroppedAndOnlyThose(ServerBinaries binaries) {
    try (ShopServer shopServer = new ShopServer(binaries);
        Session admin = Session.open(shopServer.superuser("postgres"));
        Session alive =
            Session.open(
                with(
                    shopServer.superuser("postgres"),
                    "application_name",
                    "preflight_1600000000_bbbbbbbbbbbb"))) {
      String dead = "made by Preflight for the run preflight_1600000000_aaaaaaaaaaaa";
      String living = "made by Preflight for the run preflight_1600000000_bbbbbbbbbbbb";
      String young = "made by Preflight for the run preflight_99999999999_cccccccccccc";
      String noRun = "made by Preflight for the run of yesterday";
      make(admin, "DATABASE", "preflight_1600000000_aaaaaaaaaaaa00", dead);
      make(admin, "DATABASE", "preflight_1600000000_bbbbbbbbbbbb00", living);
      make(admin, "DATABASE", "preflight_99999999999_cccccccccccc00", young);
      make(admin, "DATABASE", "preflight_1600000000_dddddddddddd00", "somebody's");
      // Whoever owns a database can give it this comment: a migration, to have it dropped later.
      make(admin, "DATABASE", "marked_by_somebody", dead);
      make(admin, "ROLE", "left_over", dead);
      make(admin, "ROLE", "in_use", dead);
      make(admin, "ROLE", "living", living);
      make(admin, "ROLE", "young", young);
      make(admin, "ROLE", "undated", noRun);
      make(admin, "ROLE", "somebody", "somebody");
      admin.run("CREATE TABLE used (id int); ALTER TABLE used OWNER TO in_use");
      connect(shopServer.superuser("shop")).close();
      assertEquals(
          List.of(
              "preflight_1600000000_bbbbbbbbbbbb00",
              "preflight_1600000000_dddddddddddd00",
              "preflight_99999999999_cccccccccccc00",
              "marked_by_somebody"),
          texts(
              admin,
              "SELECT datname FROM pg_database WHERE datname ~ '^(preflight_|marked)'"
                  + " ORDER BY datname ~ '^marked', 1"));
      assertEquals(
          List.of("in_use", "living", "somebody", "undated", "young"),
          texts(
              admin,
              "SELECT rolname FROM pg_roles WHERE rolname IN ('left_over', 'in_use', 'living',"
                  + " 'young', 'undated', 'somebody') ORDER BY 1"));
      assertTrue(alive.backendPid() > 0);
    }
  }

  private static void make(Session admin, String kind, String name, String comment) {
    admin.run("CREATE " + kind + " " + name);
    admin.run("COMMENT ON " + kind + " " + name + " IS " + Identifiers.literal(comment));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void roleInUseElsewhereStaysAndIsNamed(ServerBinaries binaries) {
    try (ShopServer shopServer = new ShopServer(binaries)) {
      Sandbox server = connect(shopServer.superuser("shop"));
      server.openTemplate(Isolation.CLONE).close();
      server.mayMake(List.of("busy"));
      try (Session elsewhere = Session.open(shopServer.superuser("postgres"))) {
        elsewhere.run("CREATE ROLE busy; CREATE TABLE t (id int); ALTER TABLE t OWNER TO busy");
      }
      server.close();
      assertEquals(1, server.remains().size(), server.remains().toString());
      assertTrue(server.remains().getFirst().startsWith("role busy stays"));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void roleOfSomebodyElseStaysAndIsNamed(ServerBinaries binaries) {
    try (ShopServer shopServer = new ShopServer(binaries)) {
      Sandbox server = connect(shopServer.superuser("shop"));
      server.openTemplate(Isolation.CLONE).close();
      try (Session elsewhere = Session.open(shopServer.superuser("postgres"))) {
        elsewhere.run("CREATE ROLE colleague LOGIN");
        server.close();
        assertEquals(
            List.of("role colleague came meanwhile, is not of this run, and was left"),
            server.remains());
        assertEquals(
            List.of("1"),
            texts(elsewhere, "SELECT count(*) FROM pg_roles WHERE rolname = 'colleague'"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void serverThatCannotBeReachedIsNamedWithoutPassword(ServerBinaries binaries) {
    try (ShopServer shopServer = new ShopServer(binaries)) {
      ConnectionString wrong = shopServer.superuser("shop").withUser("owner", "sesame");
      SandboxProblem problem = assertThrows(SandboxProblem.class, () -> connect(wrong));
      assertTrue(problem.text().startsWith("connecting to " + wrong.redacted()), problem.text());
      assertFalse(problem.text().contains("sesame"));
      assertTrue(problem.hint().isPresent());
      assertThrows(SandboxProblem.class, () -> connect(shopServer.superuser("nowhere")));
      assertThrows(
          SandboxProblem.class, () -> connect(with(shopServer.superuser("shop"), "port", "1")));
      assertThrows(
          UsageProblem.class, () -> connect(with(shopServer.superuser("shop"), "passfile", "x")));
      assertThrows(
          UsageProblem.class,
          () -> connect(with(shopServer.superuser("shop"), "hostaddr", "127.0.0.2")));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void signalLeavesTheServerAsItWas(ServerBinaries binaries) throws Exception {
    try (ShopServer shopServer = new ShopServer(binaries)) {
      List<String> before = shopServer.state();
      ConnectionString target = shopServer.superuser("shop");
      Process child =
          KilledWhileRunning.start(
              "host=127.0.0.1 port=%s user=%s password=%s dbname=shop"
                  .formatted(
                      target.hosts().getFirst().port(),
                      target.user().orElseThrow(),
                      target.password().orElseThrow()));
      try (var output = child.inputReader(UTF_8)) {
        String database = output.readLine();
        assertTrue(
            shopServer.state().stream().anyMatch(line -> line.equals("database " + database)),
            database);
        assertFalse(before.equals(shopServer.state()));
        child.destroy();
        assertTrue(child.waitFor(30, TimeUnit.SECONDS));
      }
      assertEquals(before, shopServer.state());
    }
  }

  private static Sandbox connect(ConnectionString url) {
    return Sandbox.connect(url, Waiting.NONE);
  }

  private static ConnectionString with(ConnectionString target, String keyword, String value) {
    Map<String, String> changed = new LinkedHashMap<>(target.parameters());
    changed.put(keyword, value);
    return new ConnectionString(changed, target.uri());
  }

  private static List<String> texts(Session session, String query) {
    return session.query(query).stream().map((Row row) -> row.text(0)).toList();
  }

  private static String refusal(Session session, String sql) {
    return assertInstanceOf(Answer.Refused.class, session.execute(sql), sql).error().sqlState();
  }
}
