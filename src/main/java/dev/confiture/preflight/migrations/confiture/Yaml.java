package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Path;
import java.util.Optional;

/** What a YAML file holds, or why it cannot be read: a value, never an exception. */
sealed interface Yaml {

  /** The file's text, as far as it could be read. */
  SourceText text();

  /**
   * One document.
   *
   * @param root empty where the file holds nothing but comments
   */
  record Document(SourceText text, Optional<YamlNode> root) implements Yaml {}

  /**
   * No YAML, or YAML that goes too far.
   *
   * @param position where reading ended
   * @param reason why, as a clause
   */
  record Broken(SourceText text, Position position, String reason) implements Yaml {}

  /** Reads a file. */
  static Yaml read(Path file) {
    return YamlReader.read(file);
  }
}
