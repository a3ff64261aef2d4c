package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sql.Statement;

/**
 * Recognises {@code RESET ROLE}, {@code SET SESSION AUTHORIZATION DEFAULT} and their like, which go
 * back to the user that has logged in (<a
 * href="https://www.postgresql.org/docs/current/sql-set-role.html">SET ROLE</a>).
 */
final class ResetIdentity {

  private ResetIdentity() {}

  /** Returns true if the statement does that and nothing else. */
  static boolean is(Statement s) {
    boolean reset = s.is(0, "reset");
    if (!reset && !s.is(0, "set")) {
      return false;
    }
    int at = s.is(1, "local") || (s.is(1, "session") && !s.is(2, "authorization")) ? 2 : 1;
    int value = at + 1;
    if (s.is(at, "session") && s.is(at + 1, "authorization")) {
      value++;
    } else if (!s.is(at, "role") && !s.is(at, "session_authorization")) {
      return false;
    }
    if (s.is(value, "to") || isSign(s, value)) {
      value++;
    }
    return reset || s.is(value, "default") || (s.is(at, "role") && isNone(s, value));
  }

  /** Returns true for DISCARD ALL, which resets the identity among other things. */
  static boolean isDiscard(Statement s) {
    return s.startsWith("discard", "all");
  }

  private static boolean isSign(Statement s, int index) {
    return index < s.tokens().size() && s.tokens().get(index).text().equals("=");
  }

  private static boolean isNone(Statement s, int index) {
    return index < s.tokens().size()
        && (s.is(index, "none") || s.tokens().get(index).isString("none"));
  }
}
