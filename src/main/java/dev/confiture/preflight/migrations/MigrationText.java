package dev.confiture.preflight.migrations;

import dev.confiture.preflight.process.PythonProgram;
import dev.confiture.preflight.process.PythonProgram.PythonRun;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The text of a migration file, as it was read. */
public sealed interface MigrationText {

  /**
   * An SQL file.
   *
   * @param file the file as it is written
   * @param script the statements that the tool sends, at their offsets in the file
   * @param queried the way to read it on, where its own queries decide what is sent: behind the
   *     first of them the script is all that may follow
   */
  record Sql(SourceText file, Script script, Optional<QueriedText> queried)
      implements MigrationText {

    /** Makes the text of an SQL file of which all is known. */
    public Sql(SourceText file, Script script) {
      this(file, script, Optional.empty());
    }

    /** Makes the text of an SQL file that the tool sends as it is. */
    public Sql(Script script) {
      this(script.source(), script);
    }
  }

  /**
   * A Python file that was not executed.
   *
   * @param file the file as it is written
   * @param quoted the statements that its strings hold
   * @param recorder the way to find out its SQL
   */
  record Python(SourceText file, List<Statement> quoted, Recorder recorder)
      implements MigrationText {
    public Python {
      quoted = List.copyOf(quoted);
    }
  }

  /**
   * A Python file that was executed for its SQL.
   *
   * @param file the file as it is written
   * @param script the SQL that it sends, whose positions are those of the file
   * @param messages the messages in which it sends it
   * @param transactional true if the tool opens a transaction for it
   * @param notExecuted the statements that its strings hold and that it did not come to
   * @param end the end of executing it
   */
  record Recorded(
      SourceText file,
      Script script,
      List<Message> messages,
      boolean transactional,
      List<Statement> notExecuted,
      RecordingEnd end)
      implements MigrationText {
    public Recorded {
      messages = List.copyOf(messages);
      notExecuted = List.copyOf(notExecuted);
    }

    /**
     * Returns the place of a statement in the SQL file that it was read from, as a line of a call
     * stack; empty for SQL of the Python file itself.
     */
    public Optional<String> calledFrom(Statement statement) {
      Optional<Message> holding =
          messages.stream()
              .filter(message -> message.start() <= statement.start())
              .reduce((_, b) -> b);
      return holding
          .flatMap(Message::origin)
          .map(
              origin ->
                  origin
                      + ", statement at line "
                      + (script.source().lineOf(statement.start())
                          - script.source().lineOf(holding.get().start())
                          + 1));
    }
  }

  /**
   * A part of a recorded script that is sent as one message.
   *
   * @param start its offset in the script
   * @param origin the call that read it from a file, where it did: {@code execute_file a.sql}
   */
  record Message(int start, Optional<String> origin) {}

  /** The end of executing a Python file. */
  sealed interface RecordingEnd {

    /** All of it was executed. */
    record Complete() implements RecordingEnd {}

    /**
     * The rest cannot be executed without a database.
     *
     * @param reason the reason, as a sentence
     * @param place the place; empty where it is not known
     */
    record Unverifiable(String reason, Optional<FilePlace> place) implements RecordingEnd {}

    /**
     * The file fails before its SQL does.
     *
     * @param message Python's words, or the tool's
     * @param place the place; empty where it is not known
     */
    record Failed(String message, Optional<FilePlace> place) implements RecordingEnd {}
  }

  /**
   * A file that cannot be read as text: a failed migration, not the end of the run.
   *
   * @param position where reading failed
   * @param reason the reason, as a sentence
   */
  record Unreadable(Position position, String reason) implements MigrationText {}

  /** Returns the file as it is written; empty where it could not be read. */
  default Optional<SourceText> source() {
    return switch (this) {
      case Sql(SourceText file, _, _) -> Optional.of(file);
      case Python(SourceText file, _, _) -> Optional.of(file);
      case Recorded recorded -> Optional.of(recorded.file());
      case Unreadable _ -> Optional.empty();
    };
  }

  /** Returns the statements that it is known to execute. */
  default List<Statement> statements() {
    return switch (this) {
      case Sql(_, Script script, _) -> script.statements();
      case Recorded recorded -> recorded.script().statements();
      case Python _, Unreadable _ -> List.of();
    };
  }

  /** Returns the statements that it may execute besides, as far as its text shows them. */
  default List<Statement> notExecuted() {
    return switch (this) {
      case Python(_, List<Statement> quoted, _) -> quoted;
      case Recorded recorded -> recorded.notExecuted();
      case Sql _, Unreadable _ -> List.of();
    };
  }

  /**
   * Records the SQL of a migration that is a Python file, by executing the file without a database.
   */
  interface Recorder {

    /** Returns the program that executes the file and reports what it would send. */
    PythonProgram program();

    /**
     * Returns the migration with the SQL that was reported.
     *
     * @param migration the migration as the folder has it
     * @param run what the program reported, and how it ended
     */
    Migration recorded(Migration migration, PythonRun run);
  }
}
