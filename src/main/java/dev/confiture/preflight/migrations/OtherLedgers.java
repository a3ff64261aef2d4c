package dev.confiture.preflight.migrations;

import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.session.Session;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Tables in which other tools than the folder's record what they have applied: what rows tell,
 * nobody has to type.
 *
 * <p>Several may be in one database, of other folders or programs, and any table may have such a
 * name. So one counts only if it holds the version of a file of the folder.
 */
final class OtherLedgers {

  private static final String DIRTY = "dirty";
  private static final String SUCCESS = "success";
  private static final String TYPE = "type";

  /**
   * Reads the table of dbmate and Rails, a row a migration, and golang-migrate's, the newest alone.
   */
  private static final LedgerFormat SCHEMA_MIGRATIONS =
      format("schema_migrations", List.of(DIRTY), OtherLedgers::schemaMigrations);

  private static final LedgerFormat FLYWAY =
      format("flyway_schema_history", List.of(SUCCESS, TYPE), OtherLedgers::flyway);

  private OtherLedgers() {}

  private static LedgerFormat format(String name, List<String> details, LedgerFormat.Rows rows) {
    return new LedgerFormat(QualifiedName.of(name), "version", details, List.of(), rows);
  }

  /** Returns what a database tells of the folder's files, as versions of theirs. */
  static Optional<Applied> find(Session session, MigrationFolder folder) {
    return tables(session).flatMap(applied -> of(applied, folder).stream()).findFirst();
  }

  /** Returns the tables of such a name that have rows, whatever these tell. */
  static List<QualifiedName> withRows(Session session) {
    return tables(session).map(Applied::table).toList();
  }

  private static Stream<Applied> tables(Session session) {
    return Stream.of(SCHEMA_MIGRATIONS, FLYWAY)
        .flatMap(
            format ->
                LedgerTable.all(session, format.name().name(), format).stream()
                    .filter(table -> table.isOf(format))
                    .filter(table -> isReadable(table.name(), session))
                    .map(table -> table.read(session, format)))
        .filter(applied -> !applied.versions().isEmpty() || applied.upTo().isPresent());
  }

  /** Returns true if the user may read it: that of another program may well be private. */
  private static boolean isReadable(QualifiedName table, Session session) {
    String schema = Identifiers.literal(table.schema().orElseThrow());
    return session
        .query(
            "SELECT pg_catalog.has_schema_privilege("
                + schema
                + ", 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')"
                + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                + " ON n.oid = c.relnamespace WHERE n.nspname = "
                + schema
                + " AND c.relname = "
                + Identifiers.literal(table.name()))
        .stream()
        .anyMatch(row -> row.isTrue(0));
  }

  private static Optional<Applied> of(Applied applied, MigrationFolder folder) {
    Set<String> versions = new TreeSet<>(folder.versionOrder());
    versions.addAll(applied.versions());
    boolean matches =
        Stream.concat(versions.stream(), applied.upTo().stream()).anyMatch(folder::has);
    applied
        .upTo()
        .ifPresent(
            last ->
                folder.migrations().stream()
                    .map(Migration::version)
                    .filter(version -> folder.versionOrder().compare(version, last) <= 0)
                    .forEach(versions::add));
    return matches
        ? Optional.of(new Applied(applied.table(), versions, Map.of()))
        : Optional.empty();
  }

  private static Applied schemaMigrations(QualifiedName table, List<LedgerFormat.Row> rows) {
    Optional<String> newest =
        rows.stream()
            .filter(row -> row.details().containsKey(DIRTY))
            .map(LedgerFormat.Row::version)
            .max(NumericVersions.ORDER);
    Set<String> versions = new LinkedHashSet<>();
    if (newest.isEmpty()) {
      rows.forEach(row -> versions.add(row.version()));
    }
    return new Applied(table, versions, Map.of(), newest, Optional.empty());
  }

  private static Applied flyway(QualifiedName table, List<LedgerFormat.Row> rows) {
    Set<String> versions = new LinkedHashSet<>();
    Optional<String> baseline = Optional.empty();
    for (LedgerFormat.Row row : rows) {
      if (row.details().getOrDefault(SUCCESS, "true").equals("true")) {
        versions.add(row.version());
        if (row.details().getOrDefault(TYPE, "").equals("BASELINE")) {
          baseline = Optional.of(row.version());
        }
      }
    }
    return new Applied(table, versions, Map.of(), baseline, Optional.empty());
  }
}
