package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.List;

/**
 * A relation with a tracking table's name.
 *
 * @param name its name, with its schema
 * @param isTable whether it is a table, and no view of one
 * @param isVisible whether its bare name means this one in the session that was asked
 * @param hasVersions whether it has a column {@code version}
 * @param hasChecksums whether it has a column {@code checksum}
 */
record TrackingTablePlace(
    QualifiedName name,
    boolean isTable,
    boolean isVisible,
    boolean hasVersions,
    boolean hasChecksums) {

  /** Those of this database, {@code public}'s first and then by schema. */
  static List<TrackingTablePlace> all(Session session, String name) {
    return session
        .query(
            "SELECT n.nspname, c.relkind IN ('r', 'p'), pg_catalog.pg_table_is_visible(c.oid)"
                + hasColumn("version")
                + hasColumn("checksum")
                + " FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname = "
                + Identifiers.literal(name)
                + " ORDER BY n.nspname = 'public' DESC, n.nspname")
        .stream()
        .map(row -> of(row, name))
        .toList();
  }

  private static TrackingTablePlace of(Row row, String name) {
    return new TrackingTablePlace(
        QualifiedName.of(row.text(0), name),
        row.isTrue(1),
        row.isTrue(2),
        row.isTrue(3),
        row.isTrue(4));
  }

  private static String hasColumn(String column) {
    return ", EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid"
        + " AND a.attname = "
        + Identifiers.literal(column)
        + ")";
  }
}
