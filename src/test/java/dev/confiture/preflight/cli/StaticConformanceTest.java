package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confiture.preflight.Options;
import dev.confiture.preflight.Preflight;
import dev.confiture.preflight.migrations.LedgerSearch;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.migrations.StaticCheck.CheckedMigration;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What confiture's static half does, sentence by sentence, under the numbers of the list. */
final class StaticConformanceTest {

  /** Of {@code printf 'SELECT 1;\n'}, by sha256sum. */
  private static final String SELECT =
      "b4e0497804e46e0a0b0b8c31975b062152d551bac49c3c2e80932567b4085dcd";

  private static final List<String> KEYS =
      List.of(
          "safe_to_deploy",
          "all_reversible",
          "all_transactional",
          "has_duplicates",
          "has_checksum_mismatches",
          "checksum_verified",
          "migrations",
          "duplicate_versions",
          "checksum_mismatches");

  private static final List<String> MIGRATION_KEYS =
      List.of(
          "version",
          "name",
          "has_down",
          "reversible",
          "fully_transactional",
          "non_transactional_statements",
          "checksum");

  private final Project project;

  StaticConformanceTest(@TempDir Path folder) throws IOException {
    this.project = Project.in(folder);
  }

  @Test
  void c42AMigrationWithADownFileIsReversibleWithoutOneItIsNotPythonIs() throws IOException {
    up("001_a", "SELECT 1;").down("001_a").up("002_b", "SELECT 1;");
    JsonNode migrations = json().path("migrations");
    for (String key : List.of("has_down", "reversible")) {
      assertTrue(migrations.path(0).path(key).booleanValue());
      assertFalse(migrations.path(1).path(key).booleanValue());
    }
    Files.writeString(project.migrations().resolve("003_c.py"), "");
    assertTrue(
        Tools.read(project.migrations(), "confiture", Tool.Told.NOTHING, () -> LedgerSearch.NONE)
            .migrations()
            .getLast()
            .reversible());
  }

  @Test
  void c43WithOneOfThreeDownFilesMissingThatOneIsReportedAndTheResultIsNotReversible()
      throws IOException {
    up("001_first", "SELECT 1;").down("001_first");
    up("002_second", "SELECT 1;").down("002_second");
    up("003_third", "SELECT 1;");
    JsonNode check = json();
    assertFalse(check.path("all_reversible").booleanValue());
    List<String> irreversible = new ArrayList<>();
    for (JsonNode migration : check.path("migrations")) {
      if (!migration.path("reversible").booleanValue()) {
        irreversible.add(migration.path("version").asText() + migration.path("name").asText());
      }
    }
    assertEquals(List.of("003third"), irreversible);
  }

  @Test
  void c44TwoFilesWithOneVersionAreReportedUnderThatVersionAndTheResultIsNotSafe()
      throws IOException {
    up("001_b", "SELECT 1;").down("001_b").up("001_a", "SELECT 1;").down("001_a");
    JsonNode check = json();
    assertTrue(check.path("has_duplicates").booleanValue());
    assertEquals(
        Cli.json("{\"001\": [\"001_a.up.sql\", \"001_b.up.sql\"]}"),
        check.path("duplicate_versions"));
    assertFalse(check.path("safe_to_deploy").booleanValue());
  }

  @Test
  void c45AllReversibleTransactionalAndUniqueIsSafeAndEndsWith0() throws IOException {
    up("001_a", "CREATE TABLE a (b int);").down("001_a").up("002_b", "DROP TABLE a;").down("002_b");
    Cli run = run("--format", "json");
    JsonNode check = run.json();
    assertTrue(check.path("safe_to_deploy").booleanValue());
    assertTrue(check.path("all_reversible").booleanValue());
    assertTrue(check.path("all_transactional").booleanValue());
    assertFalse(check.path("has_duplicates").booleanValue());
    assertEquals(0, run.code());
    assertEquals("", run.err());
  }

