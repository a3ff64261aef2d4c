package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table in which a tool records what it has applied.
 *
 * @param name its name, with its schema
 * @param versions what it holds
 * @param checksums the checksums of the files as they were applied, by version, where it holds them
 */
public record TrackingTable(
    QualifiedName name, Set<String> versions, Map<String, String> checksums) {

  public TrackingTable {
    versions = Set.copyOf(versions);
    checksums = Map.copyOf(checksums);
  }

  /** The convention's tracking table in this database; the first schema by name that has one. */
  public static Optional<TrackingTable> find(Session session, Convention convention) {
    return convention.trackingTable().flatMap(name -> find(session, name));
  }

  /** The column of a tracking table that a sequence numbers. */
  public static Optional<String> numberedColumn(Session session, QualifiedName name) {
    return session
        .query(
            "SELECT a.attname FROM pg_catalog.pg_attribute a"
                + " LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
                + " WHERE a.attrelid = "
                + Identifiers.literal(Identifiers.quote(name))
                + "::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped"
                + " AND (a.attidentity <> ''"
                + " OR pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%')"
                + " ORDER BY a.attnum LIMIT 1")
        .stream()
        .map(row -> row.text(0))
        .findFirst();
  }

  private static Optional<TrackingTable> find(Session session, QualifiedName wanted) {
    List<Row> found =
        session.query(
            "SELECT n.nspname FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'version'"
                + " WHERE c.relkind IN ('r', 'p') AND c.relname = "
                + Identifiers.literal(wanted.name())
                + " ORDER BY n.nspname = 'public' DESC, n.nspname");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    QualifiedName name = QualifiedName.of(found.getFirst().text(0), wanted.name());
    Set<String> versions = new LinkedHashSet<>();
    Map<String, String> checksums = new LinkedHashMap<>();
    // As JSON a column that is not there is as good as one without a value.
    for (Row row :
        session.query(
            "SELECT t.version::text, to_jsonb(t) ->> 'checksum' FROM "
                + Identifiers.quote(name)
                + " t WHERE t.version IS NOT NULL")) {
      versions.add(row.text(0));
      row.optional(1).ifPresent(checksum -> checksums.put(row.text(0), checksum));
    }
    return Optional.of(new TrackingTable(name, versions, checksums));
  }
}
