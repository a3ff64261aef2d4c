package dev.confiture.preflight.report;

import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import dev.confiture.preflight.verdict.Outcome.Cause;
import dev.confiture.preflight.verdict.Outcome.JudgedFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists the migrations that fail only because of another one, under that one. */
final class BlockedMigrations {

  private final JudgedMigration cause;
  private final List<String> lines = new ArrayList<>();
  private final Set<String> listed = new HashSet<>();

  private BlockedMigrations(JudgedMigration cause) {
    this.cause = cause;
  }

  /** Writes {@code PATH:LINE:COLUMN needs OBJECT (line N above)} for each. */
  static List<String> of(JudgedMigration cause, Report report) {
    BlockedMigrations blocked = new BlockedMigrations(cause);
    for (JudgedMigration other : report.migrations()) {
      if (other.outcome() instanceof Outcome.Blocked(Failure failure, BlockedBy by, _)) {
        blocked.list(other, failure, by);
        for (JudgedFailure further : Failures.further(other)) {
          if (further.cause() instanceof Cause.Consequence(BlockedBy furtherBy)) {
            blocked.list(other, further.failure(), furtherBy);
          }
        }
      }
    }
    return blocked.lines;
  }

  /** Returns true if the migration that blocks has a block of its own. */
  static boolean hasBlock(BlockedBy by, Report report) {
    for (JudgedMigration migration : report.migrations()) {
      if (migration.rehearsed().migration().file().equals(by.file())) {
        return migration.outcome() instanceof Outcome.Failed
            || migration.outcome() instanceof Outcome.Unverified;
      }
    }
    return false;
  }

  /** Lists another migration once for each object that it lacks. */
  private void list(JudgedMigration other, Failure failure, BlockedBy by) {
    boolean ours = by.file().equals(cause.rehearsed().migration().file());
    if (ours && listed.add(other.rehearsed().migration().file().path() + "\n" + by.what())) {
      lines.add(
          Failures.path(other, failure)
              + "  needs "
              + by.deed()
              + by.what()
              + " (line "
              + by.position().line()
              + (isShown() ? " above)" : " of " + by.file().fileName() + ")"));
    }
  }

  /** Returns true if the cause's own lines are shown: those of a sidecar are not. */
  private boolean isShown() {
    return Failures.first(cause).flatMap(failure -> failure.place().elsewhere()).isEmpty();
  }
}
