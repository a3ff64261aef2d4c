package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.migrations.LedgerSearch;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files confiture takes for migrations, and in which order. */
final class ConfitureFolderTest {

  private final Path path;
  private final Folder folder;

  ConfitureFolderTest(@TempDir Path path) {
    this.path = path;
    this.folder = new Folder(path);
  }

  @Test
  void theVersionStandsBeforeTheFirstUnderscore() throws IOException {
    MigrationFile file = folder.with("20260401000001_create_foo.up.sql").onlyFile();
    assertEquals("20260401000001", file.version());
    assertEquals("create_foo", file.name());
    assertEquals("20260401000001_create_foo", file.title());
    assertEquals(path.resolve("20260401000001_create_foo.up.sql"), file.path());
  }

  @Test
  void noPatternIsAskedOfTheVersion() throws IOException {
    assertEquals(
        List.of("", "V2", "first"),
        folder.with("first_step.up.sql", "V2__next.up.sql", "_none.up.sql").versions("confiture"));
  }

  @Test
  void aNameWithoutUnderscoreIsAVersion() throws IOException {
    MigrationFile file = folder.with("baseline.up.sql").onlyFile();
    assertEquals("baseline", file.version());
    assertEquals("baseline", file.title());
  }

  @Test
  void versionsAreInTheOrderOfStrings() throws IOException {
    assertEquals(
        List.of("10", "100", "9", "a"),
        folder
            .with("9_b.up.sql", "10_a.up.sql", "100_c.up.sql", "a_d.up.sql")
            .versions("confiture"));
  }

  @Test
  void aFindingTellsWhereNumbersWouldBeInAnotherOrder() throws IOException {
    folder.with("10_a.up.sql", "9_b.up.sql", "11_c.up.sql");
    assertEquals(
        List.of(
            "confiture runs version 11 before 9: it compares versions as strings, not as numbers"),
        folder.list("confiture").orderWarnings());
  }

  @Test
  void versionsThatAreNoNumbersHaveNoOtherOrder() throws IOException {
    folder.with("-x_a.up.sql", "10_a.up.sql", "9a_b.up.sql", "b_c.up.sql");
    assertEquals(List.of(), folder.list("confiture").orderWarnings());
  }

  @Test
  void filesOfOneVersionAreAllThereInTheOrderOfTheirNames() throws IOException {
    folder.with("001_b.up.sql", "001_a.up.sql", "002_c.up.sql");
    assertEquals(
        List.of("001_a.up.sql", "001_b.up.sql", "002_c.up.sql"),
        Folder.names(folder.list("confiture").files()));
  }

  @Test
  void downFilesBelongToMigrationsAndOtherSqlIsIgnoredByName() throws IOException {
    folder.with(
        "001_a.up.sql", "001_a.down.sql", "002_b.sql", "seed.sql", "README.md", "001_a.yaml");
    MigrationFolder list = folder.list("confiture");
    assertEquals(List.of("001_a"), Folder.titles(list.files()));
    assertEquals(List.of("002_b.sql", "seed.sql"), list.ignored());
  }

  @Test
  void namesAreComparedWithTheirCase() throws IOException {
    folder.with("001_a.up.sql", "002_b.UP.SQL");
    assertEquals(List.of("001"), folder.versions("confiture"));
  }

  @Test
  void subfoldersAreNotEntered() throws IOException {
    folder.with("001_a.up.sql");
    Files.createFile(Files.createDirectory(path.resolve("old")).resolve("000_b.up.sql"));
    assertEquals(List.of("001"), folder.versions("confiture"));
  }

  /** The tool's own search for {@code *.up.sql} does not leave hidden files out. */
  @Test
  void hiddenFilesAreMigrations() throws IOException {
    folder.with("001_a.up.sql", ".000_b.up.sql");
    assertEquals(List.of(".000", "001"), folder.versions("confiture"));
  }

  @Test
  void aLinkIsTheFileThatItLeadsTo() throws IOException {
    Path shared = Files.writeString(path.resolve("shared.sql"), "SELECT 42;");
    Files.createSymbolicLink(path.resolve("001_a.up.sql"), shared);
    MigrationFolder list = folder.list("confiture");
    assertEquals(List.of("001"), Folder.versions(list.files()));
    assertEquals("SELECT 42;", Folder.text(list, list.files().getFirst()).script().source().text());
  }

  @Test
  void theFolderItselfMayBeALink() throws IOException {
    folder.with("001_a.up.sql");
    Path link = Files.createSymbolicLink(path.resolve("link"), path);
    assertEquals(
        link.resolve("001_a.up.sql"),
        Tools.read(link, "confiture", Tool.Told.NOTHING, () -> LedgerSearch.NONE)
            .files()
            .getFirst()
            .path());
  }

  @Test
  void pythonFilesStandBetweenSqlFilesInTheOrderOfTheirVersions() throws IOException {
    folder.with("3_c.up.sql", "1_a.up.sql", "2_b.py", "__init__.py", "_helper.py", "notes.txt");

    MigrationFolder list = folder.list("auto");

    assertEquals(List.of("1_a", "2_b", "3_c"), Folder.titles(list.files()));
    assertEquals(MigrationText.Python.class, list.migrations().get(1).text().getClass());
  }

  @Test
  void aFolderOfPythonFilesAloneIsConfitures() throws IOException {
    assertEquals("confiture", folder.with("0001_a.py").list("auto").tool().id());
  }

  @Test
  void pythonBesidePlainFilesIsNoMigration() throws IOException {
    MigrationFolder list = folder.with("0001_a.py", "0002_b.sql").list("auto");

    assertEquals("plain", list.tool().id());
    assertEquals(List.of("0002_b"), Folder.titles(list.files()));
  }

  @Test
  void aScriptWithoutVersionMakesNoFolderConfitures() throws IOException {
    assertThrows(UsageProblem.class, () -> folder.with("deploy.py").list("auto"));
  }
}
