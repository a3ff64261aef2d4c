package dev.confiture.preflight.report;

import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.RunMode;
import dev.confiture.preflight.report.Page.Line;
import dev.confiture.preflight.report.Page.Style;
import dev.confiture.preflight.verdict.BlockedBy;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;

/** Writes one line for each migration. */
final class TableRows {

  /** The cells of a result with its time. */
  private static final int RESULT = 46;

  private static final int TIME = 7;

  private final Report report;
  private final Page page;
  private final int titles;
  private final int results;

  private TableRows(Report report, Page page) {
    this.report = report;
    this.page = page;
    int mark = 0;
    int title = 0;
    for (JudgedMigration migration : report.migrations()) {
      mark = Math.max(mark, Mark.of(migration.outcome()).text(page.look()).length());
      title = Math.max(title, Cells.width(Cells.printable(title(migration))));
    }
    this.titles = 2 + mark + 2;
    this.results = titles + title + 2;
  }

  static void add(Report report, Page page) {
    if (!report.migrations().isEmpty()) {
      page.gap();
      new TableRows(report, page).add();
    }
  }

  private void add() {
    for (JudgedMigration migration : report.migrations()) {
      Mark mark = Mark.of(migration.outcome());
      Line line =
          new Line()
              .add("  ")
              .add(mark.style(), mark.text(page.look()))
              .tab(titles)
              .add(title(migration))
              .tab(results);
      result(migration, line);
      page.add(line);
    }
  }

  private void result(JudgedMigration migration, Line line) {
    switch (migration.outcome()) {
      case Outcome.Passed _ -> {
        String time = migration.rehearsed().millis() + " ms";
        line.add("passed   " + mode(migration.rehearsed().mode()))
            .tab(results + RESULT - TIME)
            .add(" ".repeat(Math.max(0, TIME - time.length())) + time);
      }
      case Outcome.Failed(Failure failure, _, _) ->
          line.add(Style.RED, "FAILED").add("   " + where(failure));
      case Outcome.Blocked(_, BlockedBy by, _) -> line.add("blocked by " + by.file().title());
      case Outcome.Unverified(Failure failure, _, _) ->
          line.add(Style.YELLOW, "unverified").add("   " + where(failure));
      case Outcome.Skipped(String reason) -> line.add("skipped: " + reason);
    }
  }

  private static String where(Failure failure) {
    String code = failure.error().sqlState();
    return (code.isEmpty() ? " ".repeat(5) : code)
        + "   line "
        + failure.place().start().line()
        + ", col "
        + failure.place().start().column()
        + failure.place().elsewhere().map(file -> ", " + file.path().getFileName()).orElse("");
  }

  private static String mode(RunMode mode) {
    return switch (mode) {
      case TRANSACTION, NOT_SENT -> "";
      case OUTSIDE_TRANSACTION -> "outside a transaction";
      case OWN_TRANSACTIONS -> "in its own transactions";
    };
  }

  private static String title(JudgedMigration migration) {
    return migration.rehearsed().migration().file().title();
  }
}
