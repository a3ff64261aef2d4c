package dev.confiture.preflight.migrations;

import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A relation of a database that has the name of a ledger.
 *
 * @param name its name, with its schema
 * @param isTable true for a table, false for a view or foreign table
 * @param isVisible true if its bare name means this one in the session that was asked
 * @param columns those of the ledger's columns that it has
 * @param foreignTypes those of them whose type is none of PostgreSQL's own: a cast of it may call a
 *     function of the database's
 */
record LedgerTable(
    QualifiedName name,
    boolean isTable,
    boolean isVisible,
    List<String> columns,
    List<String> foreignTypes) {

  /** Reading a table reads those that inherit from it, and a foreign one is another server's. */
  private static final String FOREIGN_PARTS =
      " (SELECT FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class f ON f.oid = i.inhrelid"
          + " WHERE f.relkind = 'f')";

  LedgerTable {
    columns = List.copyOf(columns);
    foreignTypes = List.copyOf(foreignTypes);
  }

  /** Returns the tables of this name in the database, {@code public}'s first and then by schema. */
  static List<LedgerTable> all(Session session, String name, LedgerFormat format) {
    List<String> wanted = format.columns();
    StringBuilder columns = new StringBuilder();
    for (String column : wanted) {
      columns
          .append(", EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid")
          .append(" AND a.attname = ")
          .append(Identifiers.literal(column))
          .append("), EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid")
          .append(" AND a.atttypid >= '16384'::pg_catalog.oid AND a.attname = ")
          .append(Identifiers.literal(column))
          .append(")");
    }
    return session
        .query(
            "SELECT n.nspname, c.relkind IN ('r', 'p') AND NOT EXISTS"
                + FOREIGN_PARTS
                + ", pg_catalog.pg_table_is_visible(c.oid)"
                + columns
                + " FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname = "
                + Identifiers.literal(name)
                + " ORDER BY n.nspname = 'public' DESC, n.nspname")
        .stream()
        .map(row -> of(row, name, wanted))
        .toList();
  }

  private static LedgerTable of(Row row, String name, List<String> wanted) {
    List<String> columns = new ArrayList<>();
    List<String> foreignTypes = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      if (row.isTrue(3 + 2 * i)) {
        columns.add(wanted.get(i));
      }
      if (row.isTrue(4 + 2 * i)) {
        foreignTypes.add(wanted.get(i));
      }
    }
    return new LedgerTable(
        QualifiedName.of(row.text(0), name), row.isTrue(1), row.isTrue(2), columns, foreignTypes);
  }

  /** Returns true if it is a tool's ledger, and not another tool's of the same name. */
  boolean isOf(LedgerFormat format) {
    return isTable && format.isMetBy(columns) && format.liesWith(name);
  }

  /** Returns true if its rows name migrations. */
  boolean hasVersions(LedgerFormat format) {
    return columns.contains(format.version());
  }

  /** Reads its rows. */
  Applied read(Session session, LedgerFormat format) {
    StringBuilder query = new StringBuilder("SELECT ").append(text(format.version()));
    for (String column : format.details()) {
      query.append(", ").append(columns.contains(column) ? text(column) : "NULL::pg_catalog.text");
    }
    query.append(" FROM ").append(Identifiers.quote(name));
    List<LedgerFormat.Row> rows = new ArrayList<>();
    for (Row row : session.query(query.toString())) {
      Map<String, String> details = new HashMap<>();
      for (int i = 0; i < format.details().size(); i++) {
        String column = format.details().get(i);
        row.optional(1 + i).ifPresent(value -> details.put(column, value));
      }
      row.optional(0).ifPresent(version -> rows.add(new LedgerFormat.Row(version, details)));
    }
    return format.rows().applied(name, rows).readFrom(rows);
  }

  /** Returns the expression of a column's text, which calls nothing but PostgreSQL's own. */
  private String text(String column) {
    String quoted = Identifiers.quote(column);
    return foreignTypes.contains(column)
        ? "CASE WHEN " + quoted + " IS NOT NULL THEN pg_catalog.concat(" + quoted + ") END"
        : quoted + "::pg_catalog.text";
  }

  /**
   * Returns the tool's ledger in a database; where its schema is not fixed, that of the first
   * schema by name that has one.
   */
  static Optional<Applied> find(Session session, LedgerFormat format) {
    return all(session, format.name().name(), format).stream()
        .filter(table -> table.isOf(format))
        .findFirst()
        .map(table -> table.read(session, format));
  }

  /** Returns the ledger of this name and schema in a database. */
  static Optional<Applied> in(Session session, QualifiedName name, LedgerFormat format) {
    return all(session, name.name(), format).stream()
        .filter(table -> table.isOf(format))
        .filter(table -> table.name().equals(name))
        .findFirst()
        .map(table -> table.read(session, format));
  }

  /**
   * Returns a table by which a database shows that it is in use: neither the tool's own nor an
   * extension's.
   *
   * @param format the tool's ledger, if it has one
   * @param ledger its name; the tool's other tables begin with the same
   */
  static Optional<QualifiedName> neighbour(
      Session session, Optional<LedgerFormat> format, Optional<QualifiedName> ledger) {
    return session
        .query(
            "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname !~ '^pg_'"
                + " AND n.nspname <> 'information_schema'"
                + format.map(LedgerTable::butOwnSchemas).orElse("")
                + ledger.map(LedgerTable::butOwnTables).orElse("")
                + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d"
                + " WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass"
                + " AND d.objid = c.oid AND d.deptype = 'e')"
                + " ORDER BY n.nspname = 'public' DESC, n.nspname, c.relname LIMIT 1")
        .stream()
        .map(row -> QualifiedName.of(row.text(0), row.text(1)))
        .findFirst();
  }

  private static String butOwnSchemas(LedgerFormat format) {
    return format.ownSchemas().stream()
        .map(schema -> " AND n.nspname <> " + Identifiers.literal(schema))
        .collect(Collectors.joining());
  }

  private static String butOwnTables(QualifiedName ledger) {
    return " AND NOT pg_catalog.starts_with(c.relname::pg_catalog.text, "
        + Identifiers.literal(ledger.name())
        + ")";
  }
}
