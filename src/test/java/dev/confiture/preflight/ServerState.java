package dev.confiture.preflight;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.ArrayList;
import java.util.List;

/** All that a server knows which a rehearsal on it must not change. */
final class ServerState {

  /** What autovacuum and statistics change by themselves. */
  private static final String OF_ITSELF =
      "relpages,reltuples,relallvisible,relallfrozen,relfrozenxid,relminmxid,datfrozenxid,datminmxid";

  /** Also what a building index changes in place: no ROLLBACK undoes it. */
  private static final String IN_PLACE = OF_ITSELF + ",relhasindex";

  private ServerState() {}

  /**
   * Every row of every catalog (those of the cluster are among them), every sequence's state and
   * every table's rows.
   */
  static List<String> of(ConnectionString database) {
    return of(database, "'r', 'S', 'm'", OF_ITSELF);
  }

  /** The same without what a transaction that is rolled back leaves changed: sequences, for one. */
  static List<String> undoneByRollback(ConnectionString database) {
    return of(database, "'r', 'm'", IN_PLACE);
  }

  private static List<String> of(ConnectionString database, String kinds, String without) {
    List<String> state = new ArrayList<>();
    try (Session session = Session.open(database)) {
      List<Row> relations =
          session.query(
              "SELECT oid::regclass FROM pg_class WHERE relkind IN ("
                  + kinds
                  + ") AND relnamespace NOT IN ('information_schema'::regnamespace,"
                  + " 'pg_toast'::regnamespace)"
                  + " AND relname NOT IN ('pg_statistic', 'pg_largeobject') ORDER BY oid");
      for (Row relation : relations) {
        session
            .query(
                "SELECT (to_jsonb(t) - '{"
                    + without
                    + "}'::text[])::text FROM (SELECT * FROM "
                    + relation.text(0)
                    + ") t ORDER BY 1")
            .forEach(row -> state.add(relation.text(0) + " " + row.text(0)));
      }
    }
    return state;
  }
}
