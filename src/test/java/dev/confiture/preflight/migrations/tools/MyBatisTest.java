package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.LedgerSearch;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts and environments of MyBatis Migrations, and where its projects are found. */
final class MyBatisTest {

  private final Path project;
  private final Path scripts;

  MyBatisTest(@TempDir Path project) throws IOException {
    this.project = project;
    this.scripts = Files.createDirectory(project.resolve("scripts"));
    // A repository of its own: settings are looked for up to there.
    Files.createDirectory(project.resolve(".git"));
  }

  private MyBatisTest with(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return this;
  }

  private MigrationFolder read(Map<String, String> placeholders, Map<String, String> options) {
    return Tools.read(
        scripts, "mybatis", new Tool.Told(placeholders, options), () -> LedgerSearch.NONE);
  }

  private MigrationFolder read() {
    return read(Map.of(), Map.of());
  }

  private static List<String> statements(MigrationFolder folder) {
    return folder.migrations().getFirst().text().statements().stream()
        .map(Statement::text)
        .toList();
  }

  private static Execution execution(MigrationFolder folder) {
    return folder.tool().execution(folder.migrations().getFirst(), Optional.empty());
  }

  @Test
  void aFolderOfScriptsIsOneOnlyWithItsEnvironments() throws IOException {
    with("scripts/1_a.sql", "SELECT 1;\n-- //@UNDO\n");
    assertEquals(project.resolve("db/migrations"), Locations.find(project, "auto"));
    with("environments/development.properties", "");
    assertEquals(scripts, Locations.find(project, "auto"));
    assertEquals(
        "mybatis (-- //@UNDO in 1_a.sql)",
        Tools.read(scripts, "auto", Tool.Told.NOTHING, () -> LedgerSearch.NONE).choice().title());
    with("scripts/1_a.sql", "SELECT 1;\n");
    assertEquals(project.resolve("db/migrations"), Locations.find(project, "auto"));
  }

  @Test
  void aScriptGoesUpToItsUndo() throws IOException {
    for (String marker :
        List.of("-- //@UNDO", "--//@UNDO", "\t-- // @UNDO now", "// //@UNDO", "-- //@UNDO\r")) {
      with("scripts/1_a.sql", "-- // a\nSELECT 1;\n" + marker + "\nSELECT 2;\n");
      assertEquals(List.of("SELECT 1"), statements(read()), marker);
      assertTrue(read().migrations().getFirst().reversible());
    }
    for (String other : List.of("-- @UNDO", "-- // a @UNDO", "SELECT 3; -- //@UNDO")) {
      with("scripts/1_a.sql", "SELECT 1;\n" + other + "\nSELECT 2;\n");
      assertTrue(statements(read()).contains("SELECT 2"), other);
      assertFalse(read().migrations().getFirst().reversible());
    }
  }

  @Test
  void variablesAreThoseOfTheEnvironmentAndOfTheUser() throws IOException {
    with("scripts/1_a.sql", "SELECT '${a} ${b} ${url} \\${a} ${none}',\n  x;\n");
    with("environments/development.properties", "send_full_script=true\na=1\nb=2\nurl=secret\n");
    assertEquals(
        List.of("SELECT '1 3 ${url} ${a} ${none}',\n  x"),
        statements(read(Map.of("b", "3"), Map.of())));
    SourceText sent = read().migrations().getFirst().text().statements().getFirst().source();
    assertEquals(new Position(2, 3), sent.position(sent.text().indexOf('x')));
    assertEquals(new Position(1, 14), sent.position(sent.text().indexOf('2')));
  }

  @Test
  void partsEndAtTheLastDelimiterOfALine() throws IOException {
    with("environments/development.properties", "");
    with(
        "scripts/1_a.sql",
        """
        -- // a
        SELECT 1; SELECT 2; left out
        -- ;
        SELECT
          -- @DELIMITER /
          3;
          4
        /
        // a comment too
        SELECT 5/
        """);
    MigrationFolder folder = read();
    assertEquals(3, execution(folder).parts().orElseThrow().size());
    assertEquals(
        List.of("SELECT 1", "SELECT 2", "SELECT\n                 \n  3", "4", "SELECT 5"),
        statements(folder));
  }

  @Test
  void aFullLineDelimiterIsALineOfItsOwn() throws IOException {
    with("environments/development.properties", "delimiter=GO\nfull_line_delimiter=true\n");
    with("scripts/1_a.sql", "SELECT 1;\nSELECT 'GO';\n GO \nSELECT 2\n");
    Migration migration = read().migrations().getFirst();
    assertEquals(List.of("SELECT 1", "SELECT 'GO'"), statements(read()));
    Refusal refusal = migration.refusals().getFirst();
    assertEquals(
        "mybatis runs what is before it, and stops: Line missing end-of-line terminator (GO)",
        refusal.message());
    assertEquals("SELECT 1;\nSELECT 'GO';\n GO \n".length(), refusal.start());
  }

  @Test
  void anEnvironmentIsNamedOrTheOnlyOne() throws IOException {
    with("scripts/1_a.sql", "SELECT ${a};\n");
    assertEquals(List.of(0), execution(read()).parts().orElseThrow());
    assertEquals(
        "Environment file missing: environments/prod.properties",
        assertThrows(UsageProblem.class, () -> read(Map.of(), Map.of("env", "prod"))).text());
    assertThrows(UsageProblem.class, () -> read(Map.of(), Map.of("env", "../environments/prod")));
    with("environments/prod.properties", "a=1\nauto_commit=true\nchangelog=App.\"Log\"\n");
    MigrationFolder only = read();
    assertEquals(List.of("SELECT 1"), statements(only));
    assertEquals(Execution.Scope.NONE, execution(only).scope());
    assertEquals(QualifiedName.of("app", "Log"), only.tool().ledger().orElseThrow().name());
    assertEquals(List.of(), only.tool().notes(only.files()));
    with("environments/development.properties", "a=2\nhook_before_up=SQL:a.sql\n");
    MigrationFolder usual = read();
    assertEquals(List.of("SELECT 2"), statements(usual));
    assertEquals(
        List.of(
            "mybatis deploys with one of 2 environments: --tool-option env=NAME tells whose settings"
                + " and variables count",
            "mybatis runs the hook SQL:a.sql too (hook_before_up of development.properties), which"
                + " is not rehearsed"),
        usual.tool().notes(usual.files()));
    assertEquals(List.of("SELECT 1"), statements(read(Map.of(), Map.of("env", "prod"))));
  }
}
