package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.JudgedMigration;
import java.util.ArrayList;
import java.util.List;

/** A section for each migration that did not pass: what the terminal shows of it. */
final class SummaryFailures {

  private static final Look PLAIN = new Look(false, true);

  private SummaryFailures() {}

  static List<String> of(Report report) {
    List<String> sections = new ArrayList<>();
    AlreadyThere there = new AlreadyThere(report);
    for (JudgedMigration migration : report.failures()) {
      Page page = new Page(PLAIN);
      FailureBlock.add(migration, report, there, page);
      String text = page.render().strip();
      if (!text.isEmpty()) {
        sections.add(
            "### "
                + Mark.of(migration.outcome()).text(PLAIN)
                + " "
                + Markdown.text(migration.rehearsed().migration().file().title())
                + "\n\n"
                + Markdown.block("text", text)
                + "\n");
      }
    }
    return sections;
  }
}
