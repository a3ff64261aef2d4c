package dev.confiture.preflight.source;

import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.Optional;

/**
 * Which cluster a session is connected to.
 *
 * @param systemIdentifier of the cluster, where the user may read it
 * @param place the server's own address and port, where the session has one
 */
public record ClusterIdentity(Optional<String> systemIdentifier, Optional<String> place) {

  /** Of this session's. */
  public static ClusterIdentity of(Session session) {
    // It is asked for apart: the privilege is checked even where a CASE would not call it.
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

  /** Whether both are of one cluster, or of a copy of its files, as far as can be told. */
  public boolean isSameAs(ClusterIdentity other) {
    boolean known = systemIdentifier.isPresent() && other.systemIdentifier.isPresent();
    return known
        ? systemIdentifier.equals(other.systemIdentifier)
        : place.isPresent() && place.equals(other.place);
  }
}
