package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
record Folder(Path path) {

  /** Adds empty files. */
  Folder with(String... names) throws IOException {
    for (String name : names) {
      Files.createFile(path.resolve(name));
    }
    return this;
  }

  /** Adds a file with this text. */
  Folder holding(String name, String text) throws IOException {
    Files.writeString(path.resolve(name), text);
    return this;
  }

  MigrationFolder list(String tool) {
    return MigrationFolder.list(path, tool);
  }

  /** The one migration that confiture finds. */
  MigrationFile onlyFile() {
    List<MigrationFile> files = list("confiture").files();
    assertEquals(1, files.size());
    return files.getFirst();
  }

  /** The versions in the order of the folder. */
  List<String> versions(String tool) {
    return versions(list(tool).files());
  }

  static List<String> versions(List<MigrationFile> files) {
    return files.stream().map(MigrationFile::version).toList();
  }

  static List<String> titles(List<MigrationFile> files) {
    return files.stream().map(MigrationFile::title).toList();
  }

  /** The names of the files, in the order of the folder. */
  static List<String> names(List<MigrationFile> files) {
    return files.stream().map(file -> String.valueOf(file.path().getFileName())).toList();
  }

  /** What is pending where a list of applied versions is given. */
  PendingSet pending(String tool, String... applied) {
    return PendingSet.of(list(tool), new Selection.NotListed("applied.txt", Set.of(applied)));
  }

  /** What is pending from a version on. */
  PendingSet since(String tool, String version) {
    return PendingSet.of(list(tool), new Selection.Since(version));
  }

  /** What the tool refuses about a file of the folder. */
  List<Refusal> refusals(String tool, String name) {
    MigrationFolder folder = list(tool);
    MigrationFile file = file(folder, name);
    return folder.tool().refusals(file, text(folder, file), folder.files());
  }

  /** What would be sent of a file of the folder. */
  String sent(String tool, String name) {
    MigrationFolder folder = list(tool);
    return folder.tool().textToSend(text(folder, file(folder, name)));
  }

  static MigrationFile file(MigrationFolder folder, String name) {
    return folder.files().stream()
        .filter(file -> file.path().endsWith(name))
        .findFirst()
        .orElseThrow();
  }

  static MigrationText.Sql text(MigrationFolder folder, MigrationFile file) {
    if (folder.read(file).text() instanceof MigrationText.Sql sql) {
      return sql;
    }
    throw new AssertionError(file.path() + " is not readable");
  }
}
