package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.problem.SandboxProblem;
import dev.confiture.preflight.problem.UsageProblem;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.List;
import java.util.Map;

/**
 * The session on a given server that lives as long as the run.
 *
 * @param database where it is: not in the named database, where there is another
 */
record ControlConnection(Session session, String database) {

  /**
   * Connects.
   *
   * @param waiting for a server that is starting
   * @throws SandboxProblem if the server cannot be reached or refuses
   * @throws UsageProblem if the connection string holds what the driver cannot carry
   */
  static ControlConnection open(ConnectionString target, Waiting waiting) {
    try {
      // As a whole: an image's own script may start its server once more in between.
      return Starting.await(waiting, () -> open(target, elsewhere(target)));
    } catch (IllegalArgumentException unsupported) {
      throw new UsageProblem(
          "connecting to " + target.redacted() + ": " + unsupported.getMessage(), "", unsupported);
    } catch (SessionException refused) {
      throw new SandboxProblem(
          "connecting to " + target.redacted() + ": " + refused.text(),
          refused.connectionHint(),
          refused);
    }
  }

  private static ControlConnection open(ConnectionString target, String database) {
    return new ControlConnection(
        Session.openForCatalog(target.withDatabase(database), Map.of()), database);
  }

  /**
   * A database that the user can connect to and that is not the named one: while anyone is
   * connected to a database it cannot be copied. The named one itself where there is no other.
   */
  private static String elsewhere(ConnectionString target) {
    String named = target.database();
    List<String> others;
    try (Session session = Session.openForCatalog(target, Map.of())) {
      others =
          session
              .query(
                  "SELECT datname FROM pg_database WHERE datallowconn AND NOT datname ~ "
                      + Identifiers.literal(RunName.DATABASE_PATTERN)
                      + " AND has_database_privilege(oid, 'CONNECT') AND datname <> "
                      + Identifiers.literal(named)
                      + " ORDER BY datname <> 'postgres', datname = 'template1', datname")
              .stream()
              .map(row -> row.text(0))
              .toList();
    }
    for (String other : others) {
      try {
        Session.open(target.withDatabase(other)).close();
        return other;
      } catch (SessionException refused) {
        // pg_hba.conf may close what the database's own rights allow.
      }
    }
    return named;
  }
}
