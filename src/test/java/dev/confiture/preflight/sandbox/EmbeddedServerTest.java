package dev.confiture.preflight.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.Undumped;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddedServerTest {

  private static final RoleChoice ANY = RoleChoice.of(Optional.empty(), Optional.empty());

  /** One object of each kind that a dump without owners leaves with the restoring superuser. */
  private static final String SCHEMA =
      """
      CREATE ROLE app;
      CREATE ROLE other;
      CREATE TABLE public.tb_confiture (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
      ALTER TABLE public.tb_confiture OWNER TO app;
      CREATE TABLE t1 (id int); ALTER TABLE t1 OWNER TO other;
      CREATE TABLE t2 (id int); ALTER TABLE t2 OWNER TO other;
      CREATE SCHEMA s;
      CREATE TABLE s.a (id serial PRIMARY KEY, x int);
      CREATE TABLE s.p (id int) PARTITION BY RANGE (id);
      CREATE TABLE s.p1 PARTITION OF s.p FOR VALUES FROM (0) TO (10);
      CREATE VIEW s.v AS SELECT 1 AS x;
      CREATE MATERIALIZED VIEW s.mv AS SELECT 1 AS x;
      CREATE SEQUENCE s.sq;
      CREATE TYPE s.comp AS (a int);
      CREATE TYPE s.en AS ENUM ('a');
      CREATE TYPE s.rg AS RANGE (subtype = int4);
      CREATE DOMAIN s.d AS int;
      CREATE FUNCTION s."odd name"(a int, VARIADIC b text[]) RETURNS int LANGUAGE sql
        SECURITY DEFINER AS 'SELECT 1';
      CREATE PROCEDURE s.p() LANGUAGE sql AS 'SELECT 1';
      CREATE AGGREGATE s.ag(int) (sfunc = int4pl, stype = int);
      CREATE OPERATOR s.### (leftarg = int, rightarg = int, function = int4pl);
      CREATE OPERATOR CLASS s.oc FOR TYPE int4 USING btree
        AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int4, int4);
      CREATE COLLATION s.co FROM "C";
      CREATE CONVERSION s.cv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
      CREATE STATISTICS s.st (dependencies) ON id, x FROM s.a;
      CREATE TEXT SEARCH DICTIONARY s.tsd (template = simple);
      CREATE TEXT SEARCH CONFIGURATION s.tsc (parser = "default");
      CREATE PUBLICATION pu FOR TABLE t1;
      CREATE FOREIGN DATA WRAPPER fw;
      CREATE SERVER fs FOREIGN DATA WRAPPER fw;
      CREATE FOREIGN TABLE s.ft (a int) SERVER fs;
      CREATE EXTENSION hstore;
      CREATE FUNCTION s.et() RETURNS event_trigger LANGUAGE plpgsql
        AS 'BEGIN RAISE WARNING $$fired as %$$, current_user; END';
      CREATE EVENT TRIGGER et ON ddl_command_end EXECUTE FUNCTION s.et();
      SELECT lo_create(4242);
      """;

  @Test
  void aRelativeFolderOfProgramsIsFoundFromTheServersOwn() {
    Path here = Path.of("").toAbsolutePath();
    Path relative = here.relativize(Servers.newest().folder().toAbsolutePath());
    ServerBinaries programs =
        ServerBinaries.find(Optional.of(relative), OptionalInt.empty(), Map.of());
    try (Sandbox server = Sandbox.start(programs, System.getenv())) {
      assertTrue(server.version().major() > 0);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.Servers#all")
  void stopsWithoutLeavingProcessOrFolder(ServerBinaries binaries) {
    Sandbox server = Sandbox.start(binaries, System.getenv());
    Path folder = server.folder().orElseThrow();
    assertTrue(Files.isDirectory(folder.resolve("data")));
    assertEquals("embedded", server.url());
    assertEquals("embedded PostgreSQL " + server.version(), server.description());
    server.close();
    server.close();
    assertFalse(Files.exists(folder));
    assertEquals(List.of(), processesOf(folder));
  }

  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.Servers#all")
  void migrationRoleOwnsWhatHadNoOwnerAndCanDoNothingOutsideTheDatabase(ServerBinaries binaries) {
    try (Sandbox server = TestServers.embedded(binaries.folder())) {
      MigratedDatabase clone = seeded(server, ANY);
      assertEquals(
          new MigrationRole("other", "owner of most tables (2 of 3)", false), clone.role());
      assertEquals(List.of(), clone.notes());
      try (Session control = clone.openControl();
          Session migrating = clone.openMigrating()) {
        assertEquals(
            List.of("event trigger et", "extension hstore", "foreign-data wrapper fw"),
            texts(
                control,
                "SELECT concat_ws(' ', o.type, o.identity) FROM pg_shdepend s, LATERAL"
                    + " pg_identify_object(s.classid, s.objid, 0) o WHERE s.deptype = 'o'"
                    + " AND s.dbid = (SELECT oid FROM pg_database WHERE datname ="
                    + " current_database()) AND s.refobjid = current_user::regrole"
                    + " AND o.identity NOT LIKE 'pg_catalog.preflight%' AND NOT EXISTS"
                    + " (SELECT FROM pg_depend d WHERE d.classid = s.classid"
                    + " AND d.objid = s.objid AND d.deptype = 'e') ORDER BY 1"));
        assertEquals(
            List.of("other"),
            texts(
                control,
                "SELECT pg_get_userbyid(datdba) FROM pg_database"
                    + " WHERE datname = current_database()"));
        assertEquals(
            List.of("f"),
            texts(migrating, "SELECT rolsuper FROM pg_roles WHERE rolname = session_user"));
        for (String escape :
            List.of(
                "COPY t1 FROM PROGRAM 'echo 1'",
                "COPY t1 FROM '/etc/passwd'",
                "SELECT pg_read_file('/etc/passwd')",
                "CREATE ROLE boss SUPERUSER",
                "ALTER SYSTEM SET fsync = on",
                "SET session_replication_role = replica",
                "CREATE EXTENSION dblink")) {
          assertEquals("42501", refusal(migrating, escape), escape);
        }
        // The event trigger fires for a migration, under its role.
        Answer made = migrating.execute("DROP TABLE s.p");
        assertTrue(
            assertInstanceOf(Answer.Completed.class, made).notices().stream()
                .anyMatch(notice -> notice.message().equals("fired as other")));
      }
    }
  }

  @Test
  void migrationRoleIsAsAskedOrElseTheOwnerOfTheTrackingTable() {
    try (Sandbox server = TestServers.embedded(Servers.newest().folder())) {
      MigratedDatabase clone =
          seeded(
              server,
              RoleChoice.of(
                  Optional.empty(), Optional.of(QualifiedName.of("public", "tb_confiture"))));
      assertEquals(new MigrationRole("app", "owner of public.tb_confiture", false), clone.role());
    }
    try (Sandbox server = TestServers.embedded(Servers.newest().folder())) {
      MigratedDatabase clone =
          seeded(server, RoleChoice.of(Optional.of("Deploy er"), Optional.empty()));
      assertEquals(new MigrationRole("Deploy er", "as asked", false), clone.role());
      assertEquals(1, clone.notes().size(), clone.notes().toString());
      try (Session migrating = clone.openMigrating()) {
        assertEquals(List.of("Deploy er"), texts(migrating, "SELECT current_user"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.Servers#all")
  void secondCloneIsFreshAndFindsTheServerAsTheFirstDid(ServerBinaries binaries) {
    String shared =
        "SELECT to_jsonb(r)::text FROM pg_authid r UNION ALL SELECT to_jsonb(m)::text FROM"
            + " pg_auth_members m UNION ALL SELECT to_jsonb(s)::text FROM pg_db_role_setting s"
            + " WHERE setdatabase = 0 UNION ALL SELECT datname || datacl::text FROM pg_database"
            + " UNION ALL SELECT description FROM pg_shdescription ORDER BY 1";
    try (Sandbox server = Sandbox.start(binaries, System.getenv())) {
      RoleChoice boss = RoleChoice.of(Optional.of("boss"), Optional.empty());
      try (Session template = server.openTemplate(Isolation.CLONE)) {
        template.run(
            "CREATE ROLE boss CREATEDB; CREATE ROLE old; CREATE ROLE app;"
                + " ALTER ROLE old SET work_mem = '1MB'; GRANT old TO boss;"
                + " CREATE TABLE t (id int); ALTER TABLE t OWNER TO old;"
                + " CREATE SCHEMA s AUTHORIZATION app; COMMENT ON ROLE old IS 'to be dropped'");
      }
      List<String> before;
      try (MigratedDatabase first = server.prepare(Isolation.CLONE, boss, Map.of());
          Session control = first.openControl();
          Session migrating = first.openMigrating()) {
        before = texts(control, shared);
        migrating.run("CREATE DATABASE another");
        // As production's administrator may.
        control.run(
            "REASSIGN OWNED BY old TO boss; DROP OWNED BY old; DROP ROLE old; ALTER ROLE app"
                + " CREATEROLE PASSWORD 'x'; ALTER ROLE app SET work_mem = '2MB'; CREATE ROLE"
                + " young; GRANT app TO boss; DROP TABLE public.t; CREATE TABLE public.u (id int)");
      }
      try (MigratedDatabase second = server.prepare(Isolation.CLONE, boss, Map.of());
          Session control = second.openControl();
          Session migrating = second.openMigrating()) {
        assertEquals(before, texts(control, shared));
        assertEquals(
            List.of("t old"),
            texts(
                migrating,
                "SELECT relname || ' ' || relowner::regrole FROM pg_class"
                    + " WHERE relname IN ('t', 'u')"));
        migrating.run("SET ROLE old; DROP TABLE t; RESET ROLE");
        migrating.run("CREATE DATABASE another");
        control.run("DROP OWNED BY old; DROP ROLE old");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Our shop", "postgres", "template1"})
  void cloneBearsTheNameOfProductionsDatabaseAndBelongsToItsOwner(String name) {
    try (Sandbox server = Sandbox.start(Servers.newest(), System.getenv())) {
      try (Session template =
          server.openTemplate(Isolation.CLONE, Optional.of(name), Undumped.NONE)) {
        String database = texts(template, "SELECT current_database()").getFirst();
        template.run(
            "CREATE ROLE app; CREATE ROLE dba; CREATE TABLE t (id int);"
                + " ALTER TABLE t OWNER TO app");
        template.run("ALTER DATABASE " + database + " OWNER TO dba");
        template.run("GRANT CREATE ON DATABASE " + database + " TO app");
      }
      for (int run = 1; run <= 2; run++) {
        try (MigratedDatabase clone = server.prepare(Isolation.CLONE, ANY, Map.of());
            Session migrating = clone.openMigrating()) {
          assertEquals("app", clone.role().name());
          assertEquals(List.of(), clone.notes());
          assertEquals(
              List.of("dba " + !name.equals("template1")),
              texts(
                  migrating,
                  "SELECT datdba::regrole || ' ' || (datname = '"
                      + name
                      + "') FROM pg_database WHERE datname = current_database()"));
          migrating.run("CREATE SCHEMA by_grant");
          assertEquals("42501", refusal(migrating, "DROP DATABASE template1"));
          assertEquals(
              "42501",
              refusal(
                  migrating,
                  "DROP DATABASE "
                      + texts(migrating, "SELECT datname FROM pg_database WHERE datname ~ '00$'")
                          .getFirst()));
        }
      }
    }
  }

  @Test
  void aClusterIsInitialisedOnceAndNobodyKnowsTheCopysSuperuser(@TempDir Path cache)
      throws IOException, InterruptedException {
    ServerBinaries binaries = Servers.newest();
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<Optional<Path>> found = Collections.synchronizedList(new ArrayList<>());
    List<Thread> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      runs.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  found.add(InitialisedCluster.in(cache, binaries, OsUser.account()));
                } catch (IOException failed) {
                  throw new UncheckedIOException(failed);
                }
              }));
    }
    for (Thread run : runs) {
      run.join();
    }
    assertEquals(2, found.size());
    assertEquals(1, Set.copyOf(found).size(), found.toString());
    Path made = found.getFirst().orElseThrow();
    try (Stream<Path> all = Files.list(cache)) {
      assertEquals(List.of(made), all.toList());
    }
    FileTime initialised = Files.getLastModifiedTime(made.resolve("PG_VERSION"));
    assertEquals(Optional.of(made), InitialisedCluster.in(cache, binaries, OsUser.account()));
    assertEquals(initialised, Files.getLastModifiedTime(made.resolve("PG_VERSION")));
    try (Sandbox server = Sandbox.start(binaries, System.getenv());
        Session administrator = Session.open(server.administrator())) {
      assertEquals(
          List.of("t"),
          texts(
              administrator,
              "SELECT rolpassword IS NULL AND rolname <> 'preflight' FROM pg_authid"
                  + " WHERE oid = 10"));
      assertEquals(
          List.of(),
          texts(
              administrator,
              "SELECT rolname FROM pg_authid WHERE rolpassword !~ '^SCRAM-SHA-256'"));
      ConnectionString known = server.administrator().withUser("preflight", "preflight");
      assertThrows(SessionException.class, () -> Session.open(known));
      // Of a run's own password the server's files know nothing, nor its log.
      String password = server.administrator().password().orElseThrow();
      try (Stream<Path> files = Files.walk(server.folder().orElseThrow(), 2)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertFalse(text.contains(password), file.toString());
        }
      }
    }
  }

  @Test
  void withoutACacheARunInitialisesAClusterOfItsOwn() {
    ServerProcess process =
        ServerProcess.start(
            Servers.newest(), OsUser.ofRun(), Folders.temporary(), Optional.empty());
    try (Session session = Session.open(process.administrator())) {
      assertEquals(List.of("1"), texts(session, "SELECT 1"));
    } finally {
      process.close();
    }
  }

  @Test
  void emptyDatabaseIsMigratedByPlainOwner() {
    try (Sandbox server = TestServers.embedded(Servers.newest().folder())) {
      MigratedDatabase clone = server.prepare(Isolation.CLONE, ANY, Map.of());
      assertEquals("preflight_owner", clone.role().name());
      try (Session migrating = clone.openMigrating()) {
        assertInstanceOf(Answer.Completed.class, migrating.execute("CREATE TABLE t (id int)"));
        assertInstanceOf(Answer.Completed.class, migrating.execute("CREATE SCHEMA s"));
        assertInstanceOf(Answer.Completed.class, migrating.execute("CREATE EXTENSION citext"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.Servers#all")
  void rolesOfTheSchemaLosePowerOverTheServer(ServerBinaries binaries) {
    try (Sandbox server = Sandbox.start(binaries, System.getenv())) {
      try (Session template = server.openTemplate(Isolation.CLONE)) {
        template.run(
            "CREATE ROLE app SUPERUSER CREATEROLE; GRANT pg_execute_server_program TO app;"
                + " CREATE TABLE t (line text); ALTER TABLE t OWNER TO app");
      }
      try (Session migrating = server.prepare(Isolation.CLONE, ANY, Map.of()).openMigrating()) {
        assertEquals(List.of("app"), texts(migrating, "SELECT current_user"));
        assertEquals("42501", refusal(migrating, "COPY t FROM PROGRAM 'id'"));
        assertEquals("42501", refusal(migrating, "GRANT pg_execute_server_program TO app"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.Servers#all")
  void extensionOfTheListIsCreatedThroughTheEngineAndRolledBackLikeTheStatement(
      ServerBinaries binaries) {
    try (Sandbox server = TestServers.embedded(binaries.folder())) {
      MigratedDatabase clone = seeded(server, ANY);
      String call =
          clone.extensionCall("earthdistance", false, Optional.of("s"), true).orElseThrow();
      assertEquals(Optional.empty(), clone.extensionCall("hstore", true, Optional.empty(), false));
      assertEquals(Optional.empty(), clone.extensionCall("dblink", true, Optional.empty(), false));
      try (Session migrating = clone.openMigrating()) {
        migrating.run("BEGIN");
        Answer.Completed made =
            assertInstanceOf(Answer.Completed.class, migrating.execute(call), call);
        assertTrue(
            made.notices().stream().noneMatch(notice -> notice.message().startsWith("fired")),
            "no event trigger runs as superuser");
        assertEquals(
            List.of("cube s", "earthdistance s"),
            texts(
                migrating,
                "SELECT extname || ' ' || extnamespace::regnamespace FROM pg_extension"
                    + " WHERE extname IN ('cube', 'earthdistance') ORDER BY 1"));
        migrating.run("ROLLBACK");
        assertEquals(
            List.of(),
            texts(migrating, "SELECT extname FROM pg_extension WHERE extname = 'earthdistance'"));
        migrating.run("SET search_path = s");
        migrating.run(
            clone.extensionCall("pgstattuple", true, Optional.empty(), false).orElseThrow());
        assertEquals(
            List.of("s"),
            texts(
                migrating,
                "SELECT extnamespace::regnamespace FROM pg_extension"
                    + " WHERE extname = 'pgstattuple'"));
        assertEquals("42501", refusal(migrating, call.replace("earthdistance", "dblink")));
        assertEquals("42501", refusal(migrating, call.replace("earthdistance", "file_fdw")));
      }
    }
  }

  @Test
  void sessionHasTheSettingsThatPsqlWouldHave() {
    try (Sandbox server = TestServers.embedded(Servers.newest().folder())) {
      try (Session template = server.openTemplate(Isolation.CLONE)) {
        String database = texts(template, "SELECT current_database()").getFirst();
        template.run(
            "CREATE ROLE app; CREATE TABLE t (id int); ALTER TABLE t OWNER TO app;"
                + " ALTER ROLE app SET timezone = 'Europe/Paris';"
                + (" ALTER DATABASE " + database + " SET timezone = 'Asia/Tokyo';")
                + (" ALTER DATABASE " + database + " SET datestyle = 'SQL, DMY';")
                + " ALTER ROLE app SET search_path = 'Odd Schema', public");
      }
      MigratedDatabase clone =
          server.prepare(Isolation.CLONE, ANY, Map.of("statement_timeout", "7s"));
      try (Session migrating = clone.openMigrating()) {
        assertEquals(
            List.of("Europe/Paris", "ISO, DMY", "\"Odd Schema\", public", "7s"),
            texts(
                migrating,
                "SELECT current_setting(n) FROM unnest(ARRAY['TimeZone', 'DateStyle',"
                    + " 'search_path', 'statement_timeout']) n"));
      }
      assertEquals(
          List.of(
              "TimeZone=Europe/Paris", "DateStyle=SQL, DMY", "search_path=\"Odd Schema\", public"),
          clone.appliedSettings());
    }
  }

  @Test
  void serverThatDoesNotStartShowsTheEndOfItsLog(@TempDir Path broken) throws IOException {
    for (String program : List.of("initdb", "postgres")) {
      Path file = broken.resolve(program);
      Files.writeString(file, "#!/bin/sh\necho \"$(basename \"$0\"): no space on moon\"\nexit 1\n");
      assertTrue(file.toFile().setExecutable(true, false));
    }
    assertTrue(broken.toFile().setExecutable(true, false));
    ServerBinaries binaries =
        ServerBinaries.find(Optional.of(broken), OptionalInt.empty(), Map.of());
    SandboxProblem problem =
        assertThrows(SandboxProblem.class, () -> Sandbox.start(binaries, System.getenv()));
    assertTrue(problem.text().contains("initdb: no space on moon"), problem.text());
    assertTrue(problem.hint().isPresent());
  }

  @Test
  void folderWithoutServerIsNamed(@TempDir Path empty) {
    SandboxProblem problem =
        assertThrows(
            SandboxProblem.class,
            () -> ServerBinaries.find(Optional.of(empty), OptionalInt.empty(), Map.of()));
    assertTrue(problem.text().contains(empty.toString()));
  }

  @Test
  void aSessionIsLimitedAndCannotLiftIt() throws IOException {
    try (Sandbox server = Sandbox.start(Servers.newest(), System.getenv())) {
      Path backend;
      try (Session migrating = seeded(server, ANY).openMigrating()) {
        backend = Path.of("/proc", texts(migrating, "SELECT pg_backend_pid()").getFirst());
        String limits = Files.readString(backend.resolve("limits"));
        for (String limit :
            List.of(
                "Max core file size +0 +0 +bytes",
                "Max address space +4294967296 +4294967296 +bytes",
                "Max file size +2147483648 +2147483648 +bytes")) {
          assertTrue(limits.lines().anyMatch(line -> line.strip().matches(limit)), limits);
        }
        assertEquals("500", Files.readString(backend.resolve("oom_score_adj")).strip());
        assertTrue(Files.readString(backend.resolve("status")).contains("NoNewPrivs:\t1"));
        assertEquals("42501", refusal(migrating, "SET temp_file_limit = -1"));
      }
    }
  }

  @Test
  void killedProcessLeavesNothing() throws Exception {
    Process child = KilledWhileRunning.start("embedded");
    Path folder;
    try (var output = child.inputReader()) {
      folder = Path.of(output.readLine());
      assertTrue(Files.isDirectory(folder));
      child.destroyForcibly();
    }
    // The guardian itself ends a moment after the folder.
    for (int tried = 0;
        tried < 600 && (Files.exists(folder) || !processesOf(folder).isEmpty());
        tried++) {
      Thread.sleep(50);
    }
    assertFalse(Files.exists(folder));
    assertEquals(List.of(), processesOf(folder));
  }

  /** A program that the server was made to start, and that has left its session. */
  @Test
  void aDaemonEndsWithTheRunAndItsLinksAreNotFollowed(@TempDir Path kept) throws Exception {
    assumeTrue(OsUser.isRoot());
    Path file = Files.writeString(kept.resolve("kept"), "kept");
    // Another run of this test may be going on.
    String sleep = "sleep 7." + ProcessHandle.current().pid();
    assumeFalse(setprivHasLandlock(), "no program runs in a server that is confined");
    Sandbox server = Sandbox.start(Servers.newest(), System.getenv());
    Path folder = server.folder().orElseThrow();
    try (Session superuser = Session.open(server.administrator())) {
      superuser.run(
          "COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; ln -s "
              + kept
              + " "
              + folder
              + "/data/link; setsid sh -c ''while :; do "
              + sleep
              + "; done'' </dev/null >/dev/null 2>&1 &'");
      assertEquals(
          "1",
          texts(superuser, "SELECT count(*) FROM pg_ls_dir('.') l WHERE l = 'link'").getFirst());
    }
    assertTrue(isRunning(sleep));
    // Others come and go meanwhile: who looks all processes up finds some of them gone.
    Process others = new ProcessBuilder("sh", "-c", "while :; do /bin/true; done").start();
    try {
      server.close();
    } finally {
      others.destroyForcibly();
    }
    assertFalse(isRunning(sleep));
    assertEquals(List.of(), server.remains());
    assertFalse(Files.exists(folder));
    assertEquals("kept", Files.readString(file));
  }

  @Test
  void theServersUserIsNobodyElses() throws Exception {
    assumeTrue(OsUser.isRoot());
    assumeFalse(setprivHasLandlock(), "no program runs in a server that is confined");
    try (Sandbox server = Sandbox.start(Servers.newest(), System.getenv());
        Session superuser = Session.open(server.administrator())) {
      superuser.run(
          "CREATE TABLE said (line text); COPY said FROM PROGRAM 'id -u; id -G; id -un 2>/dev/null;"
              + " touch \""
              + server.folder().orElseThrow()
              + "/x\" 2>/dev/null || echo refused'");
      List<String> said = texts(superuser, "SELECT line FROM said");
      assertEquals(said.get(0), said.get(1), said.toString());
      assertTrue(Integer.parseInt(said.get(0)) > 60000, said.toString());
      assertEquals("refused", said.getLast());
    }
  }

  /**
   * What a superuser reaches of the machine: nothing where setpriv has Landlock, and there alone;
   * the other machines show that the attacks are ones.
   */
  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.Servers#all")
  void aConfinedServerRunsNoProgramAndOpensNoOtherFile(ServerBinaries binaries, @TempDir Path open)
      throws Exception {
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path secret = Files.writeString(open.resolve("secret"), "a secret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    boolean confined = setprivHasLandlock();
    try (Sandbox server = Sandbox.start(binaries, System.getenv());
        Session superuser = Session.open(server.administrator())) {
      Path folder = server.folder().orElseThrow();
      assertEquals(confined, isConfined(server));
      superuser.run("SELECT lo_from_bytea(4711, 'x')");
      for (String attack :
          List.of(
              "COPY (SELECT 1) TO PROGRAM 'cat >" + folder + "/data/ran'",
              "CREATE TABLE said (line text); COPY said FROM PROGRAM 'id'",
              "SELECT pg_read_file('" + secret + "')",
              "SELECT pg_read_file('/etc/passwd')",
              "SELECT pg_read_file('/proc/self/status')",
              "SELECT pg_ls_dir('/proc')",
              "SELECT lo_import('" + secret + "')",
              "SELECT lo_export(4711, '" + open + "/exported')",
              "COPY (SELECT 1) TO '" + open + "/copied'")) {
        Answer answer = superuser.execute(attack);
        assertEquals(confined, answer instanceof Answer.Refused, attack + ": " + answer);
      }
      for (Path effect :
          List.of(folder.resolve("data/ran"), open.resolve("exported"), open.resolve("copied"))) {
        assertEquals(confined, Files.notExists(effect), effect.toString());
      }
      // What a rehearsal needs.
      superuser.run("CREATE DATABASE another");
      superuser.run("SET timezone = 'Europe/Vienna'");
      superuser.run("CREATE EXTENSION pgcrypto; CREATE EXTENSION hstore");
      superuser.run(
          "CREATE TABLE filled (at timestamptz DEFAULT now(), body text DEFAULT 'a');"
              + " INSERT INTO filled SELECT FROM generate_series(1, 1000)");
      superuser.run("VACUUM FULL filled");
      superuser.run("CHECKPOINT");
    }
  }

  /** Whether a server says that it is. */
  private static boolean isConfined(Sandbox server) {
    return Files.notExists(server.folder().orElseThrow().resolve("unconfined"));
  }

  /** Looked up apart from the server: whether setpriv lets Landlock restrict a program. */
  private static boolean setprivHasLandlock() throws IOException, InterruptedException {
    Process probe =
        new ProcessBuilder(
                "setpriv",
                "--no-new-privs",
                "--landlock-access=fs",
                "--landlock-rule=path-beneath:execute,read-file:/",
                "true")
            .redirectErrorStream(true)
            .start();
    probe.getInputStream().readAllBytes();
    return probe.waitFor() == 0;
  }

  /** Who kills the guardian does not keep the server. */
  @Test
  void withoutItsGuardianTheServerEndsAllTheSame() throws Exception {
    Sandbox server = Sandbox.start(Servers.newest(), System.getenv());
    Path folder = server.folder().orElseThrow();
    try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
      all.filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
          .filter(process -> process.info().commandLine().orElse("").contains("preflight-guardian"))
          .forEach(ProcessHandle::destroyForcibly);
    }
    server.close();
    assertEquals(List.of(), server.remains());
    assertFalse(Files.exists(folder));
    assertEquals(List.of(), processesOf(folder));
  }

  private static boolean isRunning(String command) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.anyMatch(p -> p.info().commandLine().orElse("").contains(command));
    }
  }

  private static MigratedDatabase seeded(Sandbox server, RoleChoice choice) {
    try (Session template = server.openTemplate(Isolation.CLONE)) {
      template.run(SCHEMA);
    }
    return server.prepare(Isolation.CLONE, choice, Map.of());
  }

  private static List<String> texts(Session session, String query) {
    return session.query(query).stream().map((Row row) -> row.text(0)).toList();
  }

  private static String refusal(Session session, String sql) {
    return assertInstanceOf(Answer.Refused.class, session.execute(sql), sql).error().sqlState();
  }

  private static List<String> processesOf(Path folder) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(process -> process.info().commandLine().orElse(""))
          .filter(line -> line.contains(folder.toString()))
          .toList();
    }
  }
}