  /** A folder, and what names its fault in the table and in the JSON. */
  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(
            List.of("001_a"), "SELECT 1;", false, "✗ 1 irreversible (missing .down.sql)", "001"),
        Arguments.of(
            List.of("001_a"), "VACUUM;", true, "001      a     ✓           ✗ VACUUM", "\"VACUUM\""),
        Arguments.of(
            List.of("001_a", "001_b"),
            "SELECT 1;",
            true,
            "001 (001_a.up.sql, 001_b.up.sql)",
            "\"001_b.up.sql\""));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void c46AnIrreversibleNonTransactionalOrDuplicateMigrationIsNotSafeEndsWith1AndIsNamed(
      List<String> files, String text, boolean reversible, String inTable, String inJson)
      throws IOException {
    for (String file : files) {
      up(file, text);
      if (reversible) {
        down(file);
      }
    }
    Cli table = run();
    assertTrue(table.out().contains(inTable), table.out());
    assertTrue(table.out().contains("→ Not safe to deploy"), table.out());
    assertEquals(1, table.code());
    Cli json = run("--format", "json");
    assertFalse(json.json().path("safe_to_deploy").booleanValue());
    assertTrue(json.out().contains(inJson), json.out());
    assertEquals(1, json.code());
    assertEquals(0, run("--fail-on", "never").code());
  }

  @Test
  void c47CreateIndexConcurrentlyIsReportedWithItsNameAndAPlainCreateIndexIsNot()
      throws IOException {
    assertEquals(
        List.of("CREATE INDEX CONCURRENTLY: idx_a"),
        statements("CREATE INDEX CONCURRENTLY idx_a ON t (a);"));
    assertEquals(
        List.of("CREATE INDEX CONCURRENTLY: uq_a"),
        statements("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS uq_a ON t (a);"));
    assertEquals(List.of(), statements("CREATE INDEX idx_a ON t (a);"));
    assertEquals(
        List.of("CREATE INDEX CONCURRENTLY"), statements("CREATE INDEX CONCURRENTLY ON t (a);"));
  }

  @ParameterizedTest
  @CsvSource({
    "DROP INDEX CONCURRENTLY idx_a, DROP INDEX CONCURRENTLY",
    "VACUUM, VACUUM",
    "VACUUM ANALYZE t, VACUUM",
    "CREATE DATABASE d, CREATE DATABASE"
  })
  void c48DropIndexConcurrentlyVacuumAndCreateDatabaseAreReported(String sql, String reported)
      throws IOException {
    assertEquals(List.of(reported), statements(sql + ";"));
  }

  @Test
  void c49OfAMixedTextOnlyTheNonTransactionalAreReportedEachOnce() throws IOException {
    assertEquals(
        List.of("CREATE INDEX CONCURRENTLY: idx_bio"),
        statements(
            """
            ALTER TABLE users ADD COLUMN bio text;
            CREATE INDEX CONCURRENTLY idx_bio ON users (bio);
            """));
    assertEquals(
        List.of("VACUUM", "CREATE INDEX CONCURRENTLY: idx_a", "CREATE INDEX CONCURRENTLY: idx_b"),
        statements(
            """
            VACUUM t; CREATE INDEX CONCURRENTLY idx_a ON t (a);
            CREATE INDEX CONCURRENTLY idx_b ON t (b);
            """));
    assertEquals(
        List.of(),
        statements(
            "CREATE TABLE t (id serial PRIMARY KEY); ALTER TABLE t ADD a int;"
                + " CREATE INDEX i ON t (a); ALTER TYPE mood ADD VALUE 'glad';"
                + " CLUSTER t USING i;"));
  }

  @Test
  void c50NonTransactionalWordsInsideADollarQuotedBodyAreNotReported() throws IOException {
    assertEquals(
        List.of(),
        statements(
            """
            -- VACUUM
            CREATE FUNCTION rebuild_indexes() RETURNS void AS $$
            BEGIN
                EXECUTE 'CREATE INDEX CONCURRENTLY idx_temp ON t(c)';
                VACUUM;
            END;
            $$ LANGUAGE plpgsql;
            """));
  }

  /** The example of the contract, but for the checksums: confiture leaves them out. */
  @Test
  void c51AStaticObjectHasTheNineKeysInThatOrderEachMigrationTheSeven() throws IOException {
    up("20260401000001_create_foo", "SELECT 1;\n").down("20260401000001_create_foo");
    up("20260401000003_idx", "CREATE INDEX CONCURRENTLY idx_foo ON foo (a);\n")
        .down("20260401000003_idx");
    JsonNode expected =
        Cli.json(
            """
            {
              "safe_to_deploy": false, "all_reversible": true, "all_transactional": false,
              "has_duplicates": false, "has_checksum_mismatches": false, "checksum_verified": false,
              "migrations": [
                { "version": "20260401000001", "name": "create_foo", "has_down": true,
                  "reversible": true, "fully_transactional": true,
                  "non_transactional_statements": [],
                  "checksum": "b4e0497804e46e0a0b0b8c31975b062152d551bac49c3c2e80932567b4085dcd" },
                { "version": "20260401000003", "name": "idx", "has_down": true,
                  "reversible": true, "fully_transactional": false,
                  "non_transactional_statements": ["CREATE INDEX CONCURRENTLY: idx_foo"],
                  "checksum": "d313864bdad0c4985325653cbd3d9f760104b1d3d9397d65f6a80b3baec40d22" }
              ],
              "duplicate_versions": {}, "checksum_mismatches": []
            }
            """);
    JsonNode check = json();
    assertEquals(KEYS, keys(check).subList(0, KEYS.size()));
    assertEquals(
        List.of("convention", "ignored", "notes", "convention_told_by"),
        keys(check).subList(9, 13));
    for (JsonNode migration : check.path("migrations")) {
      assertEquals(MIGRATION_KEYS, keys(migration).subList(0, MIGRATION_KEYS.size()));
      assertEquals(List.of("file", "load_error"), keys(migration).subList(7, 9));
    }
    for (String key : KEYS) {
      if (!key.equals("migrations")) {
        assertEquals(expected.get(key), check.get(key), key);
      }
    }
    assertEquals(2, check.get("migrations").size());
    for (int i = 0; i < 2; i++) {
      for (String key : MIGRATION_KEYS) {
        assertEquals(
            expected.get("migrations").get(i).get(key),
            check.get("migrations").get(i).get(key),
            key);
      }
    }
  }

  @Test
  void c52AnExplicitListOfVersionsRestrictsTheStaticCheckToThem() throws IOException {
    up("001_a", "SELECT 1;").down("001_a");
    up("002_b", "VACUUM;");
    up("003_c", "SELECT 1;").down("003_c");
    StaticCheck all = Preflight.check(Options.of(project.migrations()));
    StaticCheck some = all.restrictedTo(List.of("001", "003"));
    assertEquals(List.of("001", "002", "003"), versions(all));
    assertEquals(List.of("001", "003"), versions(some));
    assertFalse(all.safeToDeploy());
    assertTrue(some.safeToDeploy());
  }

  @Test
  void c53WithADatabaseTheStaticCheckCoversThePendingOnesAndVerifiesChecksumsWithoutNeither()
      throws IOException {
    applied("001", SELECT);
    up("001_applied", "SELECT 1;\n").down("001_applied");
    up("002_pending", "SELECT 2;\n").down("002_pending");
    Report report =
        Preflight.rehearse(Options.of(project.migrations()).withSchemaFile(project.schema()));
    StaticCheck pending = report.staticCheck().restrictedTo(report.pending().versions());
    assertEquals(List.of("002"), versions(pending));
    assertTrue(pending.checksumVerified());
    assertTrue(pending.safeToDeploy());
    StaticCheck outside = Preflight.check(Options.of(project.migrations()));
    assertEquals(List.of("001", "002"), versions(outside));
    assertFalse(outside.checksumVerified());
  }

  @Test
  void c54AChecksumMismatchMakesTheResultUnsafe() throws IOException {
    applied("001", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    up("001_applied", "SELECT 1;\n").down("001_applied");
    up("002_pending", "SELECT 2;\n").down("002_pending");
    Cli run = Cli.run(project.seededBy("--format", "json"));
    assertEquals(List.of("static", "against"), keys(run.json()));
    JsonNode check = run.json().path("static");
    assertTrue(check.path("checksum_verified").booleanValue());
    assertTrue(check.path("has_checksum_mismatches").booleanValue());
    assertEquals(
        Cli.json("[\"001_applied: expected 0123456789ab..., got b4e0497804e4...\"]"),
        check.path("checksum_mismatches"));
    assertFalse(check.path("safe_to_deploy").booleanValue());
    assertTrue(run.json().path("against").path("all_passed").booleanValue());
    assertEquals(0, run.code());
  }

  @Test
  void c55ATableRunOnSafeFilesSaysSoAndEndsWith0() throws IOException {
    up("001_a", "SELECT 1;").down("001_a");
    Cli run = run();
    assertTrue(run.out().startsWith("Pre-flight Check\n"), run.out());
    assertTrue(run.out().contains("\n  → Safe to deploy\n"), run.out());
    assertEquals("", run.err());
    assertEquals(0, run.code());
  }

  /** Two that are applied have their seconds; two that are pending may share one. */
  @Test
  void twoPendingMigrationsWithOneNameAreNotedAndPass() throws IOException {
    applied("001", SELECT);
    up("001_index", "SELECT 1;\n").down("001_index");
    up("002_index", "SELECT 2;").down("002_index");
    assertEquals(Cli.json("[]"), rehearsed().path("notes"));
    up("003_index", "SELECT 3;").down("003_index");
    JsonNode against = rehearsed();
    assertEquals(
        Cli.json(
            "[\"002_index.up.sql, 003_index.up.sql have one name: confiture cannot record two of"
                + " them within one second\"]"),
        against.path("notes"));
    assertTrue(against.path("all_passed").booleanValue());
  }

  private JsonNode rehearsed() throws IOException {
    return Cli.run(project.seededBy("--format", "json")).json().path("against");
  }

  private StaticConformanceTest up(String base, String text) throws IOException {
    project.migration(base + ".up.sql", text);
    return this;
  }

  private StaticConformanceTest down(String base) throws IOException {
    project.migration(base + ".down.sql", "");
    return this;
  }

  /** The schema has a tracking table with this row. */
  private void applied(String version, String checksum) throws IOException {
    Files.writeString(
        project.schema(),
        "CREATE TABLE public.tb_confiture (slug text UNIQUE NOT NULL, version text, name text,"
            + " execution_time_ms int, checksum varchar(64));\n"
            + "INSERT INTO public.tb_confiture VALUES ('a', '"
            + version
            + "', 'applied', 1, '"
            + checksum
            + "');\n");
  }

  private Cli run(String... more) {
    return Cli.run(project.with(more));
  }

  private JsonNode json() throws IOException {
    return run("--format", "json").json();
  }

  /** The non-transactional statements of a file with this text. */
  private List<String> statements(String text) throws IOException {
    up("001_only", text).down("001_only");
    List<String> statements = new ArrayList<>();
    json()
        .path("migrations")
        .path(0)
        .path("non_transactional_statements")
        .forEach(statement -> statements.add(statement.asText()));
    return statements;
  }

  private static List<String> versions(StaticCheck check) {
    return check.migrations().stream()
        .map(CheckedMigration::file)
        .map(MigrationFile::version)
        .toList();
  }

  private static List<String> keys(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
