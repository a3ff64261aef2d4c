package dev.confiture.preflight.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confiture.preflight.findings.BlockedBy;
import dev.confiture.preflight.findings.Cause;
import dev.confiture.preflight.findings.JudgedFailure;
import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Observation;
import java.util.Optional;

/** One migration as JSON: confiture's seven keys first. */
final class JsonMigration {

  private JsonMigration() {}

  static ObjectNode of(JudgedMigration migration) {
    MigrationFile file = migration.rehearsed().migration().file();
    Outcome outcome = migration.outcome();
    boolean passed = outcome instanceof Outcome.Passed;
    Optional<Failure> failure = Failures.first(migration);
    ObjectNode node = Json.object();
    node.put("version", file.version());
    node.put("name", name(file));
    node.put("success", passed);
    node.set("error", Json.text(failure.map(f -> JsonFailure.error(migration, f))));
    node.put("skipped", outcome instanceof Outcome.Skipped);
    node.set(
        "skipped_reason",
        Json.text(
            outcome instanceof Outcome.Skipped(String reason)
                ? Optional.of(reason)
                : Optional.empty()));
    node.put("execution_time_ms", passed ? migration.rehearsed().millis() : 0);

    node.put("file", file.path().toString());
    node.put("outcome", outcome.word());
    JsonFailure.add(failure, node);
    JsonFailure.addCause(
        outcome instanceof Outcome.Blocked(_, BlockedBy by, _) ? Optional.of(by) : Optional.empty(),
        outcome instanceof Outcome.Unverified(_, String reason, _)
            ? Optional.of(reason)
            : Optional.empty(),
        node);
    node.set(
        "passes_only_while",
        JsonFailure.cause(
            outcome instanceof Outcome.Passed(Optional<BlockedBy> onlyWhile)
                ? onlyWhile
                : Optional.empty()));
    node.put("mode", Json.word(migration.rehearsed().mode()));
    ArrayNode further = node.putArray("further_failures");
    for (JudgedFailure each : Failures.further(migration)) {
      further.add(further(migration, each));
    }
    ArrayNode observations = node.putArray("observations");
    for (Observation observation : migration.rehearsed().observations()) {
      ObjectNode one = observations.addObject();
      one.put("kind", Json.word(observation.kind()));
      one.put("text", observation.text());
      observation
          .place()
          .ifPresentOrElse(
              place -> one.put("line", place.start().line()), () -> one.putNull("line"));
    }
    return node;
  }

  /** confiture's: the whole base name where it has only one part. */
  static String name(MigrationFile file) {
    return file.name().isEmpty() ? file.version() : file.name();
  }

  private static ObjectNode further(JudgedMigration migration, JudgedFailure judged) {
    ObjectNode node = Json.object();
    node.put("error", JsonFailure.error(migration, judged.failure()));
    node.put(
        "outcome",
        switch (judged.cause()) {
          case Cause.Own _ -> "failed";
          case Cause.Consequence _ -> "blocked";
          case Cause.SandboxLimit _ -> "unverified";
        });
    JsonFailure.add(Optional.of(judged.failure()), node);
    JsonFailure.addCause(
        judged.cause() instanceof Cause.Consequence(BlockedBy by)
            ? Optional.of(by)
            : Optional.empty(),
        judged.cause() instanceof Cause.SandboxLimit(String reason)
            ? Optional.of(reason)
            : Optional.empty(),
        node);
    return node;
  }
}
