package dev.confiture.preflight.report;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes what was checked and what was not: always there, whatever the verdict. */
final class SummaryChecked {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Report report;
  private final StringBuilder rows = new StringBuilder();

  private SummaryChecked(Report report) {
    this.report = report;
  }

  static String of(Report report, String localCommand) {
    return new SummaryChecked(report).details(localCommand);
  }

  private String details(String localCommand) {
    row("Schema", schema());
    report
        .sandbox()
        .ifPresent(
            sandbox ->
                row(
                    "Rehearsed on",
                    sandbox.description()
                        + ", "
                        + sandbox.isolation()
                        + " isolation, as "
                        + sandbox.runAs()
                        + (sandbox.superuser() ? " (a superuser)" : " (not a superuser)")));
    row("Pending", report.pending().text());
    report.remarks().warnings().forEach(warning -> row("**Warning**", warning));
    report
        .seed()
        .gaps()
        .forEach(
            gap ->
                row(
                    "Not restored",
                    gap.reason() + Remarks.lost(gap).map(lost -> ", " + lost).orElse("")));
    Remarks.notes(report).forEach(note -> row("Note", note));
    report.remains().forEach(left -> row("**Left on the server**", left));
    if (!report.migrations().isEmpty()) {
      row("**Not verified**", Remarks.notVerified(report));
    }
    production();
    row("Result", TableReport.lastLine(report, Look.PLAIN));
    return "<details><summary>What was checked, and what was not</summary>\n\n"
        + "| | |\n|---|---|\n"
        + rows
        + "\nSame on your machine:\n\n"
        + Markdown.block("", Cells.printable(localCommand))
        + "\n</details>\n\n";
  }

  private String schema() {
    if (report.seed().schema().isEmpty()) {
      return "not restored: nothing was pending, or the database held it already";
    }
    Report.Schema schema = report.seed().schema().get();
    return schema.origin() + schema.text();
  }

  private void production() {
    report
        .seed()
        .production()
        .ifPresent(
            read ->
                row(
                    "Production",
                    "only read, at "
                        + TIME.format(read.readAt())
                        + ", for "
                        + seconds(read.millis())
                        + read.dumpVersion()
                            .map(v -> "; pg_dump " + v + " took " + seconds(read.dumpMillis()))
                            .orElse("; its schema was not dumped")));
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private void row(String label, String text) {
    rows.append(Markdown.row(label, Markdown.text(text)));
  }
}
