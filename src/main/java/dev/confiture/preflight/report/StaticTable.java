package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.migrations.StaticCheck.CheckedMigration;
import dev.confiture.preflight.report.Page.Line;
import dev.confiture.preflight.report.Page.Style;
import java.util.List;

/** Writes the check of the files alone: a row for each file, and a summary. */
final class StaticTable {

  private static final String REVERSIBLE = "Reversible";

  private final StaticCheck check;
  private final Page page;
  private final int names;
  private final int reversible;
  private final int transactional;

  private StaticTable(StaticCheck check, Page page) {
    this.check = check;
    this.page = page;
    int version = "Version".length();
    int name = "Name".length();
    for (CheckedMigration migration : check.migrations()) {
      version = Math.max(version, width(migration.file().version()));
      name = Math.max(name, width(JsonStatic.name(migration.file())));
    }
    this.names = 2 + version + 2;
    this.reversible = names + name + 2;
    this.transactional = reversible + REVERSIBLE.length() + 2;
  }

  static void add(StaticCheck check, Page page) {
    StaticTable table = new StaticTable(check, page);
    page.add("Pre-flight Check");
    page.gap();
    table.rows();
    page.gap();
    table.summary();
    table.remarks();
  }

  private void rows() {
    page.add(row("Version", "Name").add(REVERSIBLE).tab(transactional).add("Transactional"));
    for (CheckedMigration migration : check.migrations()) {
      MigrationFile file = migration.file();
      Mark undone =
          migration.reversible() ? Mark.GOOD : check.downRequired() ? Mark.BAD : Mark.NEUTRAL;
      Mark blocks = migration.fullyTransactional() ? Mark.GOOD : Mark.BAD;
      page.add(
          row(file.version(), JsonStatic.name(file))
              .add(undone.style(), undone.text(page.look()))
              .tab(transactional)
              .add(blocks.style(), blocks.text(page.look()))
              .add(migration.loadError().isPresent() ? " unreadable" : statements(migration)));
    }
  }

  private Line row(String version, String name) {
    return new Line().add("  ").add(version).tab(names).add(name).tab(reversible);
  }

  private static String statements(CheckedMigration migration) {
    List<String> statements = migration.nonTransactionalStatements();
    return statements.isEmpty() ? "" : " " + String.join("; ", statements);
  }

  private void summary() {
    int count = check.migrations().size();
    page.add(
        "Summary: "
            + count
            + (count == 1 ? " migration" : " migrations")
            + " checked, tool "
            + check.tool().title());
    for (StaticFindings.Finding finding : StaticFindings.of(check)) {
      page.add(
          new Line()
              .add("  ")
              .add(finding.mark().style(), finding.mark().text(page.look()))
              .add(" " + capitalised(finding.text())));
      if (!finding.inRows()) {
        finding.items().forEach(item -> page.add("      " + item));
      }
    }
    page.add(
        new Line()
            .add("  ")
            .add(
                check.safeToDeploy() ? Style.GREEN : Style.RED,
                (page.look().unicode() ? "→ " : "-> ")
                    + (check.safeToDeploy()
                        ? "Safe to deploy"
                        : "Not safe to deploy with rollback guarantee")));
  }

  private void remarks() {
    if (!check.notes().isEmpty() || !check.ignored().isEmpty()) {
      page.gap();
      check.notes().forEach(note -> page.add("note: " + note));
      if (!check.ignored().isEmpty()) {
        page.add("note: not migrations, ignored: " + String.join(", ", check.ignored()));
      }
    }
    page.gap();
    page.add(
        "Only the files were read: --schema-file or --against rehearses the migrations as well.");
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static int width(String text) {
    return Cells.width(Cells.printable(text));
  }
}
