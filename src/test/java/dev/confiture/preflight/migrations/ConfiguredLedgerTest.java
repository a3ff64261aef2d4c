package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.migrations.confiture.Confiture;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.LedgerProblem;
import dev.confiture.preflight.problem.Problem.SourceProblem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.session.Session;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configured database tells, on a real server, to a user who may read and little more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConfiguredLedgerTest {

  private static final Path FILE = Path.of("db/environments/production.yaml");
  private static final QualifiedName DEFAULT = QualifiedName.of("tb_confiture");

  private final ExternalServer server = ExternalServer.start();
  private int databases;
  private ConnectionString owner = ConnectionString.parse("postgresql://nowhere");
  private ConnectionString reader = owner;

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void newDatabase() {
    owner = server.newDatabase("d" + ++databases);
    run(
        "DO $$ BEGIN CREATE ROLE reader LOGIN PASSWORD 'hunter2';"
            + " EXCEPTION WHEN duplicate_object THEN NULL; END $$",
        "ALTER ROLE reader RESET ALL");
    reader = owner.withUser("reader", "hunter2");
  }

  @Test
  void theTableTellsVersionsAndChecksums() {
    run(
        "CREATE TABLE tb_confiture (version varchar(255), checksum varchar(64))",
        "INSERT INTO tb_confiture VALUES ('001', 'aa'), ('002', NULL)",
        "GRANT SELECT ON tb_confiture TO reader");
    Applied table = read(DEFAULT).applied();
    assertEquals(QualifiedName.of("public", "tb_confiture"), table.table());
    assertEquals(Set.of("001", "002"), table.versions());
    assertEquals(Map.of("001", "aa"), table.checksums());
  }

  @Test
  void oneWithoutChecksumsTellsVersions() {
    run(
        "CREATE TABLE tb_confiture (version int)",
        "INSERT INTO tb_confiture VALUES (7)",
        "GRANT SELECT ON tb_confiture TO reader");
    assertEquals(Set.of("7"), read(DEFAULT).applied().versions());
    assertEquals(Map.of(), read(DEFAULT).applied().checksums());
  }

  @Test
  void aBareNameIsFoundBySearchPath() {
    run(
        "CREATE TABLE tb_confiture (version text)",
        "CREATE SCHEMA ops",
        "CREATE TABLE ops.tb_confiture (version text)",
        "INSERT INTO ops.tb_confiture VALUES ('1')",
        "GRANT USAGE ON SCHEMA ops TO reader",
        "GRANT SELECT ON ops.tb_confiture TO reader",
        "ALTER ROLE reader SET search_path = ops, public");
    assertEquals(QualifiedName.of("ops", "tb_confiture"), read(DEFAULT).applied().table());
    assertEquals(Set.of("1"), read(DEFAULT).applied().versions());
  }

  @Test
  void aNameWithASchemaIsThatOne() {
    run(
        "CREATE TABLE tb_confiture (version text)",
        "CREATE SCHEMA ops",
        "CREATE TABLE ops.ledger (version text)",
        "GRANT USAGE ON SCHEMA ops TO reader",
        "GRANT SELECT ON ops.ledger TO reader");
    QualifiedName name = QualifiedName.of("ops", "ledger");
    assertEquals(name, read(name).applied().table());
  }

  @Test
  void theNameIsQuotedAsTheToolDoes() {
    run("CREATE TABLE \"Ledger\" (version text)", "GRANT SELECT ON \"Ledger\" TO reader");
    assertEquals("public.Ledger", read(QualifiedName.of("Ledger")).applied().table().toString());
    assertEquals("tracking_table_absent", absent(QualifiedName.of("ledger")).kind());
  }

  @Test
  void aViewServesWhereItIsConfigured() {
    run(
        "CREATE VIEW tb_confiture AS SELECT '1'::text AS version",
        "GRANT SELECT ON tb_confiture TO reader");
    assertEquals(Set.of("1"), read(DEFAULT).applied().versions());
  }

  @Test
  void whereThereIsNoneItIsAProblemOfItsOwn() {
    LedgerProblem problem = absent(DEFAULT);
    assertEquals("tracking_table_absent", problem.kind());
    assertEquals(
        "there is no ledger tb_confiture in "
            + reader.redacted()
            + " (db/environments/production.yaml)",
        problem.text());
    assertEquals(
        Optional.of(
            "see whether the configuration names the right database and tracking_table; without"
                + " one, name what is applied with --since or --applied-from in place of the"
                + " configuration"),
        problem.hint());
  }

  @Test
  void oneThatSearchPathDoesNotFindIsShown() {
    run("CREATE SCHEMA ops", "CREATE TABLE ops.tb_confiture (version text)");
    assertTrue(absent(DEFAULT).text().endsWith(" (" + FILE + "); there is ops.tb_confiture"));
    assertTrue(
        absent(QualifiedName.of("app", "tb_confiture"))
            .text()
            .endsWith("; there is ops.tb_confiture"));
  }

  @Test
  void aTableWithoutVersionsIsNone() {
    run("CREATE TABLE tb_confiture (id int)", "GRANT SELECT ON tb_confiture TO reader");
    assertEquals(
        "the table public.tb_confiture of "
            + reader.redacted()
            + " (db/environments/production.yaml) has no column version",
        refused().text());
  }

  @Test
  void aTableThatMayNotBeReadIsAProblemOfTheSource() {
    run("CREATE TABLE tb_confiture (version text)");
    SourceProblem problem = refused();
    assertEquals(
        "reading the ledger tb_confiture of "
            + reader.redacted()
            + " (db/environments/production.yaml): permission denied for table"
            + " tb_confiture",
        problem.text());
    assertEquals(Optional.of("let the user of the URL read it"), problem.hint());
  }

  @Test
  void soIsOneInASchemaThatMayNotBeUsed() {
    run("CREATE SCHEMA ops", "CREATE TABLE ops.tb_confiture (version text)");
    SourceProblem problem =
        assertThrows(SourceProblem.class, () -> read(QualifiedName.of("ops", "tb_confiture")));
    assertTrue(problem.text().endsWith("permission denied for schema ops"), problem.text());
  }

  /** Else what is applied would be pending. */
  @Test
  void soIsOneWhoseRowsAPolicyHides() {
    run(
        "CREATE TABLE tb_confiture (version text)",
        "INSERT INTO tb_confiture VALUES ('1')",
        "GRANT SELECT ON tb_confiture TO reader",
        "ALTER TABLE tb_confiture ENABLE ROW LEVEL SECURITY");
    assertTrue(refused().text().contains("row-level security"), refused().text());
  }

  @Test
  void readingWritesNothing() {
    run(
        "CREATE TABLE seen (at timestamptz)",
        "CREATE FUNCTION note() RETURNS text LANGUAGE sql SECURITY DEFINER"
            + " AS 'INSERT INTO public.seen VALUES (now()); SELECT ''1'''",
        "CREATE VIEW tb_confiture AS SELECT note() AS version",
        "GRANT SELECT ON tb_confiture TO reader");
    assertTrue(
        refused().text().endsWith("cannot execute INSERT in a read-only transaction"),
        refused().text());
  }

  @Test
  void aLockIsNotWaitedForWithoutEnd() {
    run("CREATE TABLE tb_confiture (version text)", "GRANT SELECT ON tb_confiture TO reader");
    try (Session migrating = Session.open(owner)) {
      migrating.run("BEGIN; LOCK TABLE tb_confiture");
      assertTrue(
          refused().text().endsWith("canceling statement due to lock timeout"), refused().text());
    }
  }

  @Test
  void noSessionStaysOpen() throws InterruptedException {
    run("CREATE TABLE tb_confiture (version text)", "GRANT SELECT ON tb_confiture TO reader");
    read(DEFAULT);
    try (Session session = Session.open(owner)) {
      String others =
          "SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND datname = current_database()";
      for (int i = 0; i < 500 && session.query(others).getFirst().number(0) > 0; i++) {
        Thread.sleep(10);
      }
      assertEquals(0, session.query(others).getFirst().number(0));
    }
  }

  @Test
  void anEmptyOneInAnEmptyDatabaseSaysThatNothingIsApplied() {
    run("CREATE TABLE tb_confiture (version text)", "GRANT SELECT ON tb_confiture TO reader");
    assertEquals(
        new Selection.Configured(
            FILE.toString(), QualifiedName.of("public", "tb_confiture"), Set.of()),
        read(DEFAULT).selection());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE users (id int)",
        "CREATE SCHEMA app; CREATE TABLE app.users (id int)",
        "CREATE TABLE users (id int) PARTITION BY LIST (id)",
        "CREATE TABLE \"users\" (id int); CREATE TABLE zebras (id int)"
      })
  void anEmptyOneInADatabaseThatIsInUseIsAProblemOfItsOwn(String table) {
    run(
        table,
        "CREATE TABLE tb_confiture (version text)",
        "GRANT SELECT ON tb_confiture TO reader");
    ConfiguredLedger read = read(DEFAULT);
    LedgerProblem problem = assertThrows(LedgerProblem.class, read::selection);
    assertEquals("tracking_table_empty", problem.kind());
    assertEquals(
        "the ledger public.tb_confiture of "
            + reader.redacted()
            + " (db/environments/production.yaml) is empty, but the database is in use: it has "
            + (table.contains("app") ? "app" : "public")
            + ".users",
        problem.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE tb_confiture_steps (id int)",
        "CREATE SCHEMA confiture; CREATE TABLE confiture.saved_views (id int)",
        "CREATE VIEW users AS SELECT 1 AS id; CREATE SEQUENCE s",
        "CREATE TABLE t (id int); ALTER EXTENSION plpgsql ADD TABLE t"
      })
  void whatTheToolOrAnExtensionMadeIsNoUse(String made) {
    run(made, "CREATE TABLE tb_confiture (version text)", "GRANT SELECT ON tb_confiture TO reader");
    read(DEFAULT).selection();
  }

  @Test
  void theToolWritesTheNameThatIsConfigured() {
    run(
        "CREATE TABLE tb_confiture (version text)",
        "CREATE SCHEMA ops",
        "CREATE TABLE ops.tb_confiture (version text)",
        "GRANT USAGE ON SCHEMA ops TO reader",
        "GRANT SELECT ON tb_confiture, ops.tb_confiture TO reader");
    QualifiedName inPublic = QualifiedName.of("public", "tb_confiture");
    QualifiedName elsewhere = QualifiedName.of("ops", "tb_confiture");
    assertEquals(new Ledger(inPublic, DEFAULT), read(DEFAULT).ledger());
    assertEquals(new Ledger(inPublic, inPublic), read(inPublic).ledger());
    run("ALTER ROLE reader SET search_path = ops");
    assertEquals(new Ledger(elsewhere, elsewhere), read(DEFAULT).ledger());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dbname | nowhere | database \"nowhere\" does not exist"
            + " | check the database's name in the URL",
        "password | gatherer | password authentication failed for user \"reader\""
            + " | check user and password of the URL, and the server's pg_hba.conf",
        "port | 1 | refused"
            + " | check host and port of the URL, and that the server is up and reachable from here"
      })
  void aDatabaseThatCannotBeReachedIsAProblemOfTheSource(
      String parameter, String value, String reason, String hint) {
    Map<String, String> parameters = new HashMap<>(reader.parameters());
    parameters.put(parameter, value);
    reader = new ConnectionString(parameters, true);
    SourceProblem problem = refused();
    String start = "connecting to " + reader.redacted() + " (db/environments/production.yaml): ";
    assertEquals(start, problem.text().substring(0, start.length()));
    assertTrue(problem.text().contains(reason), problem.text());
    assertEquals(Optional.of(hint), problem.hint());
  }

  @Test
  void aServerThatNeverAnswersIsNotWaitedForWithoutEnd() {
    Map<String, String> parameters = new HashMap<>(reader.parameters());
    parameters.put("connect_timeout", "1");
    reader = new ConnectionString(parameters, true);
    server.freeze();
    try {
      assertTrue(refused().text().startsWith("connecting to " + reader.redacted()));
    } finally {
      server.thaw();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host=/var/run/postgresql dbname=d | a Unix-domain socket (host=/var/run/postgresql) cannot"
            + " be used: name a host and a port that the server listens on",
        "postgresql://db/d?color=red | the connection parameter \"color\" is not supported: leave it"
            + " out"
      })
  void whatTheDriverCannotCarryIsRefusedByName(String url, String reason) {
    reader = ConnectionString.parse(url);
    assertEquals(
        "connecting to " + reader.redacted() + " (" + FILE + "): " + reason,
        assertThrows(UsageProblem.class, () -> read(DEFAULT)).text());
  }

  private ConfiguredLedger read(QualifiedName table) {
    return ConfiguredLedger.read(
        new ConfiguredLedger.Location(FILE, reader, table, new Confiture().ledger().orElseThrow()));
  }

  private LedgerProblem absent(QualifiedName table) {
    return assertThrows(LedgerProblem.class, () -> read(table));
  }

  private SourceProblem refused() {
    return assertThrows(SourceProblem.class, () -> read(DEFAULT));
  }

  private void run(String... sql) {
    try (Session session = Session.open(owner)) {
      for (String each : sql) {
        session.run(each);
      }
    }
  }
}
