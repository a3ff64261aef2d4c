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
}
