package dev.confiture.preflight.source;

import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.Optional;

/**
 * The identity of the cluster that a session is connected to.
 *
 * @param systemIdentifier the cluster's system identifier, if the user may read it
 * @param place the server's own address and port, if the session goes over TCP
 */
public record ClusterIdentity(Optional<String> systemIdentifier, Optional<String> place) {

  /** Reads the identity of a session's cluster. */
  public static ClusterIdentity of(Session session) {
    // A query of its own: the privilege is checked even where a CASE would not call the function.
    boolean readable =
        session
            .query(
                "SELECT pg_catalog.has_function_privilege('pg_catalog.pg_control_system()',"
                    + " 'EXECUTE')")
            .getFirst()
            .isTrue(0);
    Optional<String> identifier =
        readable
            ? session
                .query("SELECT system_identifier FROM pg_catalog.pg_control_system()")
                .getFirst()
                .optional(0)
            : Optional.empty();
    Row place =
        session
            .query(
                "SELECT pg_catalog.host(pg_catalog.inet_server_addr()),"
                    + " pg_catalog.inet_server_port()")
            .getFirst();
    return new ClusterIdentity(
        identifier, place.optional(0).map(address -> address + " port " + place.text(1)));
  }

  /**
   * Returns true if both are one cluster, or copies of one: by system identifier where both are
   * known, else by address and port.
   */
  public boolean isSameAs(ClusterIdentity other) {
    boolean known = systemIdentifier.isPresent() && other.systemIdentifier.isPresent();
    return known
        ? systemIdentifier.equals(other.systemIdentifier)
        : place.isPresent() && place.equals(other.place);
  }
}
