package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.session.Session;
import java.util.Optional;

/**
 * The table of the rehearsed database in which the tool records the files that it runs there.
 *
 * @param table its name, with its schema
 * @param written its name as the tool writes it: without a schema, {@code search_path} decides
 * @param key the next value of its numbered column, where no sequence may be advanced
 * @param creation the query by which the tool makes it first, where the database lacks it
 */
public record Ledger(
    QualifiedName table, QualifiedName written, Optional<Key> key, Optional<String> creation) {

  /** Makes a ledger whose numbered column, if it has one, PostgreSQL fills. */
  public Ledger(QualifiedName table, QualifiedName written) {
    this(table, written, Optional.empty(), Optional.empty());
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

  /** Returns the ledger as a tool writes it that leaves {@code public} to {@code search_path}. */
  static Ledger of(QualifiedName table) {
    return new Ledger(
        table,
        table.schema().filter("public"::equals).isPresent()
            ? QualifiedName.of(table.name())
            : table);
  }

  /** Returns the ledger that a tool makes in a database that lacks it. */
  static Optional<Ledger> made(LedgerFormat format) {
    return format
        .creation()
        .map(
            query ->
                new Ledger(
                    QualifiedName.of(format.name().schema().orElse("public"), format.name().name()),
                    format.name(),
                    Optional.empty(),
                    Optional.of(query)));
  }

  /** Returns the column of the ledger that a sequence numbers, in a database that has it. */
  public Optional<String> numberedColumn(Session session) {
    return session
        .query(
            "SELECT a.attname FROM pg_catalog.pg_attribute a"
                + " LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
                + " WHERE a.attrelid = "
                + Identifiers.literal(Identifiers.quote(table))
                + "::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped"
                + " AND (a.attidentity <> ''"
                + " OR pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%')"
                + " ORDER BY a.attnum LIMIT 1")
        .stream()
        .map(row -> row.text(0))
        .findFirst();
  }

  /** Returns the same with a key of the engine's own, or without one. */
  public Ledger with(Optional<Key> other) {
    return new Ledger(table, written, other, creation);
  }
}
