package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Atlas's folders: atlas.sum, the order, drift, checkpoints, directives, and how files are cut. */
final class AtlasTest {

  private final Folder folder;

  AtlasTest(@TempDir Path path) {
    this.folder = new Folder(path);
  }

  /** The checksums are of a recorded run of Atlas. */
  @Test
  void theSumIsAtlass() {
    AtlasSum.Sum sum = new AtlasSum.Sum();
    assertEquals(
        Optional.of("4DYTcfqiFN6Ey1yOzuZ+S9Dcko3E4XgY/a5AnkXYVgo="),
        sum.add(
            "20240101000001_idx.sql",
            """
            -- atlas:txmode none

            CREATE TABLE x1(id int);
            CREATE INDEX CONCURRENTLY i1 ON t(a);
            """
                .getBytes(StandardCharsets.UTF_8)));
    String written =
        """
        h1:1+5sroIf/MByrVrVUzrNlA6UO9jXNkVOGIKoVEzPot0=
        20240101000001_idx.sql h1:4DYTcfqiFN6Ey1yOzuZ+S9Dcko3E4XgY/a5AnkXYVgo=
        """;
    assertEquals(Optional.empty(), sum.end().fault(written));
    assertEquals(Optional.empty(), sum.end().fault(written.replace("\n", "\r\n")));
    assertEquals(
        Optional.of("checksum mismatch"), sum.end().fault(written.replace("idx", "other")));
    assertEquals(
        Optional.of("checksum file format invalid"), sum.end().fault(written + "<<<<<<< HEAD\n"));
    assertEquals(Optional.of("checksum mismatch"), sum.end().fault(""));
    AtlasSum.Line line = sum.end().lines().getFirst();
    String once = line.name() + " h1:" + line.hash() + "\n";
    assertEquals(
        Optional.of("checksum mismatch (L3: " + line.name() + " was removed)"),
        sum.end().fault("h1:" + AtlasSum.total(List.of(line, line)) + "\n" + once + once));
  }

  @Test
  void aFolderThatItsSumDoesNotMatchIsRefused() throws IOException {
    folder.holding("1_a.sql", "SELECT 1;").holding("2_b.sql", "SELECT 2;");
    assertEquals(refused("checksum file not found"), refusals(read()));
    sum();
    assertEquals(List.of(), refusals(read()));
    folder.holding("2_b.sql", "SELECT 3;");
    assertEquals(refused("checksum mismatch (L3: 2_b.sql was edited)"), refusals(read()));
    Files.delete(folder.path().resolve("2_b.sql"));
    assertEquals(refused("checksum mismatch (L3: 2_b.sql was removed)"), refusals(read()));
    folder.holding("2_b.sql", "SELECT 2;").holding("0_z.sql", "SELECT 0;");
    assertEquals(refused("checksum mismatch (L2: 0_z.sql was added)"), refusals(read()));
    // Where all is applied, too.
    assertEquals(
        refused("checksum mismatch (L2: 0_z.sql was added)"),
        planned(row("0", 2, 1, 1), row("1", 2, 1, 1), row("2", 2, 1, 1)).refusals());
  }

  private static List<String> refused(String message) {
    return List.of("atlas runs none of the folder's files: " + message);
  }

  @Test
  void anOlderFileIsRefusedUnlessTheOrderIsAnother() throws IOException {
    folder.holding("1_a.sql", "SELECT 1;").holding("2_b.sql", "SELECT 2;");
    folder.holding("3_c.sql", "SELECT 3;").holding("4_d.sql", "SELECT 4;");
    sum();
    assertEquals(
        new Planned(
            List.of("2", "4"),
            List.of("atlas runs nothing: migration file 2_b.sql was added out of order")),
        planned(row("1", 2, 1, 1), row("3", 2, 1, 1)));
    folder.holding(
        "atlas.hcl", "env \"x\" {\n  migration {\n    exec_order = NON_LINEAR\n  }\n}\n");
    assertEquals(
        new Planned(List.of("2", "4"), List.of()), planned(row("1", 2, 1, 1), row("3", 2, 1, 1)));
    folder.holding(
        "atlas.hcl", "env \"x\" {\n  migration {\n    exec_order = LINEAR_SKIP\n  }\n}\n");
    assertTrue(
        planned(row("1", 2, 1, 1), row("3", 2, 1, 1))
            .refusals()
            .getFirst()
            .startsWith("atlas never runs it: version 2 comes before 3, the newest applied one"));
    Tool.Told linear = new Tool.Told(Map.of(), Map.of("exec-order", "linear"));
    MigrationFolder told = Tools.read(folder.path(), "atlas", linear, () -> LedgerSearch.NONE);
    assertEquals(1, planned(told, row("1", 2, 1, 1), row("3", 2, 1, 1)).refusals().size());
    Tool.Told unknown = new Tool.Told(Map.of(), Map.of("exec-order", "any"));
    assertThrows(
        UsageProblem.class,
        () -> Tools.read(folder.path(), "atlas", unknown, () -> LedgerSearch.NONE));
  }

