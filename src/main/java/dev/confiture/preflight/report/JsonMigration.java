package dev.confiture.preflight.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confiture.preflight.findings.BlockedBy;
import dev.confiture.preflight.findings.Cause;
import dev.confiture.preflight.findings.JudgedFailure;
import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Observation;
import dev.confiture.preflight.rehearsal.StatementPlace;
import java.util.Locale;
import java.util.Optional;

/** One migration as JSON: confiture's seven keys first. */
final class JsonMigration {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonMigration() {}

  static ObjectNode of(JudgedMigration migration) {
    var file = migration.rehearsed().migration().file();
    String path = file.path().toString();
    boolean passed = migration.outcome() instanceof Outcome.Passed;
    ObjectNode node = NODES.objectNode();
    node.put("version", file.version());
    node.put("name", file.name().isEmpty() ? file.version() : file.name());
    node.put("success", passed);
    Optional<Failure> failure = Failures.first(migration);
    node.set("error", text(failure.map(f -> error(path, f))));
    node.put("skipped", migration.outcome() instanceof Outcome.Skipped);
    node.set(
        "skipped_reason",
        text(
            migration.outcome() instanceof Outcome.Skipped(String reason)
                ? Optional.of(reason)
                : Optional.empty()));
    node.put("execution_time_ms", passed ? migration.rehearsed().millis() : 0);
    node.put("file", path);
    node.put("outcome", migration.outcome().word());
    node.put("mode", migration.rehearsed().mode().name().toLowerCase(Locale.ROOT));
    failure.ifPresent(f -> failure(node, f));
    switch (migration.outcome()) {
      case Outcome.Blocked blocked -> node.set("blocked_by", blockedBy(blocked.by()));
      case Outcome.Unverified unverified -> node.put("unverified_reason", unverified.reason());
      case Outcome.Passed _, Outcome.Failed _, Outcome.Skipped _ -> {}
    }
    ArrayNode further = node.putArray("further_failures");
    for (JudgedFailure each : Failures.further(migration)) {
      further.add(further(path, each));
    }
    ArrayNode observations = node.putArray("observations");
    for (Observation observation : migration.rehearsed().observations()) {
      ObjectNode one = observations.addObject();
      one.put("kind", observation.kind().name().toLowerCase(Locale.ROOT));
      one.put("text", observation.text());
      observation.place().ifPresent(place -> one.put("line", place.start().line()));
    }
    return node;
  }

  private static String error(String path, Failure failure) {
    return path
        + ":"
        + failure.place().start().line()
        + ":"
        + failure.place().start().column()
        + ": "
        + Failures.sentence(failure);
  }

  private static ObjectNode further(String path, JudgedFailure judged) {
    ObjectNode node = NODES.objectNode();
    node.put("error", error(path, judged.failure()));
    node.put(
        "outcome",
        switch (judged.cause()) {
          case Cause.Own _ -> "failed";
          case Cause.Consequence _ -> "blocked";
          case Cause.SandboxLimit _ -> "unverified";
        });
    failure(node, judged.failure());
    switch (judged.cause()) {
      case Cause.Own _ -> {}
      case Cause.Consequence(BlockedBy by) -> node.set("blocked_by", blockedBy(by));
      case Cause.SandboxLimit(String reason) -> node.put("unverified_reason", reason);
    }
    return node;
  }

  private static void failure(ObjectNode node, Failure failure) {
    node.put("line", failure.place().start().line());
    node.put("column", failure.place().start().column());
    node.put("end_line", failure.place().end().line());
    node.put("end_column", failure.place().end().column());
    node.put("found_by", failure.place().foundBy().name().toLowerCase(Locale.ROOT));
    node.put("source", failure.source().name().toLowerCase(Locale.ROOT));
    String code = failure.error().sqlState();
    node.set("sqlstate", text(code.isEmpty() ? Optional.empty() : Optional.of(code)));
    node.put("message", failure.error().message());
    node.set("detail", text(failure.error().detail()));
    node.set("hint", text(failure.error().hint()));
    node.set(
        "statement", failure.statement().map(JsonMigration::statement).orElse(NODES.nullNode()));
  }

  private static JsonNode statement(StatementPlace place) {
    ObjectNode node = NODES.objectNode();
    node.put("number", place.number());
    node.put("total", place.total());
    node.put("text", place.statement().text());
    node.set(
        "action",
        place
            .action()
            .<JsonNode>map(
                action -> {
                  ObjectNode one = NODES.objectNode();
                  one.put("number", action.number());
                  one.put("total", action.total());
                  one.put("text", action.text());
                  return one;
                })
            .orElse(NODES.nullNode()));
    return node;
  }

  private static ObjectNode blockedBy(BlockedBy by) {
    ObjectNode node = NODES.objectNode();
    node.put("version", by.file().version());
    node.put("file", by.file().path().toString());
    node.put("line", by.position().line());
    node.put("column", by.position().column());
    node.put("object", by.object().toString());
    return node;
  }

  private static JsonNode text(Optional<String> value) {
    return value.<JsonNode>map(NODES::textNode).orElse(NODES.nullNode());
  }
}
