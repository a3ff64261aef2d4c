package dev.confiture.preflight.migrations;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of the migrations folder that the tool calls a migration.
 *
 * @param version as the tool reads it from the file's name
 * @param name the rest of the name, without its endings
 * @param path the file, as the user would write it
 * @param folder the folder that its tool knows it by, where that holds one file of each name; empty
 *     where the file's own name tells it
 */
public record MigrationFile(String version, String name, Path path, Optional<String> folder) {

  /** Makes a file that its own name tells. */
  public MigrationFile(String version, String name, Path path) {
    this(version, name, path, Optional.empty());
  }

  /** Makes a file of a tool whose migrations are folders: the files in them have the same names. */
  public static MigrationFile inFolder(String version, String name, Path path) {
    return new MigrationFile(
        version, name, path, Optional.ofNullable(path.getParent()).map(FolderFiles::name));
  }

  /** Returns {@code version_name}, or the name of its folder, as reports call the file. */
  public String title() {
    return folder.orElse(name.isEmpty() ? version : version + "_" + name);
  }

  /** Returns the file's name, with its endings, and its folder's where that is a part of it. */
  public String fileName() {
    return folder.map(own -> own + "/").orElse("") + FolderFiles.name(path);
  }
}
