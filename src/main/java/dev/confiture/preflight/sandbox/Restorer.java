package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.Map;
import java.util.Optional;

/**
 * The role that a schema is restored as: an ordinary one, so that code of the schema can reach
 * neither files nor programs of the server.
 *
 * @param credentials of the role, which is the run's own
 * @param database that it owns meanwhile
 */
record Restorer(Credentials credentials, String database) {

  /** Before it CREATEROLE lets a role become any other. */
  private static final int FIRST_WITH_BOUNDED_CREATEROLE = 16;

  /** Before it the schema public is nobody's who owns a database. */
  private static final int FIRST_WITH_OWNED_PUBLIC = 15;

  /**
   * Makes the role.
   *
   * @param superuser a session in the empty database
   */
  static Restorer make(Server server, Session superuser) {
    Restorer restorer =
        new Restorer(
            Credentials.of(server.run().restorer()),
            superuser.query("SELECT current_database()").getFirst().text(0));
    String name = Identifiers.quote(restorer.credentials.user());
    superuser.run(
        "CREATE ROLE "
            + name
            + " LOGIN BYPASSRLS PASSWORD "
            + Identifiers.literal(restorer.credentials.verifier())
            + (server.version().major() >= FIRST_WITH_BOUNDED_CREATEROLE ? " CREATEROLE" : "")
            // Rows are restored without what their triggers would do once more.
            + "; ALTER ROLE "
            + name
            + " SET session_replication_role = replica; ALTER DATABASE "
            + Identifiers.quote(restorer.database)
            + " OWNER TO "
            + name
            + "; COMMENT ON ROLE "
            + name
            + " IS "
            + Identifiers.literal(server.run().mark()));
    if (server.version().major() < FIRST_WITH_OWNED_PUBLIC) {
      superuser.run("GRANT ALL ON SCHEMA public TO " + name);
    }
    return restorer;
  }

  /**
   * Connects to the database as the role.
   *
   * @throws SandboxProblem if the server's own rules do not admit it
   */
  Session open(Server server) {
    server.language().choose(server.control(), credentials.user());
    try {
      return server.openAs(Optional.of(credentials), database, Map.of());
    } catch (SessionException refused) {
      throw server.notAdmitted(credentials.user(), refused);
    }
  }

  /**
   * Drops the role, if there is one.
   *
   * @param superuser a session in the database
   * @param heir the role that gets what it owns still: extensions, and what belongs to them
   */
  static void dismiss(Server server, Session superuser, String heir) {
    String role = server.run().restorer();
    String name = Identifiers.quote(role);
    if (!superuser
        .query("SELECT FROM pg_roles WHERE rolname = " + Identifiers.literal(role))
        .isEmpty()) {
      superuser.run("REASSIGN OWNED BY " + name + " TO " + Identifiers.quote(heir));
      superuser.run("DROP OWNED BY " + name);
      superuser.run("DROP ROLE " + name);
    }
  }
}
