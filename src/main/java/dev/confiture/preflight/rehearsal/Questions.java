package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.session.Row;
import java.util.List;

/** Sends the engine's own queries on the catalog while migrations run. */
@FunctionalInterface
interface Questions {

  /**
   * Returns the rows of a query.
   *
   * @throws dev.confiture.preflight.session.SessionException if the server refuses
   */
  List<Row> ask(String sql);

  /** Asks inside the open transaction of a session, and leaves no trace there. */
  static List<Row> inside(MigratingSession session, String sql) {
    session.query(
        "SAVEPOINT preflight_question; SET LOCAL search_path = pg_catalog, pg_temp;"
            + " SET LOCAL statement_timeout = '10s'; SET LOCAL lock_timeout = '2s'");
    try {
      return session.query(sql);
    } finally {
      session.command(
          "ROLLBACK TO SAVEPOINT preflight_question; RELEASE SAVEPOINT preflight_question");
    }
  }
}
