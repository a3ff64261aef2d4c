package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Optional;

/**
 * The table of the rehearsed database in which the tool records the files that it runs there.
 *
 * @param table its name, with its schema
 * @param written its name as the tool writes it: without a schema, {@code search_path} decides
 * @param key the next value of its numbered column, where no sequence may be advanced
 */
public record Ledger(QualifiedName table, QualifiedName written, Optional<Key> key) {

  /** A ledger whose rows PostgreSQL numbers. */
  public Ledger(QualifiedName table, QualifiedName written) {
    this(table, written, Optional.empty());
  }

  /**
   * A value of the engine's own for the column that a sequence would number, since a rollback does
   * not take a sequence back (<a
   * href="https://www.postgresql.org/docs/current/functions-sequence.html">sequence functions</a>).
   *
   * @param column the column
   * @param value below all that a sequence gives
   */
  public record Key(String column, long value) {}

  /** Returns the same with a key of the engine's own, or without one. */
  public Ledger with(Optional<Key> other) {
    return new Ledger(table, written, other);
  }
}
