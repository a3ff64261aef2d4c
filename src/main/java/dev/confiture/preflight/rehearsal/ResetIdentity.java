package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sql.Statement;

/**
 * {@code RESET ROLE}, {@code RESET SESSION AUTHORIZATION} and their like (manual, SET ROLE and SET
 * SESSION AUTHORIZATION): back to the user that has logged in.
 */
final class ResetIdentity {

  private ResetIdentity() {}

  static boolean is(Statement s) {
    if (s.is(0, "reset")) {
      return s.is(1, "role") || s.startsWith("reset", "session", "authorization");
    }
    int at = s.is(1, "local") || (s.is(1, "session") && !s.is(2, "authorization")) ? 2 : 1;
    boolean role = s.is(at, "role") && (s.is(at + 1, "none") || s.is(at + 1, "default"));
    boolean authorization =
        s.is(at, "session") && s.is(at + 1, "authorization") && s.is(at + 2, "default");
    return s.is(0, "set") && (role || authorization);
  }
}
