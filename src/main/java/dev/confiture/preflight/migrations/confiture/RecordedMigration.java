package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.migrations.FilePlace;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.MigrationText.RecordingEnd;
import dev.confiture.preflight.migrations.Precondition;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Piece.CopyData;
import dev.confiture.preflight.sql.Piece.MetaCommand;
import dev.confiture.preflight.sql.Piece.Trivia;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a migration of what a Python file reported: its SQL as one script whose positions are those
 * of the file, and what confiture refuses of it, since psycopg sends it as it is and within the
 * transaction that confiture has opened.
 */
final class RecordedMigration {

  private static final String BETWEEN = "\n";

  private final SourceText file;
  private final Recording recording;
  private final List<Integer> starts = new ArrayList<>();
  private final Script script;

  private RecordedMigration(SourceText file, Recording recording) {
    this.file = file;
    this.recording = recording;
    StringBuilder text = new StringBuilder();
    int length = 0;
    for (Recording.Call call : recording.calls()) {
      starts.add(length);
      text.append(call.sql()).append(BETWEEN);
      length += call.sql().codePointCount(0, call.sql().length()) + BETWEEN.length();
    }
    this.script =
        Script.of(
            SourceText.derived(text.toString(), RecordedPlaces.of(file, recording.calls(), starts)),
            starts);
  }

  /** Returns a migration with the SQL that its file reported. */
  static Migration of(Migration migration, SourceText file, Recording recording) {
    RecordedMigration recorded = new RecordedMigration(file, recording);
    List<Refusal> refusals = new ArrayList<>(migration.refusals());
    refusals.addAll(recorded.refusals());
    return new Migration(
        recording
            .declared()
            .map(c -> new MigrationFile(c.version(), c.name(), migration.file().path()))
            .orElse(migration.file()),
        recorded.text(),
        migration.checksum(),
        migration.reversible(),
        refusals,
        recorded.preconditions(),
        recorded.notes(migration.file()));
  }

  private MigrationText.Recorded text() {
    List<MigrationText.Message> messages = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      messages.add(
          new MigrationText.Message(
              starts.get(i), recording.calls().get(i).file().map(path -> "execute_file " + path)));
    }
    return new MigrationText.Recorded(
        file, script, messages, recording.transactional(), notExecuted(), end());
  }

  private RecordingEnd end() {
    return switch (recording.end()) {
      case Recording.End.Complete _ -> new RecordingEnd.Complete();
      case Recording.End.Unverifiable(String reason, int line) ->
          new RecordingEnd.Unverifiable(reason, place(line, 0));
      case Recording.End.Failed(String message, int line, int column) ->
          new RecordingEnd.Failed(message, place(line, column));
    };
  }

  /** Returns the statements of the file that were not executed, since it ended before them. */
  private List<Statement> notExecuted() {
    if (recording.end() instanceof Recording.End.Complete) {
      return List.of();
    }
    Set<String> executed =
        script.statements().stream().map(Statement::text).collect(Collectors.toSet());
    return PythonStrings.statements(file).stream()
        .filter(statement -> !executed.contains(statement.text()))
        .toList();
  }

  /**
   * Returns a line without its indentation, or what stands in it from a column on.
   *
   * @param line from 1; 0 where it is not known
   * @param column from 1; 0 where it is not known
   */
  private Optional<FilePlace> place(int line, int column) {
    if (line < 1 || line > file.lineCount()) {
      return Optional.empty();
    }
    String text = file.line(line).stripTrailing();
    int length = text.codePointCount(0, text.length());
    String bare = text.stripLeading();
    int first = column > 0 ? column : length - bare.codePointCount(0, bare.length()) + 1;
    return Optional.of(
        new FilePlace(new Position(line, first), new Position(line, Math.max(first, length + 1))));
  }

  private List<Precondition.Declared> preconditions() {
    return recording
        .declared()
        .map(Recording.DeclaredClass::preconditions)
        .orElse(List.of())
        .stream()
        .map(declared -> new Precondition.Declared(declared.demand(), place(declared.line(), 0)))
        .toList();
  }

  private List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    for (Piece piece : script.pieces()) {
      switch (piece) {
        case Statement statement ->
            ConfitureRefusals.copy(statement)
                .or(
                    () ->
                        ConfitureRefusals.endOfTransaction(statement)
                            .filter(_ -> recording.transactional()))
                .ifPresent(refusals::add);
        case MetaCommand command -> refusals.add(ConfitureRefusals.psqlCommand(command));
        case CopyData _, Trivia _ -> {}
      }
    }
    for (int i = 0; i < starts.size(); i++) {
      if (recording.calls().get(i).hasParameters()) {
        statements(i).stream()
            .skip(1)
            .limit(1)
            .map(RecordedMigration::secondCommand)
            .forEach(refusals::add);
      }
    }
    return refusals;
  }

  private List<Statement> statements(int call) {
    int end = call + 1 < starts.size() ? starts.get(call + 1) : script.source().length();
    return script.part(starts.get(call), end).statements();
  }

  private static Refusal secondCommand(Statement second) {
    return ConfitureRefusals.refusal(
        second,
        "cannot insert multiple commands into a prepared statement: that is what psycopg makes of"
            + " a text with parameters",
        "execute each statement by a call of its own");
  }

  private List<String> notes(MigrationFile byName) {
    List<String> notes = new ArrayList<>();
    recording
        .declared()
        .ifPresent(
            declared -> {
              if (!declared.hooks().isEmpty()) {
                notes.add("its hooks were not executed: " + String.join(", ", declared.hooks()));
              }
              if (!declared.version().equals(byName.version())) {
                notes.add(
                    "its class says version "
                        + declared.version()
                        + ", which is what is recorded: by its file's name, "
                        + byName.version()
                        + ", it stays pending");
              }
            });
    for (String variable : recording.environment()) {
      notes.add(
          "it asks for the environment variable "
              + variable
              + ", which a rehearsal does not hand down");
    }
    return notes;
  }
}
