package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Optional;

/** What was read from a migration file. */
public sealed interface MigrationText {

  /** Text that was split into its statements. */
  record Sql(Script script) implements MigrationText {}

  /** A Python file that was not executed. */
  record Python(SourceText file) implements MigrationText {

    /** The strings in it, as they are written, but for those of its way back. */
    public List<String> strings() {
      return PythonStrings.texts(file);
    }
  }

  /** A Python file that was executed, and what it told. */
  record Recorded(SourceText file, Recording recording) implements MigrationText {}

  /**
   * A file that cannot be read as text: a failed migration, not the end of the run.
   *
   * @param position where reading failed
   * @param reason why, as a sentence
   */
  record Unreadable(Position position, String reason) implements MigrationText {}

  /** The file as it is written; empty where it could not be read. */
  default Optional<SourceText> source() {
    return switch (this) {
      case Sql(Script script) -> Optional.of(script.source());
      case Python(SourceText file) -> Optional.of(file);
      case Recorded(SourceText file, _) -> Optional.of(file);
      case Unreadable _ -> Optional.empty();
    };
  }

  /** The statements that it is known to execute. */
  default List<Statement> statements() {
    return switch (this) {
      case Sql(Script script) -> script.statements();
      case Recorded(_, Recording recording) -> recording.script().statements();
      case Python _, Unreadable _ -> List.of();
    };
  }

  /** The statements that it may execute besides, as far as its text shows them. */
  default List<Statement> notExecuted() {
    return switch (this) {
      case Python(SourceText file) -> PythonStrings.statements(file);
      case Recorded(SourceText file, Recording recording) -> recording.notExecuted(file);
      case Sql _, Unreadable _ -> List.of();
    };
  }
}
