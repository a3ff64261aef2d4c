package dev.confiture.preflight.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.report.Report.PendingSummary;
import dev.confiture.preflight.report.Report.TrackingSummary;
import java.util.List;
import java.util.Optional;

/** Which migrations were chosen, and what is odd about that, as JSON. */
final class JsonPending {

  private JsonPending() {}

  static ObjectNode of(PendingSummary pending, StaticCheck check) {
    ObjectNode node = Json.object();
    node.put("convention", pending.convention());
    node.put("selected_by", pending.selectedBy());
    node.put("files", pending.files());
    node.set("versions", Json.texts(pending.pending()));
    node.set("applied_without_file", Json.texts(pending.appliedWithoutFile()));
    node.set("out_of_order", Json.texts(pending.outOfOrder()));
    node.set("ignored", Json.texts(pending.ignored()));
    Optional<TrackingSummary> tracking = pending.tracking();
    tracking.ifPresentOrElse(
        table -> {
          ObjectNode read = node.putObject("tracking_table");
          read.put("name", table.table());
          read.put("from", table.from());
        },
        () -> node.putNull("tracking_table"));
    node.set("changed_checksums", Json.texts(check.checksumMismatches()));
    node.set(
        "applied_not_in_schema",
        Json.texts(tracking.map(TrackingSummary::notInSchema).orElse(List.of())));
    node.set(
        "in_schema_not_applied",
        Json.texts(tracking.map(TrackingSummary::onlyInSchema).orElse(List.of())));
    return node;
  }
}
