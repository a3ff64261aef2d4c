package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.BlockedBy;
import dev.confiture.preflight.findings.Cause;
import dev.confiture.preflight.findings.JudgedFailure;
import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import dev.confiture.preflight.rehearsal.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The migrations that fail only because of another one, listed under that one. */
final class Blocks {

  private final JudgedMigration cause;
  private final List<String> lines = new ArrayList<>();
  private final Set<String> listed = new HashSet<>();

  private Blocks(JudgedMigration cause) {
    this.cause = cause;
  }

  /** {@code PATH:LINE:COLUMN needs OBJECT (line N above)}. */
  static List<String> of(JudgedMigration cause, Report report) {
    Blocks blocks = new Blocks(cause);
    for (JudgedMigration other : report.migrations()) {
      if (other.outcome() instanceof Outcome.Blocked(Failure failure, BlockedBy by, _)) {
        blocks.list(other, failure, by);
        for (JudgedFailure further : Failures.further(other)) {
          if (further.cause() instanceof Cause.Consequence(BlockedBy furtherBy)) {
            blocks.list(other, further.failure(), furtherBy);
          }
        }
      }
    }
    return blocks.lines;
  }

  /** Whether what blocks has a block of its own. */
  static boolean hasBlock(BlockedBy by, Report report) {
    for (JudgedMigration migration : report.migrations()) {
      if (migration.rehearsed().migration().file().equals(by.file())) {
        return migration.outcome() instanceof Outcome.Failed
            || migration.outcome() instanceof Outcome.Unverified;
      }
    }
    return false;
  }

  /** Once for each object that the other migration lacks. */
  private void list(JudgedMigration other, Failure failure, BlockedBy by) {
    boolean ours = by.file().equals(cause.rehearsed().migration().file());
    if (ours && listed.add(other.rehearsed().migration().file().path() + "\n" + by.what())) {
      lines.add(
          Failures.path(other, failure)
              + "  needs "
              + (by.removal() ? "the removal of " : "")
              + by.what()
              + " (line "
              + by.position().line()
              + (isShown() ? " above)" : " of " + by.file().path().getFileName() + ")"));
    }
  }

  /** What is shown of a migration whose sidecar is at fault is the sidecar. */
  private boolean isShown() {
    return Failures.first(cause).flatMap(failure -> failure.place().elsewhere()).isEmpty();
  }
}
