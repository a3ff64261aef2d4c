package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.problem.Words;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.RunMode;
import dev.confiture.preflight.report.Report.Counts;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import dev.confiture.preflight.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the report for a step's job summary, in GitHub's Markdown. */
public final class StepSummary {

  /** The runner drops a summary of more than 1 MiB as a whole. */
  private static final int MOST_BYTES = 900 * 1024;

  private static final int LONGEST_TABLE = 256 << 10;
  private static final int LONGEST_REASON = 2 << 10;
  private static final int LONGEST_PROBLEM = 64 << 10;

  private static final int MOST_LINKS = 20;

  private static final String CUT =
      "\nThere is no room here for the other migrations that did not pass: they are in the step's"
          + " log and in the JSON report.\n\n";

  private StepSummary() {}

  /**
   * Returns the whole summary; where there is no room, it leaves out whole sections and says so.
   *
   * @param localCommand the command that does the same on the reader's machine
   */
  public static String write(Report report, String localCommand) {
    StringBuilder out = new StringBuilder(heading(report));
    String checked = SummaryChecked.of(report, localCommand);
    int room = MOST_BYTES - bytes(checked) - bytes(CUT);
    List<String> sections = new ArrayList<>();
    sections.add(table(report));
    sections.addAll(SummaryFailures.of(report));
    int used = bytes(out.toString());
    for (String section : sections) {
      used += bytes(section);
      if (used > room) {
        out.append(CUT);
        break;
      }
      out.append(section);
    }
    return out.append(checked).toString();
  }

  /** Returns the summary of a step that rehearsed nothing, as it was asked to. */
  public static String skipped(String reason) {
    return "## ⤳ Preflight was skipped\n\n"
        + Markdown.text(reason)
        + ". Nothing was rehearsed, so nothing is known of the migrations.\n\n";
  }

  /** Returns the summary of a rehearsal that could not be done. */
  public static String problem(String message, String hint) {
    return "## ✗ Preflight could not rehearse\n\n"
        + Markdown.block("", Page.printable(Markdown.cut(message, LONGEST_PROBLEM)))
        + (hint.isEmpty() ? "" : "\n" + Markdown.text(Markdown.cut(hint, LONGEST_REASON)) + "\n")
        + "\nNothing was rehearsed, so nothing is known of the migrations.\n\n";
  }

  private static String heading(Report report) {
    Counts counts = report.counts();
    String title =
        switch (report.verdict()) {
          case PASSED ->
              counts.total() == 0
                  ? "✓ Preflight: no migration is pending, nothing was checked"
                  : "✓ Preflight: " + counts.passed() + " of " + pending(counts) + " pass";
          case FAILED ->
              "✗ Preflight: "
                  + counts.failed()
                  + " of "
                  + pending(counts)
                  + " would fail in production";
          case UNVERIFIED ->
              "? Preflight: "
                  + (counts.unverified() + counts.blocked())
                  + " of "
                  + pending(counts)
                  + " could not be verified";
          case SKIPPED -> "⤳ Preflight: all of " + pending(counts) + " were skipped";
          case ERROR ->
              report.interruption().isPresent()
                  ? "✗ Preflight: the rehearsal ended early"
                  : "✗ Preflight: the server that was rehearsed on is not as it was";
        };
    return "## " + title + "\n\n" + fix(report, counts);
  }

  private static String pending(Counts counts) {
    return counts.total() + " pending " + (counts.total() == 1 ? "migration" : "migrations");
  }