  @Test
  void whatIsBeforeTheFirstRevisionIsNeverRun() throws IOException {
    folder.holding("1_a.sql", "SELECT 1;").holding("2_b.sql", "SELECT 2;");
    folder.holding("3_c.sql", "SELECT 3;");
    sum();
    assertTrue(
        planned(row("2", 2, 1, 1))
            .refusals()
            .getFirst()
            .startsWith("atlas never runs it: version 1 comes before 2, the first applied one"));
    // Its first revision may be a baseline, which stands for all before it.
    assertEquals(new Planned(List.of("3"), List.of()), planned(row("2", 1, 0, 0)));
    // An applied file that is gone is nothing to Atlas.
    assertEquals(
        new Planned(List.of("3"), List.of()),
        planned(row("1", 2, 1, 1), row("11", 2, 1, 1), row("2", 2, 1, 1)));
  }

  @Test
  void aFileThatIsAppliedInPartGoesOnBehindIt() throws IOException {
    folder.holding("1_a.sql", "SELECT 1;");
    folder.holding("2_b.sql", "-- atlas:txmode none\n\nSELECT 1;\n-- two\nSELECT 2;\nSELECT 3;\n");
    sum();
    List<String> sums = AtlasSum.ofStatements(List.of("SELECT 1;", "SELECT 2;"));
    LedgerFormat.Row partial =
        new LedgerFormat.Row(
            "2",
            Map.of(
                "applied",
                "2",
                "total",
                "3",
                "partial_hashes",
                "[\"" + String.join("\", \"", sums) + "\"]"));
    Migration resumed = pending(read(), row("1", 2, 1, 1), partial).migrations().getFirst();
    assertEquals(
        List.of("SELECT 3"),
        resumed.text().statements().stream().map(statement -> statement.text()).toList());
    assertEquals(
        List.of("a deployment has stopped in it: atlas goes on behind statement 2 of 3"),
        resumed.notes());
    LedgerFormat.Row endless =
        new LedgerFormat.Row("2", Map.of("applied", "99999999999", "total", "100000000000"));
    assertEquals(
        List.of(
            "atlas runs nothing: sql/migrate: history changed: statement 1 from file \"2_b.sql\""
                + " changed"),
        planned(row("1", 2, 1, 1), endless).refusals());
    folder.holding("2_b.sql", "-- atlas:txmode none\n\nSELECT 1;\nSELECT 0;\nSELECT 3;\n");
    sum();
    assertEquals(
        List.of(
            "atlas runs nothing: sql/migrate: history changed: statement 2 from file \"2_b.sql\""
                + " changed"),
        planned(row("1", 2, 1, 1), partial).refusals());
    Files.delete(folder.path().resolve("2_b.sql"));
    sum();
    assertEquals(
        List.of(
            "atlas runs nothing: sql/migrate: missing migration: revision \"2\" is partially applied"
                + " but migration file was not found"),
        planned(row("1", 2, 1, 1), partial).refusals());
  }

