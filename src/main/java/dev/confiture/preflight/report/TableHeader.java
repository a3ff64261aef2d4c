package dev.confiture.preflight.report;

/** The first lines: which schema, where, which migrations. */
final class TableHeader {

  private TableHeader() {}

  static void add(Report report, Page page) {
    report
        .schema()
        .ifPresent(
            schema ->
                page.add(
                    "Schema     "
                        + schema.origin()
                        + schema.serverVersion().map(v -> ", PostgreSQL " + v).orElse("")
                        + ", "
                        + schema.tables()
                        + (schema.tables() == 1 ? " table" : " tables")));
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
