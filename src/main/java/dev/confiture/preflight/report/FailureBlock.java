package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.BlockedBy;
import dev.confiture.preflight.findings.Cause;
import dev.confiture.preflight.findings.JudgedFailure;
import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Observation;

/** All that the terminal says of one migration that did not pass. */
final class FailureBlock {

  private final JudgedMigration migration;
  private final Report report;
  private final FailureText text;
  private final Page page;

  private FailureBlock(
      JudgedMigration migration, Report report, AlreadyThere alreadyThere, Page page) {
    this.migration = migration;
    this.report = report;
    this.text = new FailureText(migration, alreadyThere);
    this.page = page;
  }

  /** Adds a block for each migration that has something to say for itself. */
  static void addAll(Report report, Page page) {
    AlreadyThere there = new AlreadyThere(report);
    for (JudgedMigration migration : report.migrations()) {
      boolean listedElsewhere =
          migration.outcome() instanceof Outcome.Blocked(_, BlockedBy by, _)
              && Blocks.hasBlock(by, report);
      if (!listedElsewhere) {
        FailureBlock block = new FailureBlock(migration, report, there, page);
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
    Because.of(migration).ifPresent(reason -> page.add("  " + reason));
    Failures.further(migration).forEach(this::further);
    for (Observation observation : migration.rehearsed().observations()) {
      page.add("  note: " + observation.text());
    }
    Blocks.of(migration, report).forEach(line -> page.add("  blocks  " + line));
  }

  private void inFull(Failure failure, String indent) {
    page.add(indent + Failures.sentence(failure));
    text.words(failure).forEach(line -> page.add(indent + line));
    text.excerpt(failure, page);
    text.facts(failure).forEach(line -> page.add(indent + line));
  }

  /** In full, but for a consequence: what it follows from is in full elsewhere. */
  private void further(JudgedFailure further) {
    page.add("  also " + Failures.path(migration, further.failure()));
    if (further.cause() instanceof Cause.Consequence) {
      page.add("    " + Failures.sentence(further.failure()));
    } else {
      inFull(further.failure(), "    ");
    }
    Because.of(further.cause(), migration).ifPresent(reason -> page.add("    " + reason));
  }
}
