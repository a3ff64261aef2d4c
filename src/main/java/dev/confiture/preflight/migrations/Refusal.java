package dev.confiture.preflight.migrations;

import java.util.Optional;

/**
 * A reason for which the team's own tool would not deploy a file, whatever the server says.
 *
 * @param stage when it refuses
 * @param start the first code point of the place that it is about
 * @param end the code point after the place
 * @param message what is wrong, as a sentence
 * @param hint what to do about it
 * @param beside the place, where it is in a file that accompanies the migration
 */
public record Refusal(
    Stage stage,
    int start,
    int end,
    String message,
    Optional<String> hint,
    Optional<FilePlace> beside) {

  /** Makes a refusal of a place in the migration's own text. */
  public Refusal(Stage stage, int start, int end, String message, Optional<String> hint) {
    this(stage, start, end, message, hint, Optional.empty());
  }

  /** Returns a refusal of the file as a whole. */
  public static Refusal ofFile(String message, String hint) {
    return new Refusal(Stage.FILE, 0, 0, message, Optional.of(hint));
  }

  /** Returns a refusal of a file that the tool does not run at all. */
  public static Refusal notRun(String message, String hint) {
    return new Refusal(Stage.NOT_RUN, 0, 0, message, Optional.of(hint));
  }

  /** Returns the same of a file that is not run. */
  public Refusal ofFileNotRun() {
    return new Refusal(Stage.NOT_RUN, start, end, message, hint, beside);
  }

  /** Returns a refusal of a place in a file that accompanies the migration. */
  public static Refusal beside(FilePlace place, String message, Optional<String> hint) {
    return new Refusal(Stage.FILE, 0, 0, message, hint, Optional.of(place));
  }

  /** The moment at which a tool refuses. */
  public enum Stage {
    /** The text cannot be sent as it is; the rest of the file is still tried. */
    TEXT,
    /** The tool does not run the file at all. */
    NOT_RUN,
    /** The file as such is refused; its text is executed all the same. */
    FILE,
    /** The tool may well accept it, but it cannot be rehearsed here: nothing of it is judged. */
    NOT_REHEARSABLE
  }
}
