package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.RecordedClass;
import dev.confiture.preflight.migrations.Recording;
import dev.confiture.preflight.migrations.RecordingEnd;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Python file: executed for its SQL, which is then sent as its tool would.
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
   * Runs what a file told.
   *
   * @param file as the folder has it
   * @param all every migration file of the folder
   * @param ofPreconditions what its class demands and is not met, or cannot be told
   * @param ledger where the tool records the file, by the version and name that its class says
   */
  RehearsedMigration run(
      MigrationFile file,
      MigrationText.Recorded text,
      List<MigrationFile> all,
      List<Failure> ofPreconditions,
      Optional<Ledger> ledger) {
    Recording recording = text.recording();
    MigrationFile named =
        recording
            .declared()
            .map(c -> new MigrationFile(c.version(), c.name(), file.path()))
            .orElse(file);
    Migration migration = new Migration(named, text);
    Execution execution = tool.execution(migration, ledger);
    Outgoing outgoing = Outgoing.of(recording.script(), database);
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
                tool.refusals(file, recording, all),
                ofPreconditions,
                new CallDelivery(
                    session,
                    transactions,
                    outgoing,
                    outgoing.parts(recording.starts(), database),
                    execution.scope() != Execution.Scope.NONE,
                    switch (recording.end()) {
                      case RecordingEnd.Complete _ ->
                          new CallDelivery.Ending.Recorded(execution.record());
                      case RecordingEnd.Unverifiable _ -> new CallDelivery.Ending.Kept();
                      case RecordingEnd.Failed _ -> new CallDelivery.Ending.TakenBack();
                    }))
            .run();
    return withEnd(sent, file, text);
  }

  /** With how the file itself ended, behind what the server refused before. */
  private static RehearsedMigration withEnd(
      RehearsedMigration sent, MigrationFile file, MigrationText.Recorded text) {
    List<Failure> failures = new ArrayList<>();
    sent.failures().forEach(failure -> failures.add(explained(failure, text.recording())));
    switch (text.recording().end()) {
      case RecordingEnd.Complete _ -> {}
      case RecordingEnd.Unverifiable(String reason, int line) -> {
        // What is deferred may yet be satisfied by what comes after.
        failures.removeIf(failure -> failure.source() == Failure.Source.COMMIT);
        failures.add(failure(Failure.Source.UNSUPPORTED, reason, text.file(), line, 0));
      }
      case RecordingEnd.Failed(String message, int line, int column) ->
          failures.add(failure(Failure.Source.TOOL, message, text.file(), line, column));
    }
    List<Observation> observations = new ArrayList<>(sent.observations());
    observations.addAll(notes(file, text.recording()));
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
  private static Failure explained(Failure failure, Recording recording) {
    ServerError error = failure.error();
    if (recording.transactional() && error.needsNoTransactionBlock()) {
      error = error.withHint("set transactional = False on the class");
    }
    Optional<Statement> statement = failure.statement().map(StatementPlace::statement);
    Optional<String> origin = statement.flatMap(recording::originOf);
    if (origin.isPresent()) {
      error = error.calledFrom(origin.get());
    }
    return new Failure(
        failure.source(), error, failure.place(), failure.statement(), failure.evidence());
  }

  private static Failure failure(
      Failure.Source source, String message, SourceText file, int line, int column) {
    return new Failure(
        source,
        ServerError.of("", message, Optional.empty()),
        PythonPlace.of(file, line, column),
        Optional.empty(),
        Evidence.NONE);
  }

  private static List<Observation> notes(MigrationFile file, Recording recording) {
    List<String> notes = new ArrayList<>();
    recording
        .declared()
        .ifPresent(
            declared -> {
              hooks(declared).ifPresent(notes::add);
              if (!declared.version().equals(file.version())) {
                notes.add(
                    "its class says version "
                        + declared.version()
                        + ", which is what is recorded: by its file's name, "
                        + file.version()
                        + ", it stays pending");
              }
            });
    for (String variable : recording.environment()) {
      notes.add(
          "it asks for the environment variable "
              + variable
              + ", which a rehearsal does not hand down");
    }
    return notes.stream()
        .map(note -> new Observation(Observation.Kind.NOTE, note, Optional.empty()))
        .toList();
  }

  private static Optional<String> hooks(RecordedClass declared) {
    return declared.hooks().isEmpty()
        ? Optional.empty()
        : Optional.of("its hooks were not executed: " + String.join(", ", declared.hooks()));
  }
}
