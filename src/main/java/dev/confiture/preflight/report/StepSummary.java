package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import dev.confiture.preflight.findings.Verdict;
import dev.confiture.preflight.rehearsal.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The report for a step's job summary, in GitHub's Markdown. */
public final class StepSummary {

  /** The runner drops a summary of more than 1 MiB as a whole. */
  private static final int MOST_BYTES = 900 * 1024;

  private static final int MOST_LINKS = 20;

  private static final String CUT =
      "\nThere is no room here for the other migrations that did not pass: they are in the step's"
          + " log and in the JSON report.\n\n";

  private StepSummary() {}

  /**
   * The whole summary; where there is no room, whole sections are left out, and it says so.
   *
   * @param sameHere the command that does the same on the reader's machine
   */
  public static String write(Report report, String sameHere) {
    StringBuilder out = new StringBuilder(heading(report));
    String checked = SummaryChecked.of(report, sameHere);
    int room = MOST_BYTES - bytes(checked) - bytes(CUT);
    List<String> sections = new ArrayList<>();
    sections.add(SummaryTable.of(report));
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

  /** The summary of a step that rehearsed nothing, as it was asked to. */
  public static String skipped(String reason) {
    return "## ⤳ Preflight was skipped\n\n"
        + Markdown.text(reason)
        + ". Nothing was rehearsed, so nothing is known of the migrations.\n\n";
  }

  /** The summary of a rehearsal that could not be done. */
  public static String problem(String message, String hint) {
    return "## ✗ Preflight could not rehearse\n\n"
        + Markdown.block("", Page.printable(message))
        + (hint.isEmpty() ? "" : "\n" + Markdown.text(hint) + "\n")
        + "\nNothing was rehearsed, so nothing is known of the migrations.\n\n";
  }

  private static String heading(Report report) {
    Counts counts = Counts.of(report.migrations());
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
          case ERROR -> "✗ Preflight: the rehearsal ended early";
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
      String link = SummaryLinks.to(migration.rehearsed().migration().file(), report);
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
        + listed(causes)
        + "."
        + (blocked.isEmpty() ? "" : " Blocked until then: " + listed(blocked) + ".")
        + (counts.passed() > 0 ? " " + counts.passed() + " pass." : "")
        + "\n\n";
  }

  private static String listed(List<String> links) {
    return String.join(", ", links.subList(0, Math.min(MOST_LINKS, links.size())))
        + (links.size() > MOST_LINKS ? " and " + (links.size() - MOST_LINKS) + " more" : "");
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
