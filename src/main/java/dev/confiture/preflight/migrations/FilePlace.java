package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A place in a migration's file, or in a file that accompanies it.
 *
 * @param start its first character
 * @param end the character after its last
 * @param companion the file, where it is not the migration's own
 */
public record FilePlace(Position start, Position end, Optional<Companion> companion) {

  /**
   * A file beside a migration.
   *
   * @param path the file, as the user would write it
   * @param text its text, as far as it could be read
   */
  public record Companion(Path path, SourceText text) {}

  /** Makes a place in the migration's own file. */
  public FilePlace(Position start, Position end) {
    this(start, end, Optional.empty());
  }
}
