package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of all sequences before a file: no rollback puts them back.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-sequence.html">Sequence
 *     functions</a>
 */
final class Sequences {

  /** The last value is NULL where a sequence was not used since its start. */
  private static final String VALUES =
      "SELECT schemaname, sequencename, last_value, start_value FROM pg_catalog.pg_sequences";

  private static final Set<String> DEFINING =
      Set.of("create", "alter", "drop", "comment", "grant", "revoke", "set", "begin", "commit");

  private final Transactions questions;
  private Map<QualifiedName, Optional<String>> values = Map.of();

  Sequences(Transactions questions) {
    this.questions = questions;
  }

  /**
   * Returns true if a sequence may have advanced before a file fails: the values of many take the
   * server milliseconds to read, and most files only define.
   */
  static boolean mayAdvance(List<Statement> statements) {
    return statements.stream()
        .anyMatch(
            s ->
                !DEFINING.contains(s.tokens().getFirst().identifier())
                    || s.tokens().stream()
                        .anyMatch(t -> t.is("select") || t.identifier().endsWith("val")));
  }

  /** Reads the values of all sequences, to be put back later. */
  void remember() {
    values = new HashMap<>();
    ask().forEach(row -> values.put(name(row), row.optional(2)));
  }

  /** Discards the values: none is put back. */
  void forget() {
    values = Map.of();
  }

  /** Sets each sequence whose value has changed back to the value that was read. */
  void putBack() {
    StringBuilder calls = new StringBuilder();
    for (Row row : ask()) {
      Optional<String> before = values.get(name(row));
      if (before != null && !before.equals(row.optional(2))) {
        calls
            .append(calls.isEmpty() ? "SELECT " : ", ")
            .append("pg_catalog.setval(")
            .append(Identifiers.literal(Identifiers.quote(name(row))))
            .append(", ")
            .append(before.orElse(row.text(3)))
            .append(", ")
            .append(before.isPresent())
            .append(')');
      }
    }
    if (!calls.isEmpty()) {
      try {
        questions.ask(calls.toString());
      } catch (SessionException refused) {
        // The engine's user owns the schema's sequences where it seeded the database; where the
        // database was found, a value that stays only shifts numbers.
      }
    }
  }

  private List<Row> ask() {
    try {
      return questions.ask(VALUES);
    } catch (SessionException refused) {
      return List.of();
    }
  }

  private static QualifiedName name(Row row) {
    return QualifiedName.of(row.text(0), row.text(1));
  }
}
