package dev.confiture.preflight.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Verdict;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.rehearsal.Interruption;
import dev.confiture.preflight.report.Report.PendingSummary;
import dev.confiture.preflight.seed.LostObject;
import dev.confiture.preflight.seed.RestoreGap;
import java.util.List;
import java.util.Locale;

/**
 * The report for machines: confiture's shape, key for key, with keys of our own after its.
 *
 * <p>New facts are added keys, never renamed ones.
 */
public final class JsonReport {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonReport() {}

  /** The report, with two-space indentation and a line end. */
  public static String write(Report report) {
    ObjectNode root = NODES.objectNode();
    report.interruption().ifPresent(reason -> root.set("error", error(reason)));
    root.set("against", against(report));
    return print(root);
  }

  /** A rehearsal that could not be done. */
  public static String write(Problem problem) {
    return writeError(problem.kind(), problem.text(), problem.hint().orElse(""));
  }

  /** An error by its parts; an empty hint is null. */
  public static String writeError(String kind, String message, String hint) {
    ObjectNode root = NODES.objectNode();
    root.set("error", error(kind, message, hint));
    return print(root);
  }

  private static ObjectNode error(Interruption reason) {
    return error(reason.kind().name().toLowerCase(Locale.ROOT), reason.message(), reason.hint());
  }

  private static ObjectNode error(String kind, String message, String hint) {
    ObjectNode error = NODES.objectNode();
    error.put("kind", kind);
    error.put("message", message);
    error.set("hint", hint.isEmpty() ? NODES.nullNode() : NODES.textNode(hint));
    return error;
  }

  private static ObjectNode against(Report report) {
    Counts counts = Counts.of(report.migrations());
    ObjectNode against = NODES.objectNode();
    against.put("against_url", report.sandbox().map(s -> s.url()).orElse("embedded"));
    against.put("all_passed", report.verdict() == Verdict.PASSED);
    against.put("total", counts.total());
    against.put("passed", counts.passed());
    against.put("failed", counts.failed());
    against.put("skipped", counts.skipped());
    against.put("db_consumed", false);
    ArrayNode migrations = against.putArray("migrations");
    for (JudgedMigration migration : report.migrations()) {
      migrations.add(JsonMigration.of(migration));
    }
    against.put("verdict", report.verdict().word());
    against.put("blocked", counts.blocked());
    against.put("unverified", counts.unverified());
    report
        .sandbox()
        .ifPresent(
            sandbox -> {
              against.put("isolation", sandbox.isolation());
              against.put("server_version", sandbox.serverVersion());
              against.put("run_as", sandbox.runAs());
              against.put("run_as_reason", sandbox.runAsReason());
              against.set("settings", texts(sandbox.settings()));
            });
    report
        .schema()
        .ifPresent(
            schema -> {
              ObjectNode node = against.putObject("schema");
              node.put("origin", schema.origin());
              node.set(
                  "server_version",
                  schema
                      .serverVersion()
                      .<com.fasterxml.jackson.databind.JsonNode>map(NODES::textNode)
                      .orElse(NODES.nullNode()));
              node.put("tables", schema.tables());
              node.put("restore_ms", schema.millis());
            });
    against.set("restore_gaps", gaps(report.gaps()));
    against.set("pending", pending(report.pending()));
    List<String> notes = new java.util.ArrayList<>(report.notes());
    report.sandbox().ifPresent(sandbox -> notes.addAll(sandbox.notes()));
    against.set("notes", texts(notes));
    against.put("duration_ms", report.millis());
    return against;
  }

  private static ArrayNode gaps(List<RestoreGap> gaps) {
    ArrayNode array = NODES.arrayNode();
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

  private static ObjectNode pending(PendingSummary pending) {
    ObjectNode node = NODES.objectNode();
    node.put("convention", pending.convention());
    node.put("selected_by", pending.selectedBy());
    node.put("files", pending.files());
    node.set("versions", texts(pending.pending()));
    node.set("applied_without_file", texts(pending.appliedWithoutFile()));
    node.set("out_of_order", texts(pending.outOfOrder()));
    node.set("ignored", texts(pending.ignored()));
    return node;
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode array = NODES.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static String print(ObjectNode root) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of texts and numbers can be written", impossible);
    }
  }
}
