package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.BlockedBy;
import dev.confiture.preflight.findings.Cause;
import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import java.util.Optional;

/** Why a failure is not one of the migration's own. */
final class Because {

  private Because() {}

  /** Of the migration as a whole; empty where it failed by itself. */
  static Optional<String> of(JudgedMigration migration) {
    return switch (migration.outcome()) {
      case Outcome.Blocked(_, BlockedBy by, _) ->
          Optional.of(
              "blocked by "
                  + by.file().path()
                  + ":"
                  + by.position().line()
                  + ":"
                  + by.position().column()
                  + (by.removal() ? ", which does not remove " : ", which does not make ")
                  + by.what());
      case Outcome.Unverified(_, String reason, _) -> Optional.of(notVerified(reason));
      case Outcome.Failed _, Outcome.Passed _, Outcome.Skipped _ -> Optional.empty();
    };
  }

  /** Of a further failure; empty where it is one of its own. */
  static Optional<String> of(Cause cause, JudgedMigration migration) {
    return switch (cause) {
      case Cause.Own _ -> Optional.empty();
      case Cause.SandboxLimit(String reason) -> Optional.of(notVerified(reason));
      case Cause.Consequence(BlockedBy by) -> {
        boolean sameFile = by.file().equals(migration.rehearsed().migration().file());
        yield Optional.of(
            "follows from "
                + (sameFile ? "" : by.file().title() + " ")
                + "line "
                + by.position().line()
                + ": "
                + by.what());
      }
    };
  }

  private static String notVerified(String reason) {
    return "not verified: " + reason;
  }
}
