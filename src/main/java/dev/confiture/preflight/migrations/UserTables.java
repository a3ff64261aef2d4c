package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.session.Session;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables by which a database shows that it is in use. */
final class UserTables {

  private UserTables() {}

  /**
   * Returns a table that is neither the tool's own nor an extension's.
   *
   * @param format the tool's ledger, if it has one
   * @param ledger its name; the tool's other tables begin with the same
   */
  static Optional<QualifiedName> first(
      Session session, Optional<LedgerFormat> format, Optional<QualifiedName> ledger) {
    return session
        .query(
            "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname !~ '^pg_'"
                + " AND n.nspname <> 'information_schema'"
                + format.map(UserTables::butOwnSchemas).orElse("")
                + ledger.map(UserTables::butOwnTables).orElse("")
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
