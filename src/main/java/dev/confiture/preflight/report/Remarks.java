package dev.confiture.preflight.report;

import dev.confiture.preflight.problem.Words;
import dev.confiture.preflight.rehearsal.Observation;
import dev.confiture.preflight.sandbox.Cleanup;
import dev.confiture.preflight.seed.RestoreGap;
import dev.confiture.preflight.seed.RestoreGap.LostObject;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what else a reader should know, and what the run cannot tell. */
final class Remarks {

  /** The number of files that a finding about all of them names: most are long applied. */
  private static final int MOST_ITEMS = 5;

  private static final int MOST_LOST = 8;

  private Remarks() {}

  static void add(Report report, Page page) {
    gaps(report.seed().gaps(), page);
    section(page, "warning: ", report.remarks().warnings());
    section(page, "note: ", notes(report));
    section(page, "left on the server: ", report.remains());
    if (report.ending().cleanup().orElseGet(Cleanup.Unchanged::new)
        instanceof Cleanup.Changed(List<String> changes)) {
      section(page, "changed in the external database: ", changes);
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

  /** Writes what no run can tell. */
  static String notVerified(Report report) {
    return report.seed().schema().isPresent()
        ? "production's rows. Tables are empty here but for rows that the schema file holds."
        : "production's rows. Tables hold what the external database holds.";
  }

  /** Returns the notes, a sentence each. */
  static List<String> notes(Report report) {
    List<String> notes = new ArrayList<>(report.remarks().notes());
    notes.remove(Report.NOTHING_CHECKED);
    report
        .sandbox()
        .ifPresent(
            sandbox -> {
              notes.addAll(sandbox.notes());
              list(notes, "settings of the migration role: ", sandbox.settings());
            });
    Report.Pending pending = report.pending();
    list(notes, "applied, but without a file: ", few(pending.appliedWithoutFile()));
    list(notes, "pending, but older than the newest applied one: ", pending.outOfOrder());
    pending.ledger().ifPresent(ledger -> ledger(notes, ledger));
    list(notes, "not migrations, ignored: ", pending.ignored());
    StaticFindings.of(report.staticCheck()).stream()
        .filter(StaticFindings.Finding::isBad)
        .forEach(finding -> list(notes, finding.text() + ": ", few(finding.items())));
    for (JudgedMigration migration : report.migrations()) {
      if (migration.outcome() instanceof Outcome.Passed(Optional<BlockedBy> onlyWhile)) {
        String title = migration.rehearsed().migration().file().title() + ": ";
        for (Observation observation : migration.rehearsed().observations()) {
          notes.add(title + Observations.text(observation));
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

  private static void ledger(List<String> notes, Report.Ledger ledger) {
    list(
        notes,
        "applied, but not in the schema's own " + ledger.table() + ": ",
        ledger.notInSchema());
    list(
        notes,
        "in the schema's own " + ledger.table() + ", but not applied: ",
        ledger.onlyInSchema());
  }

  private static String onlyWhile(BlockedBy by) {
    return "passes only while "
        + by.file().title()
        + " fails, whose line "
        + by.position().line()
        + " "
        + by.verb()
        + "s "
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

  private static void gaps(List<RestoreGap> gaps, Page page) {
    for (RestoreGap gap : gaps) {
      page.gap();
      page.add(
          "Not restored: " + gap.reason() + " (line " + gap.position().line() + " of the schema)");
      lost(gap).ifPresent(lost -> page.add("  " + lost));
    }
  }

  /** Writes {@code so these are missing here: …}, where something is. */
  static Optional<String> lost(RestoreGap gap) {
    return Optional.of(gap.lost())
        .filter(lost -> !lost.isEmpty())
        .map(
            lost ->
                "so these are missing here: "
                    + Words.few(lost.stream().map(LostObject::object).toList(), MOST_LOST));
  }
}
