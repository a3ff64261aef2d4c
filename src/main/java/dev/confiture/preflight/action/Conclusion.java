package dev.confiture.preflight.action;

import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.report.Report;

/** How a step ended. */
sealed interface Conclusion {

  /**
   * Migrations were rehearsed, or none was pending.
   *
   * @param sameHere the command that does the same elsewhere
   */
  record Rehearsed(Report report, String sameHere) implements Conclusion {}

  /** Nothing was rehearsed, and that was asked for. */
  record Skipped(String reason) implements Conclusion {}

  /** It could not be done. */
  record NotDone(Problem problem) implements Conclusion {}

  /** A fault of this program's. */
  record Crashed(Throwable thrown) implements Conclusion {}
}
