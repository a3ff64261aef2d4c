package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.SandboxProblem;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the named database itself may be migrated, in a transaction that is rolled back, where no
 * copy can be made: only for want of a right, and only where nobody would notice.
 */
final class SavepointFallback {

  private static final int AT_ONCE = 100;

  private SavepointFallback() {}

  /** Whether the server refused to make a database for want of a right. */
  static boolean isOffered(SandboxProblem refused) {
    return refused.getCause() instanceof SessionException cause
        && cause.is(SqlState.INSUFFICIENT_PRIVILEGE);
  }

  /**
   * What speaks against it, as a sentence: somebody else is there, whom the locks would keep
   * waiting, or rows are, which only somebody's own database has.
   *
   * @param named a session in the database
   */
  static Optional<String> objection(Session named, Optional<QualifiedName> trackingTable) {
    try {
      List<String> others =
          named
              .query(
                  "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                      // Of others' sessions a plain user sees no more than these columns.
                      + " AND pid <> pg_backend_pid() AND usename IS NOT NULL")
              .stream()
              .map(row -> row.text(0))
              .toList();
      if (!others.isEmpty()) {
        return Optional.of("others are connected to it: pid " + String.join(", ", others));
      }
      return filled(named, trackingTable).map(table -> "the table " + table + " holds rows");
    } catch (SessionException refused) {
      return Optional.of("it cannot be told whether its tables are empty: " + refused.text());
    }
  }

  private static Optional<String> filled(Session named, Optional<QualifiedName> trackingTable) {
    List<String> tables =
        named
            .query(
                "SELECT oid::regclass::text FROM pg_class c WHERE relkind = 'r' AND oid >= 16384"
                    + " AND relpersistence <> 't' AND NOT EXISTS (SELECT FROM pg_depend d"
                    + " WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid"
                    + " AND d.deptype = 'e')"
                    + trackingTable
                        .map(table -> " AND relname <> " + Identifiers.literal(table.name()))
                        .orElse("")
                    + " ORDER BY 1")
            .stream()
            .map(row -> row.text(0))
            .toList();
    for (int from = 0; from < tables.size(); from += AT_ONCE) {
      Optional<String> found =
          named
              .query(
                  tables.subList(from, Math.min(from + AT_ONCE, tables.size())).stream()
                      .map(SavepointFallback::ifFilled)
                      .collect(Collectors.joining(" UNION ALL ", "", " LIMIT 1")))
              .stream()
              .map(row -> row.text(0))
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String ifFilled(String table) {
    return "SELECT "
        + Identifiers.literal(table)
        + " WHERE EXISTS (SELECT FROM ONLY "
        + table
        + ")";
  }
}
