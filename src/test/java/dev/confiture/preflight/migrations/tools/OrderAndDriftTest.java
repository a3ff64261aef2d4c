package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.Digest;
import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.LedgerSearch;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order of files and the drift that tools of the JavaScript world, and tern, find: as they were
 * measured.
 */
final class OrderAndDriftTest {

  private final Folder folder;

  OrderAndDriftTest(@TempDir Path path) {
    this.folder = new Folder(path);
  }

  @Test
  void nodePgMigrateReadsSeventeenDigitsAsAMoment() throws IOException {
    folder.with(
        "1_a.sql", "20240101_b.sql", "20240101120000_c.sql", "20240101120000123_d.sql", ".2_e.sql");
    assertEquals(
        List.of("1_a", "20240101_b", "20240101120000123_d", "20240101120000_c"),
        folder.versions("node-pg-migrate"));
  }

  @Test
  void nodePgMigrateComparesNamesNumericallyAndWithoutPunctuation() throws IOException {
    folder.with("1_14_a.sql", "1_2_b.sql", "2_b.sql", "2_bb.sql", "3_a.up.sql", "3_a.down.sql");
    assertEquals(
        List.of("1_2_b", "1_14_a", "2_bb", "2_b", "3_a.down", "3_a.up"),
        folder.versions("node-pg-migrate"));
  }

  @Test
  void nodePgMigrateRunsNothingBesideAFileWithoutANumber() throws IOException {
    folder.with("1_a.sql", "notes.sql");
    assertEquals(
        List.of(
            "node-pg-migrate runs none of the folder's files: Cannot determine numeric prefix for"
                + " \"notes.sql\""),
        refusals(folder.list("node-pg-migrate").migrations()));
  }

  @Test
  void nodePgMigrateWantsTheRecordedNamesToBeTheFirst() throws IOException {
    folder.with("1_a.sql", "2_b.sql", "3_c.sql");
    assertEquals(List.of(), refusals("node-pg-migrate", "name", "1_a", "2_b"));
    assertEquals(
        List.of(
            "node-pg-migrate runs nothing: Not run migration 2_b is preceding already run migration"
                + " 3_c"),
        refusals("node-pg-migrate", "name", "1_a", "3_c"));
  }

  @Test
  void ternAndPostgresMigrationsCountFromOneWithoutAGap() throws IOException {
    folder
        .holding("1_a.sql", "SELECT 1;")
        .holding("2_b.sql", "SELECT 1;")
        .holding("10_c.sql", "SELECT 1;");
    assertEquals(List.of("1", "2", "10"), folder.versions("tern"));
    assertEquals(
        List.of("tern runs none of the folder's files: Missing migration 3"),
        refusals(folder.list("tern").migrations()));
    assertEquals(
        List.of(
            "postgres-migrations runs none of the folder's files: Found a non-consecutive migration"
                + " ID on file: '10_c.sql'"),
        refusals(folder.list("postgres-migrations").migrations()));
    folder.holding("02_d.sql", "SELECT 1;");
    assertEquals(
        List.of("tern runs none of the folder's files: Duplicate migration 2"),
        refusals(folder.list("tern").migrations()));
  }

  @Test
  void ternDemandsTheFileOfItsNumber() throws IOException {
    folder.holding("1_a.sql", "SELECT 1;");
    assertEquals(
        List.of("tern runs nothing: current version 2 is outside the valid versions of 0 to 1"),
        refusals("tern", "version", "2"));
    assertEquals(List.of(), refusals("tern", "version", "1"));
  }

  @Test
  void ternCutsOutsideOfQuotesAlone() throws IOException {
    folder.holding(
        "1_a.sql",
        "---- tern: disable-tx ----\nSELECT 'a;b', E'a\\'b;c', \"x;y\" /* a; /* b; */ c; */; DO"
            + " $a$ BEGIN NULL; END $a$; -- d;\nVACUUM\n---- create above / drop below ----\nDROP;");
    assertEquals(3, folder.list("tern").migrations().getFirst().text().statements().size());
  }

