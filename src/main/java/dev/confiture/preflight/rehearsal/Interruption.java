package dev.confiture.preflight.rehearsal;

/**
 * The reason for which a rehearsal ended before its last migration: the server was lost or no
 * longer lets the role in, the time limit was reached, or a signal came. Exit code 2.
 *
 * @param kind for machines
 * @param message what happened
 * @param hint what to try
 */
public record Interruption(Kind kind, String message, String hint) {

  /** A kind of reason. */
  public enum Kind {
    SERVER_LOST,
    SESSION_REFUSED,
    TIME_LIMIT,
    SIGNAL
  }
}
