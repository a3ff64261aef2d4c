package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.session.Row;
import java.util.List;

/** Where the engine's own questions about the catalog go while migrations run. */
@FunctionalInterface
interface Questions {

  /**
   * Asks.
   *
   * @throws dev.confiture.preflight.session.SessionException if the server refuses
   */
  List<Row> ask(String sql);
}