  @Test
  void graphileMigrateWantsAnUnbrokenChain() throws IOException {
    String first = committed("-", "SELECT 1;");
    folder.holding("000001.sql", first);
    folder.holding("000002-b.sql", committed("sha1:0", "SELECT 2;"));
    assertTrue(
        refusals(folder.list("graphile-migrate").migrations())
            .getFirst()
            .contains("doesn't match '000002-b.sql''s expected previous hash 'sha1:0'"));
    folder.holding("000002-b.sql", committed(hash(first), "SELECT 2;"));
    assertEquals(List.of(), refusals(folder.list("graphile-migrate").migrations()));
    folder.holding(
        "000002-b.sql", committed(hash(first), "SELECT 2;").replace("SELECT 2", "SELECT 3"));
    assertTrue(
        refusals(folder.list("graphile-migrate").migrations())
            .getFirst()
            .contains("has the file been tampered with?"));
  }

  @Test
  void ternPutsValuesInThePlaceOfActions() throws IOException {
    folder.holding(
        "1_a.sql",
        "GRANT {{.app}} TO {{ .user }}; SELECT 1;\n---- create above / drop below ----\n{{x}}");
    assertEquals(
        List.of("tern evaluates {{ }} as a Go template, which cannot be done here"),
        refusals(folder.list("tern").migrations()));
    List<Migration> told = told("tern", Map.of("app", "app", "user", "jane"));
    assertEquals(List.of(), refusals(told));
    assertEquals(
        List.of("GRANT app TO jane", "SELECT 1"),
        told.getFirst().text().statements().stream().map(Statement::text).toList());
    folder.holding("2_b.sql", "SELECT {{ if .app }}1{{ end }};");
    assertEquals(1, refusals(told("tern", Map.of("app", "app", "user", "jane"))).size());
  }

  private List<Migration> told(String tool, Map<String, String> placeholders) {
    return Tools.read(
            folder.path(), tool, new Tool.Told(placeholders, Map.of()), () -> LedgerSearch.NONE)
        .migrations();
  }

  /** The file is signed as it is written, and sent with the values. */
  @Test
  void graphileMigratePutsValuesInThePlaceOfNames() throws IOException {
    folder.holding(".gmrc", "{ \"placeholders\": { \":APP\": \"app\", \":USER\": \"!ENV\" } }");
    folder.holding("000001.sql", committed("-", "GRANT :APP TO :USER; SELECT ':APPLE';"));
    assertEquals(
        List.of("graphile-migrate puts a value for :USER here, which is not known"),
        refusals(folder.list("graphile-migrate").migrations()));
    List<Migration> told = told("graphile-migrate", Map.of("USER", "jane"));
    assertEquals(List.of(), refusals(told));
    assertEquals(
        List.of("GRANT app TO jane", "SELECT ':APPLE'"),
        told.getFirst().text().statements().stream().map(Statement::text).toList());
  }

  @Test
  void graphileMigrateNeverRunsWhatIsOlderThanItsNewestRecord() throws IOException {
    String first = committed("-", "SELECT 1;");
    folder.holding("000001.sql", first);
    folder.holding("000003.sql", committed(hash(first), "SELECT 2;"));
    assertEquals(List.of(), refusals("graphile-migrate", "filename", "000001.sql"));
    assertTrue(
        refusals("graphile-migrate", "filename", "000003.sql")
            .getFirst()
            .startsWith("graphile-migrate never runs it: "));
  }