  @Test
  void aFirstDeploymentBeginsAtTheLastCheckpoint() throws IOException {
    folder.holding("1_a.sql", "SELECT 1;").holding("2_b.sql", "SELECT 2;");
    folder.holding("3_all.sql", "-- atlas:checkpoint\n\nSELECT 3;").holding("4_d.sql", "SELECT 4;");
    sum();
    assertEquals(
        List.of("3", "4"),
        PendingSet.of(read(), new Selection.Everything()).migrations().stream()
            .map(Migration::version)
            .toList());
    assertEquals(List.of("3", "4"), planned().versions());
    assertEquals(new Planned(List.of("2", "4"), List.of()), planned(row("1", 2, 1, 1)));
    assertEquals(new Planned(List.of("4"), List.of()), planned(row("3", 2, 1, 1)));
    assertEquals(List.of("2", "4"), Folder.versions(folder.since("atlas", "2").files()));
  }

  @Test
  void theDirectivesAtTheTopEndAtABlankLine() throws IOException {
    folder.holding("1_a.sql", "-- atlas:txmode none\n\nSELECT 1;");
    folder.holding("2_b.sql", "-- atlas:txmode none\nSELECT 1;");
    folder.holding("3_c.sql", "-- atlas:txmode none\r\n\r\nSELECT 1;");
    folder.holding("4_d.sql", "-- atlas:txmode all\n\nSELECT 1;");
    folder.holding("5_e.sql", "-- atlas:txmode each\n\nSELECT 1;");
    sum();
    MigrationFolder read = read();
    assertEquals(
        List.of(
            "atlas stops at the file: txmode \"all\" is not allowed in file directive \"4_d.sql\"."
                + " Use \"file\" instead",
            "atlas stops at the file: unknown txmode \"each\" found in file directive \"5_e.sql\""),
        refusals(read));
    assertEquals(
        List.of("NONE", "FILE", "FILE"),
        read.migrations().stream()
            .limit(3)
            .map(m -> read.tool().execution(m, Optional.empty()).scope().name())
            .toList());
    assertEquals(
        List.of(0, 1, 1), read.migrations().stream().limit(3).map(m -> m.notes().size()).toList());
    Tool.Told all = new Tool.Told(Map.of(), Map.of("tx-mode", "all"));
    assertEquals(
        "atlas stops at the file: cannot set txmode directive to \"none\" in \"1_a.sql\" when txmode"
            + " \"all\" is set globally",
        refusals(Tools.read(folder.path(), "atlas", all, () -> LedgerSearch.NONE)).getFirst());
  }

  @Test
  void theSumOrTheConfigurationTellsTheTool() throws IOException {
    Path migrations = Files.createDirectories(folder.path().resolve("db/migrations"));
    Files.createDirectory(folder.path().resolve(".git"));
    Folder inner = new Folder(migrations).holding("1_a.sql", "SELECT 1;");
    assertEquals("plain", inner.list("auto").tool().id());
    folder.holding(
        "atlas.hcl", "env \"x\" {\n  migration {\n    dir = \"file://db/migrations\"\n}}");
    assertEquals("atlas (atlas.hcl names the folder)", inner.list("auto").choice().title());
    Files.delete(folder.path().resolve("atlas.hcl"));
    inner.holding("atlas.sum", "");
    assertEquals("atlas (atlas.sum)", inner.list("auto").choice().title());
    // It writes folders of other tools, too, which then are run by them.
    inner.holding("1_a.sql", "-- +goose Up\nSELECT 1;\n");
    assertEquals("goose", inner.list("auto").tool().id());
  }

