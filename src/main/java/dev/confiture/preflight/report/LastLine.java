package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.Verdict;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.sandbox.Cleanup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The verdict, the counts, and what became of the databases. */
final class LastLine {

  private static final String ONLY_READ = "Production was only read.";

  private LastLine() {}

  static void add(Report report, Page page) {
    page.gap();
    Line line = new Line();
    verdict(report.verdict(), line);
    Counts counts = Counts.of(report.migrations());
    page.add(
        counts.total() == 0
            ? line.add("  " + Report.NOTHING_CHECKED)
                .add(report.production().isPresent() ? ". " + ONLY_READ : "")
            : line.add("  " + counts(counts))
                .add(" of " + counts.total() + " pending, in ")
                .add(String.format(Locale.ROOT, "%.1f s. ", report.millis() / 1000.0))
                .add(notExecuted(report))
                .add(databases(report))
                .add(report.production().isPresent() ? " " + ONLY_READ : ""));
  }

  /** Whoever reads no more than this must not take a Python file for one that was rehearsed. */
  private static String notExecuted(Report report) {
    List<String> files =
        report.skippedMigrations().stream()
            .map(skipped -> skipped.rehearsed().migration())
            .filter(skipped -> skipped.text() instanceof MigrationText.Python)
            .map(skipped -> String.valueOf(skipped.file().path().getFileName()))
            .toList();
    return files.isEmpty()
        ? ""
        : "Python that was not executed: " + String.join(", ", files) + ". ";
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

  private static String databases(Report report) {
    if (!report.remains().isEmpty()) {
      return "Not everything could be undone, see above.";
    }
    if (report.dbConsumed()) {
      return "The named database is consumed: it must be reprovisioned before the next run.";
    }
    return switch (report.aftermath().orElseGet(Cleanup.Dropped::new)) {
      case Cleanup.Dropped _ ->
          report.againstUrl().equals(Report.EMBEDDED)
              ? "The throwaway server is gone."
              : "The clone was dropped; the named database was not touched.";
      case Cleanup.Emptied _ ->
          "Rolled back; the schema that was restored is dropped: the named database is empty again"
              + " (looked up).";
      case Cleanup.Unchanged _ ->
          "Rolled back: catalog and sequences of the named database are unchanged (looked up).";
      case Cleanup.Changed _ -> "Rolled back, but the named database is not as before, see above.";
      case Cleanup.Unverified(String reason) ->
          "Rolled back; whether the named database is as before is not verified: " + reason + ".";
    };
  }
}
