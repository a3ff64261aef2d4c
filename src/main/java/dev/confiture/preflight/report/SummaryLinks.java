package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import dev.confiture.preflight.migrations.MigrationFile;

/** From a migration's version to its section, where it has one. */
final class SummaryLinks {

  private SummaryLinks() {}

  /** What a link leads to; empty where the version cannot be one. */
  static String anchor(JudgedMigration migration) {
    String version = migration.rehearsed().migration().version();
    return isPlain(version) ? "<a name=\"" + version + "\"></a>\n\n" : "";
  }

  /** The version, as a link where there is what it leads to. */
  static String to(MigrationFile file, Report report) {
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

  /** In words of ours: of what a version may be, all but what could end the link. */
  private static boolean isPlain(String version) {
    return version.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,63}");
  }
}