  @Test
  void myBatisOrdersByNumberAndNeverRunsWhatIsBelowItsNewestRecord() throws IOException {
    folder
        .holding("2_a_b__c.sql", "SELECT 1;")
        .holding("10.sql", "SELECT 1;")
        .holding("1.5_d.sql", "SELECT 1;")
        .holding("bootstrap.sql", "SELECT 1;")
        .holding("onabort.sql", "SELECT 1;");
    assertEquals(List.of("1.5", "2", "10"), folder.versions("mybatis"));
    assertEquals(List.of("bootstrap.sql", "onabort.sql"), folder.list("mybatis").ignored());
    assertEquals(List.of(), refusals("mybatis", "id", "1.5", "2.0"));
    assertEquals(List.of("10"), pending("mybatis", "id", "1.5", "2").versions());
    // A missing one is ignored.
    assertEquals(List.of(), refusals("mybatis", "id", "1", "1.5", "2"));
    assertEquals(
        List.of(
            "mybatis never runs it: its number is below 10, which is recorded. WARNING: Migration"
                + " script '1.5_d.sql' was not applied to the database."),
        refusals("mybatis", "id", "2", "10"));
  }

  @Test
  void myBatisRunsNothingBesideAFileWithoutANumber() throws IOException {
    folder.holding("1_a.sql", "SELECT 1;").holding("notes.sql", "SELECT 1;");
    String refusal =
        "mybatis runs none of the folder's files: Error parsing change from file: notes.sql does"
            + " not begin with a number";
    assertEquals(List.of(refusal), refusals(folder.list("mybatis").migrations()));
    assertEquals(List.of(refusal), refusals("mybatis", "id", "1"));
  }

  @Test
  void yoyoRunsEachBehindWhatItDependsOn() throws IOException {
    folder
        .holding("10.c.sql", "SELECT 1;")
        .holding("10.c.rollback.sql", "SELECT 1;")
        .holding("2.b.sql", "-- depends: 3.a\nSELECT 1;")
        .holding("3.a.sql", "-- depends: 4\n-- depends: 10.c\nSELECT 1;")
        .holding("4.py", "__depends__ = {'10.c'}\n")
        .holding("post-apply.sql", "SELECT 1;");
    assertEquals(List.of("10.c", "4", "3.a", "2.b"), folder.versions("yoyo"));
    // It sorts what is pending alone: nothing is in the way of 2.b then.
    assertEquals(List.of("10.c", "2.b", "4"), pending("yoyo", "migration_id", "3.a").versions());
    // An applied one that is gone is ignored.
    assertEquals(
        List.of("2.b"), pending("yoyo", "migration_id", "10.c", "3.a", "4", "9.x").versions());
    assertEquals(
        List.of("yoyo runs post-apply.sql after these files, which is not rehearsed"),
        folder.list("yoyo").tool().notes(folder.list("yoyo").files()));
  }

  @Test
  void yoyoRefusesWhatDependsOnNothingAndCircles() throws IOException {
    folder
        .holding("1.a.sql", "-- depends: 2.b\nSELECT 1;")
        .holding("2.b.sql", "-- depends: 1.a\nSELECT 1;")
        .holding("3.c.sql", "-- depends: 0.x\nSELECT 1;")
        .holding("4.d.sql", "-- transactional: no\nSELECT 1;");
    assertEquals(
        List.of(
            "yoyo runs nothing: Could not resolve dependencies in 3.c.sql: there is no 0.x",
            "yoyo runs nothing: KeyError: 'no' is no value of -- transactional:",
            "yoyo runs nothing: Circular dependencies among these migrations 1.a, 2.b"),
        refusals("yoyo", "migration_id"));
    assertEquals(
        List.of("yoyo runs nothing: KeyError: 'no' is no value of -- transactional:"),
        refusals("yoyo", "migration_id", "1.a", "3.c"));
  }

