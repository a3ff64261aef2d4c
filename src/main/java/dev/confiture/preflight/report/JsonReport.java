package dev.confiture.preflight.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.rehearsal.Interruption;
import dev.confiture.preflight.report.Report.ProductionSummary;
import dev.confiture.preflight.report.Report.SandboxSummary;
import dev.confiture.preflight.report.Report.SchemaSummary;
import dev.confiture.preflight.sandbox.Cleanup;
import dev.confiture.preflight.seed.LostObject;
import dev.confiture.preflight.seed.RestoreGap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The report for machines: confiture's shape, key for key, with keys of our own after its.
 *
 * <p>Every key is always there. New facts are added keys, never renamed ones.
 */
public final class JsonReport {

  private JsonReport() {}

  /** The report, with two-space indentation and a line end. */
  public static String write(Report report) {
    ObjectNode root = Json.object();
    report.interruption().ifPresent(reason -> root.set("error", interruption(reason)));
    root.set("static", JsonStatic.of(report.staticCheck()));
    root.set("against", against(report));
    return Json.print(root);
  }

  /** The static half alone, flat. */
  public static String write(StaticCheck check) {
    return Json.print(JsonStatic.of(check));
  }

  /** A rehearsal that could not be done; an empty hint is null. */
  public static String writeError(
      String kind, String message, String hint, Optional<StaticCheck> check) {
    ObjectNode root = Json.object();
    root.set("error", error(kind, message, hint));
    check.ifPresent(files -> root.set("static", JsonStatic.of(files)));
    return Json.print(root);
  }

  private static ObjectNode interruption(Interruption reason) {
    return error(Json.word(reason.kind()), reason.message(), reason.hint());
  }

  private static ObjectNode error(String kind, String message, String hint) {
    ObjectNode error = Json.object();
    error.put("kind", kind);
    error.put("message", message);
    error.set("hint", Json.text(Optional.of(hint).filter(h -> !h.isEmpty())));
    return error;
  }

  private static ObjectNode against(Report report) {
    Counts counts = Counts.of(report.migrations());
    Optional<SandboxSummary> sandbox = report.sandbox();
    ObjectNode against = Json.object();
    against.put("against_url", report.againstUrl());
    against.put("all_passed", report.allPassed());
    against.put("total", counts.total());
    against.put("passed", counts.passed());
    against.put("failed", counts.failed());
    against.put("skipped", counts.skipped());
    against.put("db_consumed", report.dbConsumed());
    ArrayNode migrations = against.putArray("migrations");
    for (JudgedMigration migration : report.migrations()) {
      migrations.add(JsonMigration.of(migration));
    }

    against.put("verdict", report.verdict().word());
    against.put("blocked", counts.blocked());
    against.put("unverified", counts.unverified());
    against.set("isolation", Json.text(sandbox.map(SandboxSummary::isolation)));
    against.set("server_version", Json.text(sandbox.map(SandboxSummary::serverVersion)));
    against.set("run_as", Json.text(sandbox.map(SandboxSummary::runAs)));
    against.set("run_as_reason", Json.text(sandbox.map(SandboxSummary::runAsReason)));
    against.set("restore_gaps", gaps(report.gaps()));
    against.set("pending", JsonPending.of(report.pending(), report.staticCheck()));
    report
        .schema()
        .ifPresentOrElse(
            schema -> against.set("schema", schema(schema)), () -> against.putNull("schema"));
    report
        .production()
        .ifPresentOrElse(
            read -> against.set("production", production(read)),
            () -> against.putNull("production"));
    against.set("settings", Json.texts(sandbox.map(SandboxSummary::settings).orElse(List.of())));
    against.set("warnings", Json.texts(report.warnings()));
    List<String> notes = new ArrayList<>(report.notes());
    sandbox.map(SandboxSummary::notes).ifPresent(notes::addAll);
    against.set("notes", Json.texts(notes));
    against.set("remains", Json.texts(report.remains()));
    report
        .aftermath()
        .ifPresentOrElse(
            known -> against.set("aftermath", aftermath(known)),
            () -> against.putNull("aftermath"));
    report
        .interruption()
        .ifPresentOrElse(
            reason -> against.set("interruption", interruption(reason)),
            () -> against.putNull("interruption"));
    against.put("duration_ms", report.millis());
    return against;
  }

  private static ObjectNode aftermath(Cleanup known) {
    ObjectNode node = Json.object();
    node.put(
        "state",
        switch (known) {
          case Cleanup.Dropped _ -> "dropped";
          case Cleanup.Emptied _ -> "emptied";
          case Cleanup.Unchanged _ -> "unchanged";
          case Cleanup.Changed _ -> "changed";
          case Cleanup.Unverified _ -> "unverified";
        });
    node.set(
        "changes",
        Json.texts(known instanceof Cleanup.Changed(List<String> changes) ? changes : List.of()));
    node.set(
        "reason",
        Json.text(
            known instanceof Cleanup.Unverified(String reason)
                ? Optional.of(reason)
                : Optional.empty()));
    return node;
  }

  private static ObjectNode production(ProductionSummary read) {
    ObjectNode node = Json.object();
    node.put("url", read.url());
    node.put("database", read.database());
    node.put("server_version", read.serverVersion());
    node.set("dump_version", Json.text(read.dumpVersion()));
    node.put("read_at", read.readAt().toString());
    node.put("dump_ms", read.dumpMillis());
    node.put("session_ms", read.millis());
    return node;
  }

  private static ObjectNode schema(SchemaSummary schema) {
    ObjectNode node = Json.object();
    node.put("origin", schema.origin());
    node.set("server_version", Json.text(schema.serverVersion()));
    node.put("tables", schema.tables());
    node.put("restore_ms", schema.millis());
    return node;
  }

  private static ArrayNode gaps(List<RestoreGap> gaps) {
    ArrayNode array = Json.texts(List.of());
    for (RestoreGap gap : gaps) {
      ObjectNode node = array.addObject();
      node.put("reason", gap.reason());
      node.put("sqlstate", gap.error().sqlState());
      node.put("message", gap.error().message());
      node.put("line", gap.position().line());
      node.put("statement", gap.statement());
      ArrayNode lost = node.putArray("lost");
      for (LostObject object : gap.lost()) {
        lost.add(object.object().toString());
      }
    }
    return array;
  }
}
