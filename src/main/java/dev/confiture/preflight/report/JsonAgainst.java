package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.report.Report.Counts;
import dev.confiture.preflight.report.Report.MigratedOn;
import dev.confiture.preflight.sandbox.Cleanup;
import dev.confiture.preflight.seed.RestoreGap;
import dev.confiture.preflight.source.Production;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rehearsal as JSON: confiture's eight keys first. */
record JsonAgainst(
    String againstUrl,
    boolean allPassed,
    int total,
    int passed,
    int failed,
    int skipped,
    boolean dbConsumed,
    List<JsonMigration> migrations,
    String verdict,
    int blocked,
    int unverified,
    Optional<String> isolation,
    Optional<String> serverVersion,
    Optional<String> runAs,
    Optional<String> runAsReason,
    List<GapJson> restoreGaps,
    PendingJson pending,
    Optional<SchemaJson> schema,
    Optional<ProductionJson> production,
    List<String> settings,
    List<String> warnings,
    List<String> notes,
    List<String> remains,
    Optional<AftermathJson> aftermath,
    Optional<JsonReport.ErrorJson> interruption,
    long durationMs) {

  static JsonAgainst of(Report report) {
    Counts counts = report.counts();
    Optional<MigratedOn> sandbox = report.sandbox();
    List<String> notes = new ArrayList<>(report.remarks().notes());
    sandbox.map(MigratedOn::notes).ifPresent(notes::addAll);
    return new JsonAgainst(
        report.againstUrl(),
        report.allPassed(),
        counts.total(),
        counts.passed(),
        counts.failed(),
        counts.skipped(),
        report.dbConsumed(),
        report.migrations().stream().map(JsonMigration::of).toList(),
        report.verdict().word(),
        counts.blocked(),
        counts.unverified(),
        sandbox.map(MigratedOn::isolation),
        sandbox.map(MigratedOn::serverVersion),
        sandbox.map(MigratedOn::runAs),
        sandbox.map(MigratedOn::runAsReason),
        report.seed().gaps().stream().map(GapJson::of).toList(),
        PendingJson.of(report.pending(), report.staticCheck()),
        report.seed().schema().map(SchemaJson::of),
        report.seed().production().map(ProductionJson::of),
        sandbox.map(MigratedOn::settings).orElse(List.of()),
        report.remarks().warnings(),
        notes,
        report.remains(),
        report.ending().cleanup().map(AftermathJson::of),
        report.interruption().map(JsonReport::error),
        report.ending().millis());
  }

  record GapJson(
      String reason,
      String sqlstate,
      String message,
      int line,
      String statement,
      List<String> lost) {

    private static GapJson of(RestoreGap gap) {
      return new GapJson(
          gap.reason(),
          gap.error().sqlState(),
          gap.error().message(),
          gap.position().line(),
          gap.statement(),
          gap.lost().stream().map(lost -> lost.object().toString()).toList());
    }
  }

  record PendingJson(
      String convention,
      String selectedBy,
      int files,
      List<String> versions,
      List<String> appliedWithoutFile,
      List<String> outOfOrder,
      List<String> ignored,
      Optional<LedgerJson> trackingTable,
      List<String> changedChecksums,
      List<String> appliedNotInSchema,
      List<String> inSchemaNotApplied,
      String conventionToldBy) {

    private static PendingJson of(Report.Pending pending, StaticCheck check) {
      return new PendingJson(
          pending.tool().id(),
          pending.selectedBy(),
          pending.files(),
          pending.versions(),
          pending.appliedWithoutFile(),
          pending.outOfOrder(),
          pending.ignored(),
          pending.ledger().map(ledger -> new LedgerJson(ledger.table(), ledger.from())),
          check.checksumMismatches(),
          pending.ledger().map(Report.Ledger::notInSchema).orElse(List.of()),
          pending.ledger().map(Report.Ledger::onlyInSchema).orElse(List.of()),
          pending.tool().evidence());
    }
  }

  record LedgerJson(String name, String from) {}

  record SchemaJson(String origin, Optional<String> serverVersion, int tables, long restoreMs) {

    private static SchemaJson of(Report.Schema schema) {
      return new SchemaJson(
          schema.origin(), schema.serverVersion(), schema.tables(), schema.millis());
    }
  }

  record ProductionJson(
      String url,
      String database,
      String serverVersion,
      Optional<String> dumpVersion,
      String readAt,
      long dumpMs,
      long sessionMs) {

    private static ProductionJson of(Production.Read read) {
      return new ProductionJson(
          read.url(),
          read.database(),
          read.serverVersion(),
          read.dumpVersion(),
          read.readAt().toString(),
          read.dumpMillis(),
          read.millis());
    }
  }

  record AftermathJson(String state, List<String> changes, Optional<String> reason) {

    private static AftermathJson of(Cleanup known) {
      return switch (known) {
        case Cleanup.Dropped _ -> of("dropped");
        case Cleanup.Emptied _ -> of("emptied");
        case Cleanup.Unchanged _ -> of("unchanged");
        case Cleanup.Changed(List<String> changes) ->
            new AftermathJson("changed", changes, Optional.empty());
        case Cleanup.Unverified(String reason) ->
            new AftermathJson("unverified", List.of(), Optional.of(reason));
      };
    }

    private static AftermathJson of(String state) {
      return new AftermathJson(state, List.of(), Optional.empty());
    }
  }
}
