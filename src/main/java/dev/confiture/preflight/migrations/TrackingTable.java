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

  /** The tool's tracking table in this database; the first schema by name that has one. */
  public static Optional<TrackingTable> find(Session session, Tool tool) {
    return tool.trackingTable()
        .flatMap(
            wanted ->
                TrackingTablePlace.all(session, wanted.name()).stream()
                    .filter(TrackingTablePlace::isTable)
                    .filter(TrackingTablePlace::hasVersions)
                    .findFirst())
        .map(place -> read(session, place));
  }

  /** The table of this name and schema in this database. */
  public static Optional<TrackingTable> in(Session session, QualifiedName name) {
    return TrackingTablePlace.all(session, name.name()).stream()
        .filter(TrackingTablePlace::isTable)
        .filter(TrackingTablePlace::hasVersions)
        .filter(place -> place.name().equals(name))
        .findFirst()
        .map(place -> read(session, place));
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

  /** Reads what is there. */
  static TrackingTable read(Session session, TrackingTablePlace place) {
    Set<String> versions = new LinkedHashSet<>();
    Map<String, String> checksums = new LinkedHashMap<>();
    List<Row> rows =
        session.query(
            "SELECT version::pg_catalog.text, "
                + (place.hasChecksums() ? "checksum::pg_catalog.text" : "NULL")
                + " FROM "
                + Identifiers.quote(place.name()));
    for (Row row : rows) {
      row.optional(0).ifPresent(versions::add);
      if (row.optional(0).isPresent() && !row.text(1).isBlank()) {
        checksums.put(row.text(0), row.text(1).strip());
      }
    }
    return new TrackingTable(place.name(), versions, checksums);
  }

  /** As the tool records where no table is configured: {@code search_path} finds it. */
  public Ledger ledger() {
    return new Ledger(
        name,
        name.schema().filter("public"::equals).isPresent() ? QualifiedName.of(name.name()) : name);
  }
}