  @Test
  void aFileIsCutAsAtlasCutsIt() {
    assertEquals(
        List.of("SELECT ';', \"a;b\", $x$;$x$, (1);", ";", "SELECT 2"),
        cut("-- a; b\nSELECT ';', \"a;b\", $x$;$x$, (1);;\n/* c */ SELECT 2"));
    assertEquals(List.of(";", "*/ SELECT 1;"), cut("/* a /* b */ ; */ SELECT 1;"));
    assertEquals(
        List.of(
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;", "SELECT 3;"),
        cut("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3;"));
    assertEquals(
        List.of("BEGIN TRANSACTION; SELECT 1; END;", "BEGIN;", "SELECT 2;", "COMMIT;"),
        cut("BEGIN TRANSACTION; SELECT 1; END; BEGIN; SELECT 2; COMMIT;"));
    assertEquals(List.of("BEGIN WORK;", "COMMIT;"), cut("BEGIN WORK; COMMIT;"));
    assertEquals(
        List.of("SELECT 1;", "SELECT 2"),
        cut("-- atlas:delimiter -- end\nSELECT 1;\n-- end\nSELECT 2"));
    assertEquals(
        List.of("SELECT 1; SELECT 2;", "SELECT 3;"),
        cut("-- atlas:delimiter \\n\\n\nSELECT 1; SELECT 2;\n\nSELECT 3;\n"));
    assertEquals(List.of("SELECT 1", "SELECT 2"), cut("DELIMITER //\nSELECT 1//\nSELECT 2//\n"));
    assertEquals(List.of("-- the end"), cut("-- a\n-- the end"));
    assertEquals(List.of(), cut("-- nothing\n\n"));
  }

  @Test
  void whatCannotBeScannedIsToldAsAtlasTells() {
    assertEquals("2:13: unclosed quote '\\''", fault("SELECT 1;\nSELECT E'\\'x';"));
    assertEquals("1:8: unclosed '('", fault("SELECT (1;"));
    assertEquals("1:9: unexpected ')'", fault("SELECT 1);"));
    assertEquals("1:7: unclosed quote '\\''", fault("-- don't"));
  }

  /** What never ends is not looked for again and again. */
  @Test
  void blocksWithoutAnEndTakeNoTimeToSpeakOf() {
    assertEquals(1, cut("BEGIN WORK ".repeat(20_000)).size());
    assertEquals(20_000, cut("BEGIN WORK;\n".repeat(20_000)).size());
    assertEquals(1, cut("/*x ".repeat(1_000_000)).size());
    assertEquals(List.of(), directives("--\n".repeat(1_000_000)));
  }

  private static List<String> cut(String sql) {
    SourceText text = SourceText.of(sql);
    return AtlasScanner.scan(text, "1_a.sql").statements().stream()
        .map((Span place) -> text.substring(place.start(), place.end()))
        .toList();
  }

  /** Returns what is said of a file of which all lines are at its top. */
  private List<String> directives(String sql) {
    try {
      folder.holding("1_a.sql", sql);
      sum();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return refusals(read());
  }

  private static String fault(String sql) {
    return AtlasScanner.scan(SourceText.of(sql), "1_a.sql")
        .fault()
        .orElseThrow()
        .message()
        .replace(
            "atlas stops at the file: sql/migrate: scanning statements from \"1_a.sql\": ", "");
  }

  private MigrationFolder read() {
    return folder.list("atlas");
  }

  /** Writes the checksums of the files that are there. */
  private void sum() throws IOException {
    AtlasSum.Sum sum = new AtlasSum.Sum();
    try (Stream<Path> files = Files.list(folder.path())) {
      for (Path file : files.filter(path -> path.toString().endsWith(".sql")).sorted().toList()) {
        sum.add(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
    List<AtlasSum.Line> lines = sum.end().lines();
    StringBuilder text = new StringBuilder("h1:" + AtlasSum.total(lines) + "\n");
    lines.forEach(line -> text.append(line.name() + " h1:" + line.hash() + "\n"));
    folder.holding("atlas.sum", text.toString());
  }

  private static LedgerFormat.Row row(String version, int type, int applied, int total) {
    return new LedgerFormat.Row(
        version, Map.of("type", "" + type, "applied", "" + applied, "total", "" + total));
  }

  private static PendingSet pending(MigrationFolder read, LedgerFormat.Row... rows) {
    LedgerFormat format = read.tool().ledger().orElseThrow();
    return PendingSet.of(
        read, new Selection.NotTracked(format.rows().applied(format.name(), Arrays.asList(rows))));
  }

  private record Planned(List<String> versions, List<String> refusals) {}

  private Planned planned(LedgerFormat.Row... rows) {
    return planned(read(), rows);
  }

  private static Planned planned(MigrationFolder read, LedgerFormat.Row... rows) {
    List<Migration> pending = pending(read, rows).migrations();
    return new Planned(
        Folder.versions(pending.stream().map(Migration::file).toList()), messages(pending));
  }

  private static List<String> refusals(MigrationFolder read) {
    return messages(read.migrations());
  }

  private static List<String> messages(List<Migration> migrations) {
    return migrations.stream()
        .flatMap(migration -> migration.refusals().stream())
        .map(Refusal::message)
        .distinct()
        .toList();
  }
}
