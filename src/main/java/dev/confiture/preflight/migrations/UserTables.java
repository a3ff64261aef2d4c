package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.session.Session;
import java.util.Optional;

/** The tables by which a database shows that it is in use. */
public final class UserTables {

  private UserTables() {}

  /**
   * A table that is neither the tool's own nor an extension's.
   *
   * @param tracking the table in which the tool records; its others begin with the same name
   */
  public static Optional<QualifiedName> first(Session session, Optional<QualifiedName> tracking) {
    return session
        .query(
            "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname !~ '^pg_'"
                + " AND n.nspname NOT IN ('information_schema', 'confiture')"
                + tracking.map(UserTables::butTheTools).orElse("")
                + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d"
                + " WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass"
                + " AND d.objid = c.oid AND d.deptype = 'e')"
                + " ORDER BY n.nspname = 'public' DESC, n.nspname, c.relname LIMIT 1")
        .stream()
        .map(row -> QualifiedName.of(row.text(0), row.text(1)))
        .findFirst();
  }

  private static String butTheTools(QualifiedName tracking) {
    return " AND NOT pg_catalog.starts_with(c.relname::pg_catalog.text, "
        + Identifiers.literal(tracking.name())
        + ")";
  }
}
