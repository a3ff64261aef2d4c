package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes stub roles: roles with the names of production's and no rights of their own, for which
 * owners and grants can be restored.
 */
final class StubRoles {

  private final Session session;
  private final boolean superuser;
  private final Optional<String> mark;

  /**
   * Prepares to make them.
   *
   * @param mark the comment by which a later run knows them
   */
  StubRoles(Session session, boolean superuser, Optional<String> mark) {
    this.session = session;
    this.superuser = superuser;
    this.mark = mark;
  }

  /** Makes the roles that are missing and returns their names; {@code refused} gets the others. */
  List<String> make(Set<String> roles, Map<String, ServerError> refused) {
    if (roles.isEmpty()) {
      return List.of();
    }
    Set<String> existing =
        session
            .query(
                "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname IN ("
                    + roles.stream().map(Identifiers::literal).collect(Collectors.joining(", "))
                    + ")")
            .stream()
            .map(row -> row.text(0))
            .collect(Collectors.toSet());
    List<String> made = new ArrayList<>();
    for (String role : roles) {
      if (!existing.contains(role)) {
        String name = Identifiers.quote(role);
        String comment =
            mark.map(text -> "; COMMENT ON ROLE " + name + " IS " + Identifiers.literal(text))
                .orElse("");
        switch (session.execute("CREATE ROLE " + name + " NOLOGIN" + comment)) {
          case Answer.Completed _ -> made.add(role);
          case Answer.Refused(ServerError error, _) -> refused.put(role, error);
          case Answer.Lost(String reason, _, _, _) -> throw RestoreSession.lost(reason);
        }
      }
    }
    if (!superuser) {
      join(made);
    }
    return made;
  }

  /** Joins the roles: without superuser one can only give objects to roles that one belongs to. */
  private void join(List<String> roles) {
    boolean options = session.serverVersion().major() >= 16;
    for (String role : roles) {
      session.execute(
          "GRANT "
              + Identifiers.quote(role)
              + " TO CURRENT_USER"
              + (options ? " WITH INHERIT TRUE, SET TRUE" : ""));
    }
  }
}
