package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.session.Session;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that a server knows which a rehearsal on it must not change: of each table, catalog and
 * sequence, the number of its rows and a sum over them.
 */
record ServerState(Map<String, String> relations) {

  /** What autovacuum and statistics change by themselves. */
  private static final String OF_ITSELF =
      "relpages,reltuples,relallvisible,relallfrozen,relfrozenxid,relminmxid,datfrozenxid,datminmxid";

  /** Also what building an index changes in place: no ROLLBACK undoes it. */
  private static final String IN_PLACE = OF_ITSELF + ",relhasindex";

  /**
   * Every row of every catalog (those of the cluster are among them), every sequence's state and
   * every table's rows.
   */
  static ServerState of(ConnectionString database) {
    return of(database, "'r', 'S', 'm'", OF_ITSELF);
  }

  /** The same without what a transaction that is rolled back leaves changed: sequences, for one. */
  static ServerState undoneByRollback(ConnectionString database) {
    return of(database, "'r', 'm'", IN_PLACE);
  }

  private static ServerState of(ConnectionString database, String kinds, String without) {
    Map<String, String> relations = new TreeMap<>();
    try (Session session = Session.open(database)) {
      String sums =
          session
              .query(
                  """
                  SELECT format(
                    'SELECT %L, concat_ws('' '', count(*), sum(hashtextextended(t::text, 0)))'
                      || ' FROM (SELECT %s FROM %s) t',
                    c.oid::regclass,
                    string_agg(quote_ident(attname), ', ' ORDER BY attnum), c.oid::regclass)
                  FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0
                    AND NOT attisdropped AND attname <> ALL ('{WITHOUT}')
                  WHERE relkind IN (KINDS) AND relnamespace NOT IN
                    ('information_schema'::regnamespace, 'pg_toast'::regnamespace)
                    AND relname NOT IN ('pg_statistic', 'pg_largeobject')
                  GROUP BY c.oid
                  """
                      .replace("WITHOUT", without)
                      .replace("KINDS", kinds))
              .stream()
              .map(row -> row.text(0))
              .collect(Collectors.joining(" UNION ALL "));
      session.query(sums).forEach(row -> relations.put(row.text(0), row.text(1)));
    }
    return new ServerState(relations);
  }

  /** Asserts that both are equal; the message names what differs, and no more. */
  static void assertUnchanged(ServerState before, ServerState after) {
    Map<String, String> lost = new TreeMap<>(before.relations);
    lost.entrySet().removeAll(after.relations.entrySet());
    Map<String, String> came = new TreeMap<>(after.relations);
    came.entrySet().removeAll(before.relations.entrySet());
    assertEquals(lost, came);
  }
}
