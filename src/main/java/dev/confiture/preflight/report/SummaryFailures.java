package dev.confiture.preflight.report;

import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import dev.confiture.preflight.verdict.Outcome.Cause;
import dev.confiture.preflight.verdict.Outcome.JudgedFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a section for each migration that did not pass.
 *
 * <p>What a server says may be of any length: no section takes the room of the others.
 */
final class SummaryFailures {

  private static final int LONGEST_SECTION = 48 << 10;
  private static final int LONGEST_BLOCK = 8 << 10;
  private static final int LONGEST_SENTENCE = 2 << 10;

  private final JudgedMigration migration;
  private final Report report;
  private final FailureText text;
  private final StringBuilder out = new StringBuilder();

  private SummaryFailures(JudgedMigration migration, Report report) {
    this.migration = migration;
    this.report = report;
    this.text = new FailureText(migration, report);
  }

  /** Returns the sections, first of those that are to be mended first. */
  static List<String> of(Report report) {
    List<String> causes = new ArrayList<>();
    List<String> blocked = new ArrayList<>();
    for (JudgedMigration migration : report.failures()) {
      SummaryFailures section = new SummaryFailures(migration, report);
      (migration.outcome() instanceof Outcome.Blocked ? blocked : causes).add(section.write());
    }
    causes.addAll(blocked);
    return causes;
  }

  private String write() {
    Failures.first(migration).ifPresent(this::add);
    if (isFull()) {
      out.append("\nThere is more in the step's log and in the JSON report.\n");
    }
    return out.append('\n').toString();
  }

  private void add(Failure failure) {
    out.append(StepSummary.anchor(migration))
        .append("### ")
        .append(Mark.of(migration.outcome()).text(Look.PLAIN))
        .append(' ')
        .append(Markdown.text(Failures.fileName(migration, failure)));
    if (migration.outcome() instanceof Outcome.Blocked(_, BlockedBy by, _)) {
      out.append(", blocked by ").append(StepSummary.link(by.file(), report)).append("\n\n");
      blocked(failure, by);
    } else {
      out.append(", ").append(Failures.lineAndColumn(failure)).append("\n\n");
      inFull(failure);
      Failures.reason(migration).ifPresent(this::item);
    }
    migration.rehearsed().observations().forEach(note -> item("note: " + Observations.text(note)));
    BlockedMigrations.of(migration, report).forEach(line -> item("blocks " + line));
    Failures.further(migration).forEach(this::further);
  }

  private void blocked(Failure failure, BlockedBy by) {
    out.append("Needs ")
        .append(by.deed())
        .append(Markdown.code(by.what()))
        .append(", at line ")
        .append(by.position().line())
        .append(" there, which takes no effect. The server said: ")
        .append(message(failure))
        .append(", at ")
        .append(Failures.lineAndColumn(failure))
        .append(". Its own verdict is not known until that is mended.\n");
  }

  private void inFull(Failure failure) {
    out.append(message(failure)).append("\n\n");
    Page words = new Page(Look.PLAIN);
    text.words(failure).forEach(words::add);
    block("text", words);
    Page excerpt = new Page(Look.PLAIN);
    text.excerpt(failure, excerpt);
    block("sql", excerpt);
    text.facts(failure).forEach(this::item);
  }

  private static String message(Failure failure) {
    String code = failure.error().sqlState();
    return Markdown.code(Markdown.cut(failure.error().message(), LONGEST_SENTENCE))
        + (code.isEmpty() ? "" : " (SQLSTATE " + code + ")");
  }

  private boolean isFull() {
    return out.length() > LONGEST_SECTION;
  }

  private void further(JudgedFailure further) {
    if (isFull()) {
      return;
    }
    out.append("\n#### also ").append(Failures.lineAndColumn(further.failure())).append("\n\n");
    if (further.cause() instanceof Cause.Consequence) {
      item(Failures.sentence(further.failure()));
    } else {
      inFull(further.failure());
    }
    Failures.reason(further, migration).ifPresent(this::item);
  }

  private void block(String language, Page lines) {
    String shown = lines.render();
    if (!shown.isEmpty()) {
      out.append(Markdown.block(language, Markdown.cut(shown, LONGEST_BLOCK))).append('\n');
    }
  }

  private void item(String line) {
    if (!isFull()) {
      out.append("- ").append(Markdown.text(Markdown.cut(line, LONGEST_SENTENCE))).append('\n');
    }
  }
}
