package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.tools.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A migrations folder on disk.
 *
 * @param path where it is
 */
public record Folder(Path path) {

  /** Adds empty files. */
  public Folder with(String... names) throws IOException {
    for (String name : names) {
      Files.createFile(path.resolve(name));
    }
    return this;
  }

  /** Adds a file with this text. */
  public Folder holding(String name, String text) throws IOException {
    Files.writeString(path.resolve(name), text);
    return this;
  }

  public MigrationFolder list(String tool) {
    return Tools.read(path, tool, Tool.Told.NOTHING, () -> LedgerSearch.NONE);
  }

  /** The one migration that confiture finds. */
  public MigrationFile onlyFile() {
    List<MigrationFile> files = list("confiture").files();
    assertEquals(1, files.size());
    return files.getFirst();
  }

  /** The versions in the order of the folder. */
  public List<String> versions(String tool) {
    return versions(list(tool).files());
  }

  public static List<String> versions(List<MigrationFile> files) {
    return files.stream().map(MigrationFile::version).toList();
  }

  public static List<String> titles(List<MigrationFile> files) {
    return files.stream().map(MigrationFile::title).toList();
  }

  /** The names of the files, in the order of the folder. */
  public static List<String> names(List<MigrationFile> files) {
    return files.stream().map(file -> String.valueOf(file.path().getFileName())).toList();
  }

  /** What is pending where a list of applied versions is given. */
  public PendingSet pending(String tool, String... applied) {
    return PendingSet.of(list(tool), new Selection.NotListed("applied.txt", Set.of(applied)));
  }

  /** What is pending from a version on. */
  public PendingSet since(String tool, String version) {
    return PendingSet.of(list(tool), new Selection.Since(version));
  }

  /** What the tool refuses about a file of the folder. */
  public List<Refusal> refusals(String tool, String name) {
    MigrationFolder folder = list(tool);
    return folder.migration(file(folder, name)).refusals();
  }

  /** What would be sent of a file of the folder. */
  public String sent(String tool, String name) {
    MigrationFolder folder = list(tool);
    return text(folder, file(folder, name)).script().source().text();
  }

  public static MigrationFile file(MigrationFolder folder, String name) {
    return folder.files().stream()
        .filter(file -> file.path().endsWith(name))
        .findFirst()
        .orElseThrow();
  }

  public static MigrationText.Sql text(MigrationFolder folder, MigrationFile file) {
    if (folder.migration(file).text() instanceof MigrationText.Sql sql) {
      return sql;
    }
    throw new AssertionError(file.path() + " is not readable");
  }
}
