package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.BlockedBy;
import dev.confiture.preflight.findings.Cause;
import dev.confiture.preflight.findings.JudgedFailure;
import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Observation;

/** All that is to be said of one migration that did not pass. */
final class FailureBlock {

  private final JudgedMigration migration;
  private final Report report;
  private final AlreadyThere alreadyThere;
  private final Page page;

  private FailureBlock(
      JudgedMigration migration, Report report, AlreadyThere alreadyThere, Page page) {
    this.migration = migration;
    this.report = report;
    this.alreadyThere = alreadyThere;
    this.page = page;
  }

  /** Adds a block for each migration that has something to say for itself. */
  static void addAll(Report report, Page page) {
    AlreadyThere there = new AlreadyThere(report);
    for (JudgedMigration migration : report.migrations()) {
      add(migration, report, there, page);
    }
  }

  /** Adds the block of one migration, if it has something to say for itself. */
  static void add(JudgedMigration migration, Report report, AlreadyThere there, Page page) {
    boolean listedElsewhere =
        migration.outcome() instanceof Outcome.Blocked(_, BlockedBy by, _)
            && Blocks.hasBlock(by, report);
    if (!listedElsewhere) {
      FailureBlock block = new FailureBlock(migration, report, there, page);
      Failures.first(migration).ifPresent(block::add);
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
    FailureText text = new FailureText(migration, alreadyThere, page);
    text.add(failure, "  ");
    reason();
    for (JudgedFailure further : Failures.further(migration)) {
      further(further, text);
    }
    for (Observation observation : migration.rehearsed().observations()) {
      page.add("  note: " + observation.text());
    }
    Blocks.add(migration, report, page);
  }

  private void reason() {
    switch (migration.outcome()) {
      case Outcome.Blocked(_, BlockedBy by, _) ->
          page.add(
              "  blocked by "
                  + by.file().path()
                  + ":"
                  + by.position().line()
                  + ":"
                  + by.position().column()
                  + (by.removal() ? ", which does not remove " : ", which does not make ")
                  + by.object());
      case Outcome.Unverified(_, String reason, _) -> page.add("  not verified: " + reason);
      case Outcome.Failed _, Outcome.Passed _, Outcome.Skipped _ -> {}
    }
  }

  /** In full, but for a consequence: what it follows from is in full elsewhere. */
  private void further(JudgedFailure further, FailureText text) {
    page.add("  also " + Failures.path(migration, further.failure()));
    switch (further.cause()) {
      case Cause.Own _ -> text.add(further.failure(), "    ");
      case Cause.SandboxLimit(String reason) -> {
        text.add(further.failure(), "    ");
        page.add("    not verified: " + reason);
      }
      case Cause.Consequence(BlockedBy by) -> {
        boolean sameFile = by.file().equals(migration.rehearsed().migration().file());
        page.add("    " + Failures.sentence(further.failure()));
        page.add(
            "    follows from "
                + (sameFile ? "" : by.file().title() + " ")
                + "line "
                + by.position().line()
                + ": "
                + by.object());
      }
    }
  }
}