  private static String fix(Report report, Counts counts) {
    if (report.verdict() != Verdict.FAILED) {
      return "";
    }
    List<String> causes = new ArrayList<>();
    List<String> blocked = new ArrayList<>();
    for (JudgedMigration migration : report.migrations()) {
      String link = link(migration.rehearsed().migration().file(), report);
      switch (migration.outcome()) {
        case Outcome.Failed(Failure failure, _, _) ->
            causes.add(link + " line " + failure.place().start().line());
        case Outcome.Blocked _ -> blocked.add(link);
        case Outcome.Passed _, Outcome.Unverified _, Outcome.Skipped _ -> {}
      }
    }
    return "**Fix "
        + (causes.size() == 1 ? "this one" : "these " + causes.size())
        + ":** "
        + Words.few(causes, MOST_LINKS)
        + "."
        + (blocked.isEmpty() ? "" : " Blocked until then: " + Words.few(blocked, MOST_LINKS) + ".")
        + (counts.passed() > 0 ? " " + counts.passed() + " pass." : "")
        + "\n\n";
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Writes a row for each migration. */
  private static String table(Report report) {
    if (report.migrations().isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    out.append(Markdown.row("", "Migration", "Result", "Where", "Time"));
    out.append("|---|---|---|---|---:|\n");
    List<JudgedMigration> migrations = report.migrations();
    for (int i = 0; i < migrations.size(); i++) {
      if (out.length() > LONGEST_TABLE) {
        out.append(
            Markdown.row("", "and " + (migrations.size() - i) + " more", "see the log", "", ""));
        break;
      }
      JudgedMigration migration = migrations.get(i);
      boolean failed = migration.outcome() instanceof Outcome.Failed;
      String title = Markdown.text(migration.rehearsed().migration().file().title());
      out.append(
          Markdown.row(
              Mark.of(migration.outcome()).text(Look.PLAIN),
              failed ? "**" + title + "**" : title,
              result(migration, report),
              Failures.first(migration).map(StepSummary::where).orElse(""),
              time(migration)));
    }
    return out.append('\n').toString();
  }

  private static String result(JudgedMigration migration, Report report) {
    return switch (migration.outcome()) {
      case Outcome.Passed _ ->
          "passed"
              + switch (migration.rehearsed().mode()) {
                case RunMode.TRANSACTION, RunMode.NOT_SENT -> "";
                case RunMode.OUTSIDE_TRANSACTION -> ", outside a transaction";
                case RunMode.OWN_TRANSACTIONS -> ", in its own transactions";
              };
      case Outcome.Failed(Failure failure, _, _) -> "failed" + code(failure);
      case Outcome.Blocked(_, BlockedBy by, _) -> "blocked by " + link(by.file(), report);
      case Outcome.Unverified(Failure failure, _, _) -> "unverified" + code(failure);
      case Outcome.Skipped(String reason) ->
          "skipped: " + Markdown.text(Markdown.cut(reason, LONGEST_REASON));
    };
  }

  /** Writes the time of a migration that had a chance: that of a blocked one tells nothing. */
  private static String time(JudgedMigration migration) {
    return switch (migration.outcome()) {
      case Outcome.Passed _, Outcome.Failed _, Outcome.Unverified _ ->
          migration.rehearsed().millis() + " ms";
      case Outcome.Blocked _, Outcome.Skipped _ -> "";
    };
  }

  private static String code(Failure failure) {
    String code = failure.error().sqlState();
    return code.isEmpty() ? "" : ", " + code;
  }

  private static String where(Failure failure) {
    return "line " + failure.place().start().line() + ", col " + failure.place().start().column();
  }

  /** Writes what a link to a migration leads to; empty where its version cannot be one. */
  static String anchor(JudgedMigration migration) {
    String version = migration.rehearsed().migration().version();
    return isPlain(version) ? "<a name=\"" + version + "\"></a>\n\n" : "";
  }

  /** Writes the version, as a link where the migration has a section. */
  static String link(MigrationFile file, Report report) {
    boolean hasSection =
        report.migrations().stream()
            .filter(migration -> migration.rehearsed().migration().file().equals(file))
            .anyMatch(
                migration ->
                    !(migration.outcome() instanceof Outcome.Passed
                        || migration.outcome() instanceof Outcome.Skipped));
    return hasSection && isPlain(file.version())
        ? "[" + file.version() + "](#" + file.version() + ")"
        : Markdown.text(file.version());
  }

  /** Returns true for what a version may be, but for what could end the link. */
  private static boolean isPlain(String version) {
    return version.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,63}");
  }
}
