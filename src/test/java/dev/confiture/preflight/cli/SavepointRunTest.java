package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Savepoint isolation on the command line: the original's sentences 18 and 32 to 38. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SavepointRunTest {

  private static final String PLAIN_USER = "plain_user";

  private final CliServer server = CliServer.start("secret");
  @TempDir Path folder;
  private int databases;
  private String database;

  @BeforeEach
  void aDatabaseOfItsOwn() {
    database = "db" + ++databases;
    server.query("CREATE DATABASE " + database + " TEMPLATE template0");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private String url(String user) {
    return "postgresql://" + user + ":secret@127.0.0.1:" + server.port() + "/" + database;
  }

  private void confiture(String base, String sql) throws IOException {
    Files.writeString(folder.resolve(base + ".up.sql"), sql);
    Files.writeString(folder.resolve(base + ".down.sql"), "");
  }

  private Cli run(String user, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--migrations-dir", folder.toString(), "--against", url(user)));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Cli savepoint(String... more) {
    List<String> all = new ArrayList<>(List.of("--isolation", "savepoint"));
    all.addAll(List.of(more));
    return run(CliServer.USER, all.toArray(String[]::new));
  }

  private void threeWithAnIndex() throws IOException {
    confiture("001_users", "CREATE TABLE users (id int);");
    confiture("002_index", "CREATE INDEX CONCURRENTLY idx ON users (id);");
    confiture("003_posts", "CREATE TABLE posts (id int);");
  }

  @Test
  void c18TheAllowFlagReachesTheExecutionAndWithoutItTheDefaultIsOff() throws IOException {
    threeWithAnIndex();
    assertEquals(1, savepoint("-f", "json").json().path("against").path("skipped").asInt());
    JsonNode allowed = savepoint("-f", "json", "--allow-non-transactional").json().path("against");
    assertEquals(0, allowed.path("skipped").asInt());
    assertEquals(3, allowed.path("passed").asInt());
  }

  @Test
  void c32APassingTextRunExits0ShowsEachVersionAndSaysThatItWasRolledBack() throws IOException {
    confiture("20260401000001_users", "CREATE TABLE users (id int);");
    confiture("20260401000002_posts", "CREATE TABLE posts (id int);");
    Cli run = savepoint();
    assertEquals(0, run.code(), run.printed());
    assertTrue(run.out().contains("20260401000001"), run.out());
    assertTrue(run.out().contains("20260401000002"), run.out());
    assertTrue(
        run.out()
            .contains(
                "Rolled back: catalog and sequences of the external database are unchanged (looked"
                    + " up)."),
        run.out());
  }

  @Test
  void c33AFailingRunExits1AndShowsTheErrorText() throws IOException {
    confiture("001_bad", "ALTER TABLE nosuch ADD COLUMN x int;");
    Cli run = savepoint();
    assertEquals(1, run.code(), run.printed());
    assertTrue(run.out().contains("relation \"nosuch\" does not exist"), run.out());
  }

  @Test
  void c34ASkipIsShownAsSkippedWithItsReasonAndExits0() throws IOException {
    threeWithAnIndex();
    Cli run = savepoint();
    assertEquals(0, run.code(), run.printed());
    assertTrue(
        run.out().contains("skipped: non-transactional: cannot run inside SAVEPOINT"), run.out());
  }

  @Test
  void c37AConsumedRunSaysThatTheDatabaseMustBeReprovisionedAndNotRolledBack() throws IOException {
    threeWithAnIndex();
    Cli run = savepoint("--allow-non-transactional");
    assertEquals(0, run.code(), run.printed());
    assertTrue(run.out().contains("must be reprovisioned"), run.out());
    assertFalse(run.out().toLowerCase(java.util.Locale.ROOT).contains("rolled back"), run.out());
  }

  @Test
  void c38AConsumedRunHasDbConsumedTrueInJson() throws IOException {
    threeWithAnIndex();
    assertFalse(savepoint("-f", "json").json().path("against").path("db_consumed").asBoolean());
    JsonNode against = savepoint("-f", "json", "--allow-non-transactional").json().path("against");
    assertTrue(against.path("db_consumed").asBoolean(), against.toString());
  }

  @Test
  void underCloneTheAllowFlagHasNoEffectAndNothingIsConsumed() throws IOException {
    threeWithAnIndex();
    JsonNode against =
        run(CliServer.USER, "--isolation", "clone", "--allow-non-transactional", "-f", "json")
            .json()
            .path("against");
    assertEquals(3, against.path("passed").asInt(), against.toString());
    assertFalse(against.path("db_consumed").asBoolean());
    assertEquals("dropped", against.path("aftermath").path("state").asText());
  }

  @Test
  void withASchemaFileADatabaseOfItsOwnIsUsedAndNotConsumed() throws IOException {
    threeWithAnIndex();
    JsonNode against =
        savepoint("-f", "json", "--allow-non-transactional", "--schema-file", schema().toString())
            .json()
            .path("against");
    assertEquals(3, against.path("passed").asInt(), against.toString());
    assertEquals("savepoint", against.path("isolation").asText());
    assertFalse(against.path("db_consumed").asBoolean());
    assertEquals("dropped", against.path("aftermath").path("state").asText());
  }

  @Test
  void aSequenceThatWentOnIsNamedAndNothingElseIsSaidToBeAsBefore() throws IOException {
    confiture("001_users", "CREATE SEQUENCE own; SELECT nextval('s'), nextval('own');");
    seed("CREATE SEQUENCE s");
    Cli run = savepoint();
    assertEquals(0, run.code(), run.printed());
    assertTrue(
        run.out()
            .contains(
                "changed in the external database: sequence public.s went from not called yet to"
                    + " 1"),
        run.out());
    assertTrue(
        run.out().contains("Rolled back, but the external database is not as before, see above."),
        run.out());
  }

  @Test
  void autoTakesSavepointsWhereTheUserMayNotMakeADatabase() throws IOException {
    plainUser();
    confiture("001_users", "CREATE TABLE users (id int);");
    JsonNode against = run(PLAIN_USER, "-f", "json").json().path("against");
    assertEquals("savepoint", against.path("isolation").asText(), against.toString());
    assertEquals("passed", against.path("verdict").asText(), against.toString());
    assertEquals("unchanged", against.path("aftermath").path("state").asText());
    assertTrue(
        against.path("notes").toString().contains("savepoint isolation was taken"),
        against.toString());
    assertTrue(against.path("notes").toString().contains("lacks CREATEDB"), against.toString());
  }

  @Test
  void autoDoesNotTakeSavepointsWhereRowsAre() throws IOException {
    plainUser();
    seed("CREATE TABLE t (i int); INSERT INTO t VALUES (1); ALTER TABLE t OWNER TO plain_user");
    confiture("001_users", "CREATE TABLE users (id int);");
    Cli run = run(PLAIN_USER);
    assertEquals(2, run.code(), run.printed());
    assertTrue(run.err().contains("the table public.t holds rows"), run.err());
    assertTrue(run.err().contains("lacks CREATEDB"), run.err());
  }

  @Test
  void autoDoesNotTakeSavepointsWhereOthersAreConnected() throws IOException {
    plainUser();
    confiture("001_users", "CREATE TABLE users (id int);");
    try (var other = server.connect(database)) {
      Cli run = run(PLAIN_USER);
      assertEquals(2, run.code(), run.printed());
      assertTrue(
          run.err().contains("others are connected to it: pid " + other.backendPid()), run.err());
    }
  }

  @Test
  void cloneIsolationIsNeverSilentlyAnotherOne() throws IOException {
    plainUser();
    confiture("001_users", "CREATE TABLE users (id int);");
    Cli run = run(PLAIN_USER, "--isolation", "clone");
    assertEquals(2, run.code(), run.printed());
    assertTrue(run.err().contains("lacks CREATEDB"), run.err());
  }

  @Test
  void aSchemaIsRestoredIntoTheNamedDatabaseWhereNoOtherIsToBeHadAndItIsEmpty() throws IOException {
    plainUser();
    confiture("001_users", "ALTER TABLE public.people ADD CHECK (age > 0);");
    Path schema = schema();
    JsonNode against =
        run(PLAIN_USER, "-f", "json", "--schema-file", schema.toString()).json().path("against");
    assertEquals("passed", against.path("verdict").asText(), against.toString());
    assertEquals("savepoint", against.path("isolation").asText());
    assertEquals("emptied", against.path("aftermath").path("state").asText(), against.toString());
    try (var session = server.connect(database)) {
      assertEquals(
          List.of(),
          session.query("SELECT relname FROM pg_class WHERE oid >= 16384 AND relkind = 'r'"));
    }
  }

  @Test
  void aSchemaIsNotRestoredIntoANamedDatabaseThatHoldsAnything() throws IOException {
    plainUser();
    seed("CREATE VIEW v AS SELECT 1");
    confiture("001_users", "ALTER TABLE public.people ADD CHECK (age > 0);");
    Cli run = run(PLAIN_USER, "--schema-file", schema().toString());
    assertEquals(2, run.code(), run.printed());
    assertTrue(run.err().contains("it is not empty: it holds view public.v"), run.err());
  }

  private Path schema() throws IOException {
    return Files.writeString(
        folder.resolve("prod.schema"),
        """
        CREATE SCHEMA app;
        CREATE TYPE app.mood AS ENUM ('sad', 'ok');
        CREATE TABLE public.people (id bigserial PRIMARY KEY, age int, mood app.mood);
        CREATE VIEW public.adults AS SELECT id FROM public.people WHERE age > 17;
        CREATE FUNCTION app.one() RETURNS int LANGUAGE sql AS 'SELECT 1';
        """);
  }

  /** Who owns the database, and may not make another one. */
  private void plainUser() {
    server.query(
        "DO $$ BEGIN CREATE ROLE plain_user LOGIN PASSWORD 'secret';"
            + " EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    server.query("ALTER DATABASE " + database + " OWNER TO plain_user");
  }

  private void seed(String sql) {
    try (var session = server.connect(database)) {
      session.run(sql);
    }
  }
}
