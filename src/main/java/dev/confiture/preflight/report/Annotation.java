package dev.confiture.preflight.report;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A message that a forge shows beside a line of a file, or for the run as a whole.
 *
 * @param file as the user wrote its folder; empty for the run as a whole
 * @param line from 1
 * @param endLine the last line
 * @param column from 1; empty where the place goes over several lines, as the runner has it
 * @param endColumn the column of its last character
 * @param title our own words only: the runner does not hide secrets there
 * @param message at most 4,096 characters, which the runner would cut in silence
 */
public record Annotation(
    Level level,
    Optional<String> file,
    OptionalInt line,
    OptionalInt endLine,
    OptionalInt column,
    OptionalInt endColumn,
    String title,
    String message) {

  /** The levels, the gravest first. */
  public enum Level {
    ERROR,
    WARNING,
    NOTICE
  }

  private static final int LONGEST = 4_096;
  private static final String CUT = "\n…";

  public Annotation {
    if (message.length() > LONGEST) {
      int end = message.lastIndexOf('\n', LONGEST - CUT.length());
      message = message.substring(0, end > 0 ? end : LONGEST - CUT.length()) + CUT;
    }
  }

  /** Returns one for the run as a whole. */
  public static Annotation of(Level level, String title, String message) {
    return new Annotation(
        level,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        title,
        message);
  }

  /** Returns the same on another path. */
  public Annotation withFile(Optional<String> path) {
    return new Annotation(level, path, line, endLine, column, endColumn, title, message);
  }
}
