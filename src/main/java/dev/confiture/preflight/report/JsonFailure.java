package dev.confiture.preflight.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confiture.preflight.findings.BlockedBy;
import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.StatementPlace;
import java.util.Optional;

/** A failure as JSON: the same keys always, null where there is nothing to say. */
final class JsonFailure {

  private JsonFailure() {}

  /** {@code file:line:column: ERROR code: message}. */
  static String error(JudgedMigration migration, Failure failure) {
    return Failures.path(migration, failure) + ": " + Failures.sentence(failure);
  }

  static void add(Optional<Failure> failure, ObjectNode node) {
    failure.ifPresentOrElse(
        f -> {
          node.put("line", f.place().start().line());
          node.put("column", f.place().start().column());
          node.put("end_line", f.place().end().line());
          node.put("end_column", f.place().end().column());
          node.set("in_file", Json.text(f.place().elsewhere().map(o -> o.path().toString())));
          node.put("found_by", Json.word(f.place().foundBy()));
          node.put("source", Json.word(f.source()));
        },
        () -> {
          node.putNull("line");
          node.putNull("column");
          node.putNull("end_line");
          node.putNull("end_column");
          node.putNull("in_file");
          node.putNull("found_by");
          node.putNull("source");
        });
    node.set(
        "sqlstate",
        Json.text(failure.map(f -> f.error().sqlState()).filter(code -> !code.isEmpty())));
    node.set("message", Json.text(failure.map(f -> f.error().message())));
    node.set("detail", Json.text(failure.flatMap(f -> f.error().detail())));
    node.set("hint", Json.text(failure.flatMap(f -> f.error().hint())));
    node.set("context", Json.text(failure.flatMap(f -> f.error().where())));
    failure
        .flatMap(Failure::statement)
        .ifPresentOrElse(
            place -> node.set("statement", statement(place)), () -> node.putNull("statement"));
  }

  private static ObjectNode statement(StatementPlace place) {
    ObjectNode node = Json.object();
    node.put("number", place.number());
    node.put("total", place.total());
    node.put("text", place.statement().text());
    place
        .action()
        .ifPresentOrElse(
            action -> {
              ObjectNode one = node.putObject("action");
              one.put("number", action.number());
              one.put("total", action.total());
              one.put("text", action.text());
            },
            () -> node.putNull("action"));
    return node;
  }

  static void addCause(Optional<BlockedBy> blockedBy, Optional<String> reason, ObjectNode node) {
    node.set("blocked_by", cause(blockedBy));
    node.set("unverified_reason", Json.text(reason));
  }

  /** Where the cause is, or null. */
  static JsonNode cause(Optional<BlockedBy> cause) {
    if (cause.isEmpty()) {
      return NullNode.getInstance();
    }
    BlockedBy by = cause.get();
    ObjectNode node = Json.object();
    node.put("version", by.file().version());
    node.put("file", by.file().path().toString());
    node.put("line", by.position().line());
    node.put("column", by.position().column());
    node.set("object", Json.text(by.object().map(String::valueOf)));
    return node;
  }
}
