package dev.confiture.preflight.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Failure.StatementPlace;
import dev.confiture.preflight.rehearsal.Observation;
import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import dev.confiture.preflight.verdict.Outcome.Cause;
import dev.confiture.preflight.verdict.Outcome.JudgedFailure;
import java.util.List;
import java.util.Optional;

/** A migration as JSON: confiture's seven keys first. */
record JsonMigration(
    String version,
    String name,
    boolean success,
    Optional<String> error,
    boolean skipped,
    Optional<String> skippedReason,
    long executionTimeMs,
    String file,
    String outcome,
    @JsonUnwrapped FailureJson failure,
    Optional<CauseJson> passesOnlyWhile,
    boolean repeatable,
    String mode,
    List<FurtherJson> furtherFailures,
    List<ObservationJson> observations) {

  static JsonMigration of(JudgedMigration migration) {
    MigrationFile file = migration.rehearsed().migration().file();
    Outcome outcome = migration.outcome();
    boolean passed = outcome instanceof Outcome.Passed;
    Optional<Failure> failure = Failures.first(migration);
    return new JsonMigration(
        file.version(),
        JsonStatic.name(file),
        passed,
        failure.map(shown -> error(migration, shown)),
        outcome instanceof Outcome.Skipped,
        outcome instanceof Outcome.Skipped(String reason) ? Optional.of(reason) : Optional.empty(),
        passed ? migration.rehearsed().millis() : 0,
        file.path().toString(),
        outcome.word(),
        FailureJson.of(
            failure,
            outcome instanceof Outcome.Blocked(_, BlockedBy by, _)
                ? Optional.of(by)
                : Optional.empty(),
            outcome instanceof Outcome.Unverified(_, String reason, _)
                ? Optional.of(reason)
                : Optional.empty()),
        outcome instanceof Outcome.Passed(Optional<BlockedBy> onlyWhile)
            ? onlyWhile.map(CauseJson::of)
            : Optional.empty(),
        !(outcome instanceof Outcome.Failed failed) || failed.repeatable(),
        JsonReport.word(migration.rehearsed().mode()),
        Failures.further(migration).stream()
            .map(further -> FurtherJson.of(migration, further))
            .toList(),
        migration.rehearsed().observations().stream().map(ObservationJson::of).toList());
  }

  /** Writes {@code file:line:column: ERROR code: message}. */
  private static String error(JudgedMigration migration, Failure failure) {
    return Failures.path(migration, failure) + ": " + Failures.error(failure);
  }

  /** The keys of a failure, beside those of what failed; null where nothing failed. */
  record FailureJson(
      Optional<Integer> line,
      Optional<Integer> column,
      Optional<Integer> endLine,
      Optional<Integer> endColumn,
      Optional<String> inFile,
      Optional<String> foundBy,
      Optional<String> source,
      Optional<String> sqlstate,
      Optional<String> message,
      Optional<String> detail,
      Optional<String> hint,
      Optional<String> context,
      Optional<StatementJson> statement,
      Optional<CauseJson> blockedBy,
      Optional<String> unverifiedReason) {

    private static FailureJson of(
        Optional<Failure> failure, Optional<BlockedBy> by, Optional<String> reason) {
      Optional<Place> place = failure.map(Failure::place);
      return new FailureJson(
          place.map(p -> p.start().line()),
          place.map(p -> p.start().column()),
          place.map(p -> p.end().line()),
          place.map(p -> p.end().column()),
          place.flatMap(Place::elsewhere).map(other -> other.path().toString()),
          place.map(p -> JsonReport.word(p.foundBy())),
          failure.map(f -> JsonReport.word(f.source())),
          failure.map(f -> f.error().sqlState()).filter(code -> !code.isEmpty()),
          failure.map(f -> f.error().message()),
          failure.flatMap(f -> f.error().detail()),
          failure.flatMap(f -> f.error().hint()),
          failure.flatMap(f -> f.error().where()),
          failure.flatMap(Failure::statement).map(StatementJson::of),
          by.map(CauseJson::of),
          reason);
    }
  }

  record StatementJson(int number, int total, String text, Optional<ActionJson> action) {

    private static StatementJson of(StatementPlace place) {
      return new StatementJson(
          place.number(),
          place.total(),
          place.text(),
          place
              .action()
              .map(action -> new ActionJson(action.number(), action.total(), action.text())));
    }
  }

  record ActionJson(int number, int total, String text) {}

  record CauseJson(String version, String file, int line, int column, Optional<String> object) {

    private static CauseJson of(BlockedBy by) {
      return new CauseJson(
          by.file().version(),
          by.file().path().toString(),
          by.position().line(),
          by.position().column(),
          by.object().map(String::valueOf));
    }
  }

  record FurtherJson(String error, String outcome, @JsonUnwrapped FailureJson failure) {

    private static FurtherJson of(JudgedMigration migration, JudgedFailure judged) {
      return new FurtherJson(
          JsonMigration.error(migration, judged.failure()),
          switch (judged.cause()) {
            case Cause.Own _ -> "failed";
            case Cause.Consequence _ -> "blocked";
            case Cause.SandboxLimit _ -> "unverified";
          },
          FailureJson.of(
              Optional.of(judged.failure()),
              judged.cause() instanceof Cause.Consequence(BlockedBy by)
                  ? Optional.of(by)
                  : Optional.empty(),
              judged.cause() instanceof Cause.SandboxLimit(String reason)
                  ? Optional.of(reason)
                  : Optional.empty()));
    }
  }

  record ObservationJson(String kind, String text, Optional<Integer> line) {

    private static ObservationJson of(Observation observation) {
      return new ObservationJson(
          Observations.kind(observation),
          Observations.text(observation),
          observation.at().map(place -> place.start().line()));
    }
  }
}
