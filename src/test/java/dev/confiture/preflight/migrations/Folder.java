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

  MigrationFolder list(String convention) {
    return MigrationFolder.list(path, convention);
  }

  /** The one migration that confiture finds. */
  MigrationFile onlyFile() {
    List<MigrationFile> files = list("confiture").files();
    assertEquals(1, files.size());
    return files.getFirst();
  }

  /** The versions in the order of the folder. */
  List<String> versions(String convention) {
    return versions(list(convention).files());
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
  PendingSet pending(String convention, String... applied) {
    return PendingSet.of(list(convention), new Selection.NotListed("applied.txt", Set.of(applied)));
  }

  /** What is pending from a version on. */
  PendingSet since(String convention, String version) {
    return PendingSet.of(list(convention), new Selection.Since(version));
  }

  /** What the convention refuses about a file of the folder. */
  List<Refusal> refusals(String convention, String name) {
    MigrationFolder folder = list(convention);
    MigrationFile file = file(folder, name);
    return folder.convention().refusals(file, text(folder, file), folder.files());
  }

  /** What would be sent of a file of the folder. */
  String sent(String convention, String name) {
    MigrationFolder folder = list(convention);
    return folder.convention().textToSend(text(folder, file(folder, name)));
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
