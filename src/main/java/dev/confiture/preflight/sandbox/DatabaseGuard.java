package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps migrations from dropping or renaming the databases of an external server: the role that
 * migrates may own them.
 *
 * <p>A transaction of the engine holds the weakest lock on each. DROP and RENAME then wait for the
 * lock timeout; connections, and copies that others make, do not wait.
 */
final class DatabaseGuard {

  private DatabaseGuard() {}

  /**
   * Locks what these roles could drop; empty where that is nothing. The locks end with the session.
   */
  static Optional<Session> of(Server server, Collection<String> actors) {
    List<String> databases =
        server
            .control()
            .query(
                "SELECT DISTINCT d.datname FROM pg_database d, pg_roles a WHERE a.rolname IN ("
                    + actors.stream().map(Identifiers::literal).collect(Collectors.joining(", "))
                    + ") AND CASE WHEN a.rolsuper THEN d.datname = "
                    + Identifiers.literal(server.target().database())
                    + " ELSE pg_has_role(a.oid, d.datdba, 'MEMBER') END AND d.datname !~ "
                    + Identifiers.literal(RunName.DATABASE_PATTERN))
            .stream()
            .map(row -> row.text(0))
            .toList();
    if (databases.isEmpty()) {
      return Optional.empty();
    }
    Session holder = server.openControl(server.controlDatabase());
    try {
      holder.run("SET idle_in_transaction_session_timeout = 0");
      holder.run("BEGIN");
      holder.query(
          "SELECT pg_get_object_address('database', ARRAY[datname::text], '{}') FROM pg_database"
              + " WHERE datname IN ("
              + databases.stream().map(Identifiers::literal).collect(Collectors.joining(", "))
              + ")");
      return Optional.of(holder);
    } catch (SessionException goneMeanwhile) {
      // The comparison at the end tells what became of them.
      holder.close();
      return Optional.empty();
    }
  }
}
