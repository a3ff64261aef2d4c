package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.FilePlace;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A place in a migration file, or in the file that accompanies it.
 *
 * @param start its first character
 * @param end the character after its last; the same as start where only a point is known
 * @param foundBy the way in which it was found
 * @param elsewhere the file, where it is not the migration's own
 */
public record Place(Position start, Position end, FoundBy foundBy, Optional<OtherFile> elsewhere) {

  /** Makes a place in the migration's own file. */
  public Place(Position start, Position end, FoundBy foundBy) {
    this(start, end, foundBy, Optional.empty());
  }

  /** Returns the place that the tool names; the file as a whole where it names none. */
  static Place of(Optional<FilePlace> place) {
    return place
        .map(
            at ->
                new Place(
                    at.start(),
                    at.end(),
                    at.companion().isPresent() ? FoundBy.SIDECAR : FoundBy.PYTHON_LINE,
                    at.companion().map(beside -> new OtherFile(beside.path(), beside.text()))))
        .orElseGet(() -> new Place(new Position(1, 1), new Position(1, 1), FoundBy.FILE));
  }

  /** A way in which a place is found. */
  public enum FoundBy {
    /** The server gave the position. */
    SERVER_POSITION,
    /** The server gave a line of a function's or DO block's body. */
    BODY_LINE,
    /** The server gave a row of the data of a COPY. */
    DATA_ROW,
    /** The name that the message quotes stands there. */
    NAME,
    /** Nothing is known but the statement. */
    STATEMENT,
    /** The error is about what the sidecar says there. */
    SIDECAR,
    /** Nothing is known but the line of Python that was executed. */
    PYTHON_LINE,
    /** The error is about the file as a whole. */
    FILE
  }

  /** A file that is not the migration's own, and its text. */
  public record OtherFile(Path path, SourceText text) {}
}
