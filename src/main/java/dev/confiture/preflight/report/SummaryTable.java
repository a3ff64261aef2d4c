package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.BlockedBy;
import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.RunMode;

/** A row for each migration. */
final class SummaryTable {

  private static final Look SIGNS = new Look(false, true);

  private SummaryTable() {}

  static String of(Report report) {
    if (report.migrations().isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    out.append(Markdown.row("", "Migration", "Result", "Where", "Time"));
    out.append("|---|---|---|---|---:|\n");
    for (JudgedMigration migration : report.migrations()) {
      boolean failed = migration.outcome() instanceof Outcome.Failed;
      String title = Markdown.text(migration.rehearsed().migration().file().title());
      out.append(
          Markdown.row(
              Mark.of(migration.outcome()).text(SIGNS),
              failed ? "**" + title + "**" : title,
              result(migration, report),
              Failures.first(migration).map(SummaryTable::where).orElse(""),
              time(migration)));
    }
    return out.append('\n').toString();
  }

  private static String result(JudgedMigration migration, Report report) {
    return switch (migration.outcome()) {
      case Outcome.Passed _ ->
          "passed"
              + switch (migration.rehearsed().mode()) {
                case RunMode.TRANSACTION, RunMode.NOT_SENT -> "";
                case RunMode.OUTSIDE_TRANSACTION -> ", outside a transaction";
                case RunMode.OWN_TRANSACTIONS -> ", in its own transactions";
              };
      case Outcome.Failed(Failure failure, _, _) -> "failed" + code(failure);
      case Outcome.Blocked(_, BlockedBy by, _) ->
          "blocked by " + SummaryLinks.to(by.file(), report);
      case Outcome.Unverified(Failure failure, _, _) -> "unverified" + code(failure);
      case Outcome.Skipped(String reason) -> "skipped: " + Markdown.text(reason);
    };
  }

  /** Of a migration that had a chance: how fast a blocked one stops tells nothing. */
  private static String time(JudgedMigration migration) {
    return switch (migration.outcome()) {
      case Outcome.Passed _, Outcome.Failed _, Outcome.Unverified _ ->
          migration.rehearsed().millis() + " ms";
      case Outcome.Blocked _, Outcome.Skipped _ -> "";
    };
  }

  private static String code(Failure failure) {
    String code = failure.error().sqlState();
    return code.isEmpty() ? "" : ", " + code;
  }

  private static String where(Failure failure) {
    return "line " + failure.place().start().line() + ", col " + failure.place().start().column();
  }
}
