package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.BlockedBy;
import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import dev.confiture.preflight.rehearsal.Observation;
import dev.confiture.preflight.sandbox.Cleanup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What else a reader should know, and what the run cannot tell. */
final class Remarks {

  /** How many files a finding about all of them names: most are long applied. */
  private static final int MOST_ITEMS = 5;

  private Remarks() {}

  static void add(Report report, Page page) {
    section(page, "warning: ", report.warnings());
    section(page, "note: ", notes(report));
    section(page, "left on the server: ", report.remains());
    if (report.aftermath().orElseGet(Cleanup.Unchanged::new)
        instanceof Cleanup.Changed(List<String> changes)) {
      section(page, "changed in the named database: ", changes);
    }
    report
        .interruption()
        .ifPresent(
            reason -> {
              page.gap();
              page.add("The rehearsal ended early: " + reason.message());
              page.add("  hint: " + reason.hint());
            });
    if (!report.migrations().isEmpty()) {
      page.gap();
      page.add("Not verified: " + notVerified(report));
    }
  }

  /** What no run can tell. */
  static String notVerified(Report report) {
    return report.schema().isPresent()
        ? "production's rows. Tables are empty here but for rows that the schema file holds."
        : "production's rows. Tables hold what the named database holds.";
  }

  /** A sentence each. */
  static List<String> notes(Report report) {
    List<String> notes = new ArrayList<>(report.notes());
    notes.remove(Report.NOTHING_CHECKED);
    report
        .sandbox()
        .ifPresent(
            sandbox -> {
              notes.addAll(sandbox.notes());
              list(notes, "settings of the migration role: ", sandbox.settings());
            });
    Report.PendingSummary pending = report.pending();
    list(notes, "applied, but without a file: ", pending.appliedWithoutFile());
    list(notes, "pending, but older than the newest applied one: ", pending.outOfOrder());
    pending.tracking().ifPresent(table -> tracking(notes, table));
    list(notes, "not migrations, ignored: ", pending.ignored());
    StaticFindings.of(report.staticCheck()).stream()
        .filter(StaticFinding::isBad)
        .forEach(finding -> list(notes, finding.text() + ": ", few(finding.items())));
    for (JudgedMigration migration : report.migrations()) {
      if (migration.outcome() instanceof Outcome.Passed(Optional<BlockedBy> onlyWhile)) {
        String title = migration.rehearsed().migration().file().title() + ": ";
        for (Observation observation : migration.rehearsed().observations()) {
          notes.add(title + observation.text());
        }
        onlyWhile.ifPresent(by -> notes.add(title + onlyWhile(by)));
      }
    }
    return notes;
  }

  private static List<String> few(List<String> items) {
    if (items.size() <= MOST_ITEMS) {
      return items;
    }
    List<String> few = new ArrayList<>(items.subList(0, MOST_ITEMS));
    few.add("and " + (items.size() - MOST_ITEMS) + " more");
    return few;
  }

  private static void tracking(List<String> notes, Report.TrackingSummary tracking) {
    list(
        notes,
        "applied, but not in the schema's own " + tracking.table() + ": ",
        tracking.notInSchema());
    list(
        notes,
        "in the schema's own " + tracking.table() + ", but not applied: ",
        tracking.onlyInSchema());
  }

  private static String onlyWhile(BlockedBy by) {
    return "passes only while "
        + by.file().title()
        + " fails, whose line "
        + by.position().line()
        + (by.removal() ? " removes " : " makes ")
        + by.what()
        + " too";
  }

  private static void list(List<String> notes, String label, List<String> items) {
    if (!items.isEmpty()) {
      notes.add(label + String.join(", ", items));
    }
  }

  private static void section(Page page, String label, List<String> texts) {
    if (!texts.isEmpty()) {
      page.gap();
      texts.forEach(text -> page.add(label + text));
    }
  }
}
