package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FilePlace;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.MigrationText.RecordingEnd;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.rehearsal.Failure.StatementPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Python file: executed for its SQL, which is then sent as its tool would.
 *
 * <p>Where it fails, or cannot be told further, what it executed before is sent all the same.
 */
final class PythonRehearsal {

  private PythonRehearsal() {}

  /** Sends what a file told, as its tool would. */
  static RehearsedMigration run(
      FileRehearsal file,
      Execution execution,
      MigrationText.Recorded text,
      Set<String> customSettings,
      Sequences sequences) {
    RehearsedMigration sent = file.run(customSettings, sequences);
    List<Observation> observations = new ArrayList<>(sent.observations());
    for (String note : sent.migration().notes()) {
      observations.add(new Observation.ToolNote(note));
    }
    return new RehearsedMigration(
        sent.migration(),
        sent.mode(),
        sent.millis(),
        withEnd(sent.failures(), execution, text),
        sent.withoutEffect(),
        observations,
        sent.notRun());
  }

  /** Returns the result of a file that was not executed: nobody knows whether it would fail. */
  static RehearsedMigration notExecuted(Migration migration, String reason) {
    return new RehearsedMigration(
        migration,
        RunMode.NOT_SENT,
        0,
        List.of(failure(Failure.Source.UNSUPPORTED, reason, Optional.empty())),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** Returns the mended run of a Python file, with how the file itself ended. */
  static MendedMigration mended(
      MendedMigration sent, Execution execution, MigrationText.Recorded text) {
    return new MendedMigration(
        withEnd(sent.failures(), execution, text), sent.leftOut(), sent.observations());
  }

  /** Returns what follows the last message of a file that ended so. */
  static Delivery.Ending ending(MigrationText.Recorded text) {
    return switch (text.end()) {
      case RecordingEnd.Complete _ -> Delivery.Ending.RECORDED;
      case RecordingEnd.Unverifiable _ -> Delivery.Ending.KEPT;
      case RecordingEnd.Failed _ -> Delivery.Ending.TAKEN_BACK;
    };
  }

  /** Returns the failures of the SQL that was sent, then how the Python file itself ended. */
  private static List<Failure> withEnd(
      List<Failure> sent, Execution execution, MigrationText.Recorded text) {
    List<Failure> failures = new ArrayList<>();
    sent.forEach(failure -> failures.add(explained(failure, execution, text)));
    switch (text.end()) {
      case RecordingEnd.Complete _ -> {}
      case RecordingEnd.Unverifiable(String reason, Optional<FilePlace> place) -> {
        // A deferred constraint may yet be satisfied by the SQL that is not known.
        failures.removeIf(failure -> failure.source() == Failure.Source.COMMIT);
        failures.add(failure(Failure.Source.UNSUPPORTED, reason, place));
      }
      case RecordingEnd.Failed(String message, Optional<FilePlace> place) ->
          failures.add(failure(Failure.Source.TOOL, message, place));
    }
    return failures;
  }

  /** Adds to a failure what only the Python around its SQL tells. */
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
