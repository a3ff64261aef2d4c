package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.RunMode;
import dev.confiture.preflight.report.Page.Line;
import dev.confiture.preflight.report.Page.Style;
import dev.confiture.preflight.report.Report.Counts;
import dev.confiture.preflight.sandbox.Cleanup;
import dev.confiture.preflight.source.Production;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import dev.confiture.preflight.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the report for a terminal. */
public final class TableReport {

  private static final String ONLY_READ = "Production was only read.";

  private final Report report;
  private final Page page;

  private TableReport(Report report, Look look) {
    this.report = report;
    this.page = new Page(look);
  }

  /** Returns the check of the files alone. */
  public static String write(StaticCheck check, Look look) {
    Page page = new Page(look);
    StaticTable.add(check, page);
    return page.render();
  }

  /** Returns the last line alone: the verdict, the counts, and what became of the databases. */
  public static String lastLine(Report report, Look look) {
    TableReport table = new TableReport(report, look);
    table.last();
    return table.page.render().strip();
  }

  /** Returns the whole text, with a line end after each line. */
  public static String write(Report report, Look look) {
    return new TableReport(report, look).write();
  }

  private String write() {
    report.seed().schema().ifPresent(schema -> page.add(schema(schema)));
    report.sandbox().ifPresent(this::sandbox);
    pending();
    files(report.staticCheck());
    Rows.add(report, page);
    FailureBlock.addAll(report, page);
    Remarks.add(report, page);
    page.gap();
    last();
    return page.render();
  }

  private String schema(Report.Schema schema) {
    return "Schema     "
        + report.seed().production().map(Production.Read::database).orElse(schema.origin())
        + schema.text()
        + report
            .seed()
            .production()
            .map(
                read ->
                    String.format(
                        Locale.ROOT, ", dumped in %.1f s (read-only)", read.dumpMillis() / 1000.0))
            .orElse("");
  }

  private void sandbox(Report.MigratedOn sandbox) {
    if (report.seed().schema().isEmpty()) {
      page.add("Schema     as it is in " + report.againstUrl());
    }
    page.add(
        "Sandbox    "
            + sandbox.description()
            + ", "
            + sandbox.isolation()
            + " isolation, migrations run as "
            + sandbox.runAs()
            + " ("
            + sandbox.runAsReason()
            + (sandbox.superuser() ? ", superuser" : "")
            + ")");
  }

  private void pending() {
    page.add("Tool       " + report.pending().toolText());
    page.add("Pending    " + report.pending().text());
  }

  /** Adds what of the files stands in the way, else what is good. */
  private void files(StaticCheck check) {
    Mark shown = check.safeToDeploy() ? Mark.GOOD : Mark.BAD;
    page.add(
        new Line()
            .add("Static     ")
            .add(
                check.safeToDeploy() ? Style.PLAIN : Style.YELLOW,
                StaticFindings.of(check).stream()
                    .filter(finding -> finding.mark() == shown)
                    .map(StaticFindings.Finding::text)
                    .collect(Collectors.joining(", "))));
  }

  private void last() {
    Line line = new Line();
    verdict(report.verdict(), line);
    Counts counts = report.counts();
    boolean production = report.seed().production().isPresent();
    page.add(
        counts.total() == 0
            ? line.add("  " + Report.NOTHING_CHECKED).add(production ? ". " + ONLY_READ : "")
            : line.add("  " + counts(counts))
                .add(" of " + counts.total() + " pending, in ")
                .add(String.format(Locale.ROOT, "%.1f s. ", report.ending().millis() / 1000.0))
                .add(notExecuted())
                .add(databases())
                .add(production ? " " + ONLY_READ : ""));
  }

  private static void verdict(Verdict verdict, Line line) {
    switch (verdict) {
      case PASSED -> line.add(Style.GREEN, "PASS");
      case FAILED -> line.add(Style.RED, "FAIL");
      case UNVERIFIED -> line.add(Style.YELLOW, "UNVERIFIED");
      case SKIPPED -> line.add(Style.YELLOW, "SKIPPED");
      case ERROR -> line.add(Style.RED, "ERROR");
    }
  }

  private static String counts(Counts counts) {
    List<String> parts = new ArrayList<>();
    part(parts, counts.failed(), "failed");
    part(parts, counts.blocked(), "blocked");
    part(parts, counts.unverified(), "unverified");
    part(parts, counts.skipped(), "skipped");
    part(parts, counts.passed(), "passed");
    return String.join(", ", parts);
  }

  private static void part(List<String> parts, int count, String word) {
    if (count > 0) {
      parts.add(count + " " + word);
    }
  }

  /** Names Python files: whoever reads this line alone must not take them for rehearsed. */
  private String notExecuted() {
    List<String> files =
        report.migrations().stream()
            .map(migration -> migration.rehearsed().migration())
            .filter(migration -> migration.text() instanceof MigrationText.Python)
            .map(migration -> migration.file().fileName())
            .toList();
    return files.isEmpty()
        ? ""
        : "Python that was not executed: " + String.join(", ", files) + ". ";
  }

  private String databases() {
    if (!report.remains().isEmpty()) {
      return "Not everything could be undone, see above.";
    }
    if (report.dbConsumed()) {
      return "The external database is consumed: it must be reprovisioned before the next run.";
    }
    return switch (report.ending().cleanup().orElseGet(Cleanup.Dropped::new)) {
      case Cleanup.Dropped _ ->
          report.againstUrl().equals(Report.EMBEDDED)
              ? "The throwaway server is gone."
              : "The clone was dropped; the external database was not touched.";
      case Cleanup.Emptied _ ->
          "Rolled back; the schema that was restored is dropped: the external database is empty"
              + " again (looked up).";
      case Cleanup.Unchanged _ ->
          "Rolled back: catalog and sequences of the external database are unchanged (looked up).";
      case Cleanup.Changed _ ->
          "Rolled back, but the external database is not as before, see above.";
      case Cleanup.Unverified(String reason) ->
          "Rolled back; whether the external database is as before is not verified: "
              + reason
              + ".";
    };
  }

  /** Writes one line for each migration. */
  private static final class Rows {

    /** The cells of a result with its time. */
    private static final int RESULT = 46;

    private static final int TIME = 7;

    private final Report report;
    private final Page page;
    private final int titles;
    private final int results;

    private Rows(Report report, Page page) {
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
        new Rows(report, page).add();
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
}
