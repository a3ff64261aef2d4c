package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.SessionException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the catalog which objects the transactions of a file wrote, whatever made them: also a
 * function, or an EXECUTE of text that was put together.
 *
 * <p>A catalog's row bears the transaction that <a
 * href="https://www.postgresql.org/docs/current/ddl-system-columns.html">wrote it</a>. In one
 * transaction around all files nothing is told.
 */
final class WrittenObjects {

  private static final String NEXT =
      "SELECT pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::bigint"
          + " & 4294967295";

  private final Questions questions;

  WrittenObjects(Questions questions) {
    this.questions = questions;
  }

  /** Returns the id of the next transaction, without its epoch. */
  long next() {
    return Long.parseLong(questions.ask(NEXT).getFirst().text(0));
  }

  /**
   * Returns the objects written by a transaction of this id or a later one; none where the ids have
   * begun anew.
   */
  List<DatabaseObject> since(long first) {
    String query =
        Stream.of(
                "SELECT 'RELATION', n.nspname, c.relname, NULL FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind <> 't' AND c.",
                "SELECT 'COLUMN', n.nspname, c.relname, a.attname FROM pg_catalog.pg_attribute a"
                    + " JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE a.attnum > 0 AND NOT a.attisdropped"
                    + " AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.",
                "SELECT 'CONSTRAINT', n.nspname, c.relname, k.conname"
                    + " FROM pg_catalog.pg_constraint k"
                    + " JOIN pg_catalog.pg_class c ON c.oid = k.conrelid"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE k.",
                "SELECT 'TRIGGER', n.nspname, c.relname, t.tgname FROM pg_catalog.pg_trigger t"
                    + " JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE NOT t.tgisinternal AND t.",
                "SELECT 'FUNCTION', n.nspname, p.proname, NULL FROM pg_catalog.pg_proc p"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE p.",
                "SELECT 'TYPE', n.nspname, t.typname, NULL FROM pg_catalog.pg_type t"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
                    + " WHERE t.typrelid = 0 AND t.typcategory <> 'A' AND t.",
                "SELECT 'ENUM_LABEL', n.nspname, t.typname, e.enumlabel FROM pg_catalog.pg_enum e"
                    + " JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE e.",
                "SELECT 'SCHEMA', NULL, n.nspname, NULL FROM pg_catalog.pg_namespace n WHERE n.")
            .map(part -> part + "xmin::text::bigint BETWEEN " + first + " AND (" + NEXT + ") - 1")
            .collect(Collectors.joining(" UNION ALL "));
    try {
      return questions.ask(query).stream().map(WrittenObjects::object).toList();
    } catch (SessionException refused) {
      return List.of();
    }
  }

  private static DatabaseObject object(Row row) {
    ObjectKind kind = ObjectKind.valueOf(row.text(0));
    QualifiedName name = new QualifiedName(row.optional(1), row.text(2));
    return row.optional(3)
        .map(part -> DatabaseObject.of(kind, part, name))
        .orElseGet(() -> DatabaseObject.of(kind, name));
  }
}
