package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.StaticCheck;

/** The report for a terminal. */
public final class TableReport {

  private TableReport() {}

  /** The static half alone. */
  public static String write(StaticCheck check, Look look) {
    Page page = new Page(look);
    StaticTable.add(check, page);
    return page.render();
  }

  /** Its last line alone: the verdict, the counts, and what became of the databases. */
  public static String lastLine(Report report, Look look) {
    Page page = new Page(look);
    LastLine.add(report, page);
    return page.render().strip();
  }

  /** The whole text, with a line end after each line. */
  public static String write(Report report, Look look) {
    Page page = new Page(look);
    TableHeader.add(report, page);
    TableRows.add(report, page);
    FailureBlock.addAll(report, page);
    RestoreGaps.add(report.gaps(), page);
    Remarks.add(report, page);
    LastLine.add(report, page);
    return page.render();
  }
}
