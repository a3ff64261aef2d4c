package dev.confiture.preflight.rehearsal;

import java.util.Optional;

/**
 * A fact measured while a file ran that is not a failure.
 *
 * @param kind the kind of fact
 * @param text as a sentence
 * @param place the statement's place, if it can be told
 */
public record Observation(Kind kind, String text, Optional<Place> place) {

  /** A kind of measured fact. */
  public enum Kind {
    /** A transaction was still open at the end of the file. */
    OPEN_TRANSACTION,
    /** An index that is not valid was left behind. */
    INVALID_INDEX,
    /** Statements before the failing one stay applied. */
    PARTLY_APPLIED,
    /** Session state outlives the file and reaches the next ones. */
    SESSION_LEAK,
    /** A warning of the server. */
    WARNING,
    /** The deployment depends on the tool's version, or the like. */
    NOTE
  }
}
