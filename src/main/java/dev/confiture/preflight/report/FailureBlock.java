package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.Cause;
import dev.confiture.preflight.findings.JudgedFailure;
import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Observation;
import dev.confiture.preflight.rehearsal.StatementPlace;
import dev.confiture.preflight.sql.Position;
import java.util.ArrayList;
import java.util.List;

/** All that is to be said of one migration that did not pass. */
final class FailureBlock {

  private final JudgedMigration migration;
  private final List<JudgedMigration> all;
  private final Look look;
  private final List<String> out = new ArrayList<>();

  FailureBlock(JudgedMigration migration, List<JudgedMigration> all, Look look) {
    this.migration = migration;
    this.all = all;
    this.look = look;
  }

  /** The lines, none for a migration without failure. */
  List<String> lines() {
    Failures.first(migration)
        .ifPresent(
            failure -> {
              out.add(mark() + " " + look.bold(path(migration, failure.place().start())));
              describe(failure, "  ");
              outcome();
              for (JudgedFailure further : Failures.further(migration)) {
                further(further);
              }
              for (Observation observation : migration.rehearsed().observations()) {
                out.add("  note: " + Cells.oneLine(observation.text()));
              }
              blocks();
            });
    return out;
  }

  private String mark() {
    return switch (migration.outcome()) {
      case Outcome.Failed _ -> look.failed();
      case Outcome.Blocked _ -> look.blocked();
      case Outcome.Unverified _ -> look.unverified();
      case Outcome.Passed _ -> look.passed();
      case Outcome.Skipped _ -> look.skipped();
    };
  }

  private void describe(Failure failure, String indent) {
    out.add(indent + Cells.oneLine(Failures.sentence(failure)));
    failure.error().detail().ifPresent(detail -> labelled(indent + "DETAIL: ", detail));
    failure.error().hint().ifPresent(hint -> labelled(indent + "HINT: ", hint));
    if (migration.rehearsed().migration().text() instanceof MigrationText.Sql text) {
      out.addAll(Excerpt.of(text.script().source(), failure.place(), look));
    }
    failure.statement().ifPresent(place -> out.add(indent + statement(failure, place)));
    for (String line : InsteadThere.of(failure, migration.rehearsed().migration().version())) {
      out.add(indent + Cells.oneLine(line));
    }
  }

  private void labelled(String label, String text) {
    String indent = " ".repeat(label.length());
    boolean first = true;
    for (String line : Cells.printable(text).lines().toList()) {
      out.add((first ? label : indent) + line);
      first = false;
    }
  }

  private static String statement(Failure failure, StatementPlace place) {
    StringBuilder text = new StringBuilder();
    text.append("statement ").append(place.number()).append(" of ").append(place.total());
    place
        .action()
        .ifPresent(
            action ->
                text.append(", action ")
                    .append(action.number())
                    .append(" of ")
                    .append(action.total()));
    switch (failure.source()) {
      case COMMIT -> text.append(", at COMMIT");
      case LEDGER -> text.append("; the tool's own record of the migration then fails");
      default -> {}
    }
    List<Integer> lines = InsteadThere.alsoOn(failure);
    if (!lines.isEmpty()) {
      text.append("; the name is also used on line ")
          .append(String.join(", ", lines.stream().map(String::valueOf).toList()));
    }
    return text.toString();
  }

  private void outcome() {
    switch (migration.outcome()) {
      case Outcome.Blocked blocked ->
          out.add(
              "  blocked by "
                  + blocked.by().file().path()
                  + ":"
                  + blocked.by().position().line()
                  + ":"
                  + blocked.by().position().column()
                  + (blocked.by().removal() ? ", which does not remove " : ", which does not make ")
                  + blocked.by().object());
      case Outcome.Unverified unverified ->
          out.add("  not verified: " + Cells.oneLine(unverified.reason()));
      case Outcome.Failed _, Outcome.Passed _, Outcome.Skipped _ -> {}
    }
  }

  private void further(JudgedFailure further) {
    Failure failure = further.failure();
    out.add("  also " + path(migration, failure.place().start()));
    describe(failure, "    ");
    switch (further.cause()) {
      case Cause.Own _ -> {}
      case Cause.Consequence(var by) ->
          out.add(
              "    follows from "
                  + by.file().title()
                  + " line "
                  + by.position().line()
                  + ": "
                  + by.object());
      case Cause.SandboxLimit(String reason) ->
          out.add("    not verified: " + Cells.oneLine(reason));
    }
  }

  /** The migrations that fail only because of this one. */
  private void blocks() {
    for (JudgedMigration other : all) {
      if (other.outcome() instanceof Outcome.Blocked blocked
          && blocked.by().file().equals(migration.rehearsed().migration().file())) {
        out.add(
            "  blocks  "
                + path(other, blocked.failure().place().start())
                + "  needs "
                + (blocked.by().removal() ? "the removal of " : "")
                + blocked.by().object()
                + " (line "
                + blocked.by().position().line()
                + " above)");
      }
    }
  }

  private static String path(JudgedMigration migration, Position position) {
    return Cells.oneLine(migration.rehearsed().migration().file().path().toString())
        + ":"
        + position.line()
        + ":"
        + position.column();
  }
}
