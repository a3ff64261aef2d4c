package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Path;
import java.util.List;

/**
 * The file beside a migration that says what must be so before it runs.
 *
 * @param path the file, as the user would write it
 * @param text its text, as far as it could be read
 * @param up what must be so before the migration is applied
 * @param mistakes for which the tool would not load it
 */
public record Sidecar(Path path, SourceText text, List<Demand> up, List<Mistake> mistakes) {

  public Sidecar {
    up = List.copyOf(up);
    mistakes = List.copyOf(mistakes);
  }

  /**
   * A precondition, and where it stands.
   *
   * @param start the first character of its type
   * @param end the character after it
   */
  public record Demand(Precondition precondition, Position start, Position end) {}

  /**
   * Why it is invalid.
   *
   * @param message as a sentence
   * @param hint what to do, or empty
   */
  public record Mistake(Position start, Position end, String message, String hint) {}

  /** Reads a file that is there. */
  public static Sidecar read(Path file) {
    return SidecarReader.read(file);
  }
}
