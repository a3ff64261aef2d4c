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

  /** Returns the reason that the limit of the whole run was reached. */
  public static Interruption timeLimit(Limits limits) {
    return new Interruption(
        Kind.TIME_LIMIT,
        "the time limit of "
            + (limits.total().toMillis() % 1000 == 0
                ? limits.total().toSeconds() + " s"
                : limits.total().toMillis() + " ms")
            + " was reached",
        "raise --time-limit, or rehearse fewer migrations with --since");
  }

  /** A kind of reason. */
  public enum Kind {
    SERVER_LOST,
    SESSION_REFUSED,
    TIME_LIMIT,
    SIGNAL
  }
}
