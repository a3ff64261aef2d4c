package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.RecordedClass;
import dev.confiture.preflight.migrations.Recording;
import dev.confiture.preflight.migrations.RecordingEnd;
import dev.confiture.preflight.postgres.ServerError;
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

  private PythonRehearsal() {}

  /**
   * Sends what a file told, as its tool would.
   *
   * @param sent the file, with what its class demands and is not met, or cannot be told
   */
  static RehearsedMigration run(
      FileRehearsal sent, MigrationFile file, MigrationText.Recorded text) {
    return withEnd(sent.run(), file, text);
  }

  /** Sends it again and again, without what failed. */
  static MendedMigration mended(MendedMigration sent, MigrationText.Recorded text) {
    return new MendedMigration(withEnd(sent.failures(), text), sent.leftOut(), sent.notes());
  }

  /** Returns the file with the version and name that its class declares. */
  static Migration named(MigrationFile file, MigrationText.Recorded text) {
    return new Migration(
        text.recording()
            .declared()
            .map(c -> new MigrationFile(c.version(), c.name(), file.path()))
            .orElse(file),
        text);
  }

  /** Returns what follows the last message of a file that ended so. */
  static Delivery.Ending ending(Recording recording) {
    return switch (recording.end()) {
      case RecordingEnd.Complete _ -> Delivery.Ending.RECORDED;
      case RecordingEnd.Unverifiable _ -> Delivery.Ending.KEPT;
      case RecordingEnd.Failed _ -> Delivery.Ending.TAKEN_BACK;
    };
  }

  private static RehearsedMigration withEnd(
      RehearsedMigration sent, MigrationFile file, MigrationText.Recorded text) {
    List<Observation> observations = new ArrayList<>(sent.observations());
    observations.addAll(notes(file, text.recording()));
    return new RehearsedMigration(
        sent.migration(),
        sent.mode(),
        sent.millis(),
        withEnd(sent.failures(), text),
        sent.withoutEffect(),
        observations,
        sent.notRun());
  }

  /** With how the file itself ended, behind what the server refused before. */
  private static List<Failure> withEnd(List<Failure> sent, MigrationText.Recorded text) {
    List<Failure> failures = new ArrayList<>();
    sent.forEach(failure -> failures.add(explained(failure, text.recording())));
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
    return failures;
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
