package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.problem.UsageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tool a folder is, and when it is none. */
final class ToolChoiceTest {

  private final Path path;

  ToolChoiceTest(@TempDir Path path) {
    this.path = path;
  }

  @Test
  void autoComesFirstOfThem() {
    assertEquals(List.of("auto", "confiture", "plain"), Tools.ids());
  }

  @Test
  void anyUpFileMakesTheFolderConfiture() throws IOException {
    MigrationFolder list =
        new Folder(path).with("001_a.sql", "002_b.sql", "003_c.up.sql").list("auto");
    assertEquals("confiture", list.tool().id());
    assertEquals(List.of("003"), Folder.versions(list.files()));
    assertEquals(List.of("001_a.sql", "002_b.sql"), list.ignored());
  }

  @Test
  void withoutOneItIsPlain() throws IOException {
    assertEquals(
        "plain", new Folder(path).with("001_a.sql", "x.down.sql").list("auto").tool().id());
  }

  @Test
  void whatIsNamedIsTaken() throws IOException {
    Folder folder = new Folder(path).with("001_a.sql", "002_b.up.sql");
    assertEquals(List.of("001", "002"), folder.versions("plain"));
    assertEquals(List.of("002"), folder.versions("confiture"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "confiture", "plain"})
  void anEmptyFolderIsAProblem(String tool) {
    UsageProblem problem = assertThrows(UsageProblem.class, () -> Tools.read(path, tool));
    assertEquals("the migrations folder " + path + " holds no migration file", problem.text());
    assertTrue(problem.hint().orElse("").contains("--migrations-dir"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "confiture", "plain"})
  void soIsOneWithOtherFilesOnly(String tool) throws IOException {
    Folder folder = new Folder(path).with("V1__init.sql", "001_a.down.sql", "README.md");
    assertThrows(UsageProblem.class, () -> folder.list(tool));
  }

  @Test
  void aNamedConventionIsNotExchangedForTheOther() throws IOException {
    Folder folder = new Folder(path).with("001_a.sql");
    assertThrows(UsageProblem.class, () -> folder.list("confiture"));
  }

  @Test
  void aMissingFolderIsAProblem() {
    Path missing = path.resolve("nowhere");
    assertEquals(
        "the migrations folder " + missing + " does not exist",
        assertThrows(UsageProblem.class, () -> Tools.read(missing, "auto")).text());
  }

  @Test
  void soIsAFileInItsPlace() throws IOException {
    Path file = Files.createFile(path.resolve("001_a.sql"));
    assertThrows(UsageProblem.class, () -> Tools.read(file, "auto"));
  }

  @Test
  void anUnknownConventionIsAProblem() throws IOException {
    Folder folder = new Folder(path).with("001_a.sql");
    UsageProblem problem = assertThrows(UsageProblem.class, () -> folder.list("flyway"));
    assertEquals("there is no tool flyway", problem.text());
    assertEquals("one of auto, confiture, plain", problem.hint().orElse(""));
  }
}
