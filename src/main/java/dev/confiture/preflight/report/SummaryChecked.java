package dev.confiture.preflight.report;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Writes what was checked and what was not: always there, whatever the verdict. */
final class SummaryChecked {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int LONGEST_KIND = 32 << 10;
  private static final int LONGEST_TEXT = 2 << 10;

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
    row("Tool", report.pending().toolText());
    row("Pending", report.pending().text());
    rows("**Warning**", report.remarks().warnings());
    rows(
        "Not restored",
        report.seed().gaps().stream()
            .map(gap -> gap.reason() + Remarks.lost(gap).map(lost -> ", " + lost).orElse(""))
            .toList());
    rows("Note", Remarks.notes(report));
    rows("**Left on the server**", report.remains());
    if (!report.migrations().isEmpty()) {
      row("**Not verified**", Remarks.notVerified(report));
    }
    production();
    row("Result", TableReport.lastLine(report, Look.PLAIN));
    return "<details><summary>What was checked, and what was not</summary>\n\n"
        + "| | |\n|---|---|\n"
        + rows
        + "\nSame on your machine:\n\n"
        + Markdown.block("", Cells.printable(Markdown.cut(localCommand, LONGEST_TEXT)))
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

  /** Writes rows of one kind, as many as leave room for the other kinds. */
  private void rows(String label, List<String> texts) {
    int end = rows.length() + LONGEST_KIND;
    for (int i = 0; i < texts.size(); i++) {
      if (rows.length() > end) {
        row(label, "and " + (texts.size() - i) + " more, which the JSON report has");
        return;
      }
      row(label, texts.get(i));
    }
  }

  private void row(String label, String text) {
    rows.append(Markdown.row(label, Markdown.text(Markdown.cut(text, LONGEST_TEXT))));
  }
}