  @Test
  void drizzleRunsWhatItsJournalNamesInItsOrder() throws IOException {
    assertTrue(
        assertThrows(
                UsageProblem.class,
                () ->
                    Tools.read(
                        folder.path(), "drizzle", Tool.Told.NOTHING, () -> LedgerSearch.NONE))
            .text()
            .contains("Can't find meta/_journal.json file"));
    Files.createDirectory(folder.path().resolve("meta"));
    folder.with("0001_b.sql", "0000_a.sql", "0002_c.sql");
    folder.holding(
        "meta/_journal.json",
        "{\"entries\": [{\"when\": 10, \"tag\": \"0001_b\"}, {\"when\": 20, \"tag\": \"0000_a\"}]}");
    MigrationFolder read = folder.list("auto");
    assertEquals("drizzle (meta/_journal.json)", read.choice().title());
    assertEquals(List.of("0001_b", "0000_a"), folder.versions("drizzle"));
    assertEquals(List.of("0002_c.sql"), read.ignored());
    assertTrue(read.has("10"));
    assertTrue(read.has("0000"));
    assertEquals(List.of("0000_a"), pending("drizzle", "created_at", "10").versions());
    assertTrue(
        pending("drizzle", "created_at", "20")
            .refusals()
            .getFirst()
            .startsWith("drizzle never runs it: 10, its \"when\""));
  }

  @Test
  void hasuraKnowsVersionsByItsTableOrByItsMetadata() throws IOException {
    Files.createDirectory(folder.path().resolve(".git"));
    Path migrations = Files.createDirectories(folder.path().resolve("migrations/shop"));
    Folder inner = new Folder(migrations);
    for (String name : List.of("2_b", "10_c", "1_a")) {
      Files.createDirectory(migrations.resolve(name));
      inner.holding(name + "/up.sql", "SELECT 1;");
    }
    folder.holding("config.yaml", "version: 3\nendpoint: http://localhost:8080\n");
    MigrationFolder read = inner.list("auto");
    assertEquals(
        "hasura (numbered folders with an up.sql, and config.yaml)", read.choice().title());
    assertEquals(
        new Found(List.of("1", "10"), List.of()),
        pending(
            read,
            "cli_state",
            "{\"migrations\": {\"default\": {\"1\": false}, \"shop\": {\"2\": false}}}"));
    folder.holding("config.yaml", "version: 2\nendpoint: http://localhost:8080\n");
    assertEquals(
        new Found(List.of("2", "10"), List.of()), pending(inner.list("auto"), "version", "1"));
    Files.createDirectory(migrations.resolve("02_d"));
    inner.holding("02_d/up.sql", "");
    assertEquals(List.of(), refusals(inner.list("auto").migrations()));
    inner.holding("02_d/up.sql", "SELECT 2;");
    assertEquals(
        List.of(
            "hasura runs none of the folder's migrations: found duplicate migrations for version"
                + " 2"),
        refusals(inner.list("auto").migrations()));
  }

  private static String committed(String previous, String body) {
    String signed = (previous.equals("-") ? "" : previous + "\n") + body + "\n";
    return "--! Previous: "
        + previous
        + "\n--! Hash: sha1:"
        + Digest.SHA_1.of(signed)
        + "\n\n"
        + body
        + "\n";
  }

  private static String hash(String committed) {
    return committed.lines().toList().get(1).substring("--! Hash: ".length());
  }

  private record Found(List<String> versions, List<String> refusals) {}

  private Found pending(String tool, String column, String... recorded) {
    return pending(folder.list(tool), column, recorded);
  }

  private static Found pending(MigrationFolder read, String column, String... recorded) {
    LedgerFormat format = read.tool().ledger().orElseThrow();
    assertEquals(column, format.version());
    PendingSet set =
        PendingSet.of(
            read,
            new Selection.NotTracked(
                format
                    .rows()
                    .applied(
                        format.name(),
                        Stream.of(recorded)
                            .map(version -> new LedgerFormat.Row(version, Map.of()))
                            .toList())));
    return new Found(
        set.migrations().stream().map(Migration::version).toList(), refusals(set.migrations()));
  }

  private List<String> refusals(String tool, String column, String... recorded) {
    return pending(tool, column, recorded).refusals();
  }

  private static List<String> refusals(List<Migration> migrations) {
    return migrations.stream()
        .flatMap(migration -> migration.refusals().stream())
        .map(Refusal::message)
        .distinct()
        .toList();
  }
}
