package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.StaticCheck;
import java.util.Locale;
import java.util.stream.Collectors;

/** The first lines: which schema, where, which migrations. */
final class TableHeader {

  private TableHeader() {}

  static void add(Report report, Page page) {
    report.schema().ifPresent(schema -> page.add(schema(report, schema)));
    report.sandbox().ifPresent(sandbox -> sandbox(report, sandbox, page));
    Report.PendingSummary pending = report.pending();
    page.add(
        "Pending    "
            + pending.pending().size()
            + " of "
            + pending.files()
            + " files ("
            + pending.selectedBy()
            + "), convention "
            + pending.convention());
    page.add(files(report.staticCheck()));
  }

  private static String schema(Report report, Report.SchemaSummary schema) {
    return "Schema     "
        + report.production().map(Report.ProductionSummary::database).orElse(schema.origin())
        + schema.serverVersion().map(v -> ", PostgreSQL " + v).orElse("")
        + ", "
        + schema.tables()
        + (schema.tables() == 1 ? " table" : " tables")
        + report
            .production()
            .map(
                read ->
                    String.format(
                        Locale.ROOT, ", dumped in %.1f s (read-only)", read.dumpMillis() / 1000.0))
            .orElse("");
  }

  /** What stands in the way, else what is good. */
  private static Line files(StaticCheck check) {
    StaticMark shown = check.safeToDeploy() ? StaticMark.GOOD : StaticMark.BAD;
    return new Line()
        .add("Static     ")
        .add(
            check.safeToDeploy() ? Style.PLAIN : Style.YELLOW,
            StaticFindings.of(check).stream()
                .filter(finding -> finding.mark() == shown)
                .map(StaticFinding::text)
                .collect(Collectors.joining(", ")));
  }

  private static void sandbox(Report report, Report.SandboxSummary sandbox, Page page) {
    if (report.schema().isEmpty()) {
      page.add("Schema     as it is in " + sandbox.url());
    }
    page.add(
        "Sandbox    "
            + sandbox.description()
            + ", "
            + sandbox.isolation()
            + " isolation, migrations run as "
            + sandbox.runAs()
            + " ("
            + sandbox.runAsReason()
            + (sandbox.superuser() ? ", superuser" : "")
            + ")");
  }
}
