package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FilePlace;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.MigrationText.RecordingEnd;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Python file that was executed for its SQL, which is then sent as its tool would.
 *
 * <p>Where it fails, or cannot be told further, what it executed before is sent all the same.
 */
final class PythonRehearsal {

  private final MigratingSession session;
  private final Transactions transactions;
  private final Tool tool;
  private final CatalogEvidence evidence;
  private final MigratedDatabase database;

  PythonRehearsal(
      MigratingSession session,
      Transactions transactions,
      Tool tool,
      CatalogEvidence evidence,
      MigratedDatabase database) {
    this.session = session;
    this.transactions = transactions;
    this.tool = tool;
    this.evidence = evidence;
    this.database = database;
  }

  /**
   * Sends what a file told.
   *
   * @param ofPreconditions what its class demands and is not met, or cannot be told
   * @param ledger where the tool records the file, by the version and name that its class says
   */
  RehearsedMigration run(
      Migration migration,
      MigrationText.Recorded text,
      List<Failure> ofPreconditions,
      Optional<Ledger> ledger) {
    Execution execution = tool.execution(migration, ledger);
    Outgoing outgoing = Outgoing.of(text.script(), database);
    database.mayMake(outgoing.roles());
    RehearsedMigration sent =
        new FileRehearsal(
                session,
                transactions,
                tool.id(),
                execution,
                evidence,
                migration,
                outgoing,
                migration.refusals(),
                ofPreconditions,
                new CallDelivery(
                    session,
                    transactions,
                    outgoing,
                    outgoing.parts(
                        text.messages().stream().map(MigrationText.Message::start).toList(),
                        database),
                    execution.scope() != Execution.Scope.NONE,
                    switch (text.end()) {
                      case RecordingEnd.Complete _ ->
                          new CallDelivery.Ending.Recorded(execution.record());
                      case RecordingEnd.Unverifiable _ -> new CallDelivery.Ending.Kept();
                      case RecordingEnd.Failed _ -> new CallDelivery.Ending.TakenBack();
                    }))
            .run();
    return withEnd(sent, execution, text);
  }

  /** With how the file itself ended, behind what the server refused before. */
  private static RehearsedMigration withEnd(
      RehearsedMigration sent, Execution execution, MigrationText.Recorded text) {
    List<Failure> failures = new ArrayList<>();
    sent.failures().forEach(failure -> failures.add(explained(failure, execution, text)));
    switch (text.end()) {
      case RecordingEnd.Complete _ -> {}
      case RecordingEnd.Unverifiable(String reason, Optional<FilePlace> place) -> {
        // What is deferred may yet be satisfied by what comes after.
        failures.removeIf(failure -> failure.source() == Failure.Source.COMMIT);
        failures.add(failure(Failure.Source.UNSUPPORTED, reason, place));
      }
      case RecordingEnd.Failed(String message, Optional<FilePlace> place) ->
          failures.add(failure(Failure.Source.TOOL, message, place));
    }
    List<Observation> observations = new ArrayList<>(sent.observations());
    for (String note : sent.migration().notes()) {
      observations.add(new Observation(Observation.Kind.NOTE, note, Optional.empty()));
    }
    return new RehearsedMigration(
        sent.migration(),
        sent.mode(),
        sent.millis(),
        failures,
        sent.withoutEffect(),
        observations,
        sent.notRun());
  }

  /** With what only the Python around its SQL tells. */
  private static Failure explained(
      Failure failure, Execution execution, MigrationText.Recorded text) {
    ServerError error = failure.error();
    if (error.needsNoTransactionBlock()
        && execution.outside()
            instanceof Execution.OutsideTransaction.Never(Optional<String> remedy)
        && remedy.isPresent()) {
      error = error.withHint(remedy.get());
    }
    Optional<String> origin =
        failure.statement().map(StatementPlace::statement).flatMap(text::calledFrom);
    if (origin.isPresent()) {
      error = error.calledFrom(origin.get());
    }
    return new Failure(
        failure.source(), error, failure.place(), failure.statement(), failure.evidence());
  }

  private static Failure failure(Failure.Source source, String message, Optional<FilePlace> place) {
    return new Failure(
        source,
        ServerError.of("", message, Optional.empty()),
        Place.of(place),
        Optional.empty(),
        Evidence.NONE);
  }
}
