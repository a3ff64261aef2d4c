package dev.confiture.preflight.report;

import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Observation;
import dev.confiture.preflight.report.Page.Line;
import dev.confiture.preflight.report.Page.Style;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import dev.confiture.preflight.verdict.Outcome.Cause;
import dev.confiture.preflight.verdict.Outcome.JudgedFailure;

/** Writes all that the terminal says of one migration that did not pass. */
final class FailureBlock {

  private final JudgedMigration migration;
  private final Report report;
  private final FailureText text;
  private final Page page;

  private FailureBlock(JudgedMigration migration, Report report, Page page) {
    this.migration = migration;
    this.report = report;
    this.text = new FailureText(migration, report);
    this.page = page;
  }

  /** Adds a block for each migration that has something to say for itself. */
  static void addAll(Report report, Page page) {
    for (JudgedMigration migration : report.migrations()) {
      boolean listedElsewhere =
          migration.outcome() instanceof Outcome.Blocked(_, BlockedBy by, _)
              && BlockedMigrations.hasBlock(by, report);
      if (!listedElsewhere) {
        FailureBlock block = new FailureBlock(migration, report, page);
        Failures.first(migration).ifPresent(block::add);
      }
    }
  }

  private void add(Failure failure) {
    page.gap();
    Mark mark = Mark.of(migration.outcome());
    page.add(
        new Line()
            .add(mark.style(), mark.text(page.look()))
            .add(" ")
            .add(Style.BOLD, Failures.path(migration, failure)));
    inFull(failure, "  ");
    Failures.reason(migration).ifPresent(reason -> page.add("  " + reason));
    Failures.further(migration).forEach(this::further);
    for (Observation observation : migration.rehearsed().observations()) {
      page.add("  note: " + Observations.text(observation));
    }
    BlockedMigrations.of(migration, report).forEach(line -> page.add("  blocks  " + line));
  }

  private void inFull(Failure failure, String indent) {
    page.add(indent + Failures.sentence(failure));
    text.words(failure).forEach(line -> page.add(indent + line));
    text.excerpt(failure, page);
    text.facts(failure).forEach(line -> page.add(indent + line));
  }

  /** Adds a further failure in full, but for a consequence: its cause is in full elsewhere. */
  private void further(JudgedFailure further) {
    page.add("  also " + Failures.path(migration, further.failure()));
    if (further.cause() instanceof Cause.Consequence) {
      page.add("    " + Failures.sentence(further.failure()));
    } else {
      inFull(further.failure(), "    ");
    }
    Failures.reason(further, migration).ifPresent(reason -> page.add("    " + reason));
  }
}
