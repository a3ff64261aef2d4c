package dev.confiture.preflight.migrations;

import java.nio.file.Path;

/**
 * A file of the migrations folder that the tool calls a migration.
 *
 * @param version as the tool reads it from the file's name
 * @param name the rest of the name, without its endings
 * @param path the file, as the user would write it
 */
public record MigrationFile(String version, String name, Path path) {

  /** Returns {@code version_name}, as reports call the file. */
  public String title() {
    return name.isEmpty() ? version : version + "_" + name;
  }

  /** Returns the file's name, with its endings. */
  public String fileName() {
    return String.valueOf(path.getFileName());
  }
}
