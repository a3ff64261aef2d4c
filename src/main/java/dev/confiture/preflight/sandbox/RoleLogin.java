package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says how a session becomes the migration role.
 *
 * <p>A role that this run has made logs in by itself. One that was on an external server before is
 * never altered: a login role of the run, its member, does SET ROLE. Where the administrative user
 * can make neither, its own session does, but never a superuser's, since a migration can come back
 * from there by RESET ROLE.
 *
 * @param role the migration role
 * @param credentials of the role that logs in; empty for the administrative user
 */
record RoleLogin(MigrationRole role, Optional<Credentials> credentials) {

  /** Names the databases that migrations run in. */
  enum Place {
    /** In copies of a database that this run seeds. */
    TEMPLATE,
    /** In copies of the user's database. */
    COPY,
    /** In the user's database itself, in which nothing is changed for the role. */
    IN_PLACE
  }

  private static final String OWNER = "preflight_owner";
  private static final String THE_USER = "the user of the URL";

  /** Returns the command after which the session has the role; empty where it has logged in. */
  Optional<String> setRole(Server server) {
    return credentials.map(Credentials::user).orElse(server.user()).equals(role.name())
        ? Optional.empty()
        : Optional.of("SET ROLE " + Identifiers.quote(role.name()));
  }

  /** Returns the same role in the hands of the administrative user. */
  RoleLogin byAdministrator() {
    return new RoleLogin(role, Optional.empty());
  }

  /** Lets the role log in, or again, after migrations changed what its login takes. */
  void enable(Server server) {
    credentials.ifPresent(
        login ->
            server
                .control()
                .run(
                    "ALTER ROLE "
                        + Identifiers.quote(login.user())
                        + " LOGIN CONNECTION LIMIT -1 VALID UNTIL 'infinity' PASSWORD "
                        + Identifiers.literal(login.verifier())));
  }

  /**
   * Finds the role and arranges its login, as far as the administrative user can.
   *
   * @param external a role that was there before the run is not altered
   * @param notes takes what has to be done otherwise than asked
   */
  record Arrangement(
      Server server, RoleChoice choice, Optional<ExternalCluster> external, List<String> notes) {

    /** Arranges it for a database, on a session of the engine in it. */
    RoleLogin in(Session database, Place place) {
      // A schema says who owns its tables: never that a migration may do all.
      List<String> engine =
          place == Place.TEMPLATE && server.isSuperuser() ? server.mightyRoles() : List.of();
      Optional<RoleChoice.Found> found = choice.search(database, engine);
      RoleLogin login =
          place == Place.IN_PLACE || !server.isSuperuser()
              ? existing(found, place)
              : asSuperuser(found.orElseGet(this::plainOwner), place);
      login
          .credentials()
          .ifPresent(made -> server.language().choose(server.control(), made.user()));
      return login;
    }

    /**
     * Makes the role a superuser, where that is asked for and this run has made the role.
     *
     * @throws SandboxProblem if it is a role that is never altered, or the user may not do it
     */
    RoleLogin elevated(RoleLogin login) {
      if (!choice.superuser() || login.role().superuser()) {
        return login;
      }
      String name = login.role().name();
      if (!server.isSuperuser() || external.filter(cluster -> cluster.had(name)).isPresent()) {
        throw new SandboxProblem(
            "migrating as a superuser: "
                + name
                + " is none on "
                + server.description()
                + (server.isSuperuser()
                    ? ", and a role that was there is never altered"
                    : ", nor is " + server.user() + ", who would have to make it one"),
            "name a superuser of that server with --run-as, or leave out --against for the"
                + " embedded server");
      }
      server.control().run("ALTER ROLE " + Identifiers.quote(name) + " SUPERUSER");
      return new RoleLogin(
          new MigrationRole(name, login.role().reason(), true), login.credentials());
    }

    private RoleLogin existing(Optional<RoleChoice.Found> found, Place place) {
      if (found.isEmpty() || found.get().name().equals(server.user())) {
        return administrator(found.map(RoleChoice.Found::reason).orElse(THE_USER));
      }
      return server.isSuperuser() ? asSuperuser(found.get(), place) : asUser(found.get());
    }

    private RoleLogin administrator(String reason) {
      return new RoleLogin(
          new MigrationRole(server.user(), reason, server.isSuperuser()), Optional.empty());
    }

    private RoleChoice.Found plainOwner() {
      return new RoleChoice.Found(
          server.isOurs()
              ? new MigrationRole(OWNER, "a plain owner: no table has one", false)
              : new MigrationRole(
                  server.run().owner(),
                  "a plain owner: no table has another than " + server.user(),
                  false),
          false);
    }

    private RoleLogin asSuperuser(RoleChoice.Found found, Place place) {
      if (!found.exists()) {
        if (place == Place.IN_PLACE) {
          throw new SandboxProblem(
              "migrating as " + found.name() + ": " + server.description() + " has no such role",
              "name a role of that server with --run-as, or a user that is no superuser in the"
                  + " URL");
        }
        external.ifPresent(cluster -> cluster.mayMake(List.of(found.name())));
        server.control().run("CREATE ROLE " + Identifiers.quote(found.name()));
        server.mark("ROLE " + Identifiers.quote(found.name()));
        if (server.isOurs() && found.isAsAsked()) {
          notes.add("role " + found.name() + " is not in the schema: made here as a plain role");
        } else if (!found.name().equals(server.run().owner()) && !server.isOurs()) {
          notes.add("role " + found.name() + " does not exist: made for this run as a plain role");
        }
      }
      if (found.role().superuser()) {
        notes.add(
            "migrations run as "
                + found.name()
                + ", a superuser on this server ("
                + found.reason()
                + ")");
        if (found.name().equals(server.user())) {
          return administrator(found.reason());
        }
      }
      return arranged(found);
    }

    /**
     * Makes the login of a user who is no superuser: one can become a role of which one is a
     * member.
     */
    private RoleLogin asUser(RoleChoice.Found found) {
      if (!found.exists() || !canBecome(found.name())) {
        notes.add(
            "migrations run as "
                + server.user()
                + ", the user of the URL: it cannot become "
                + found.name()
                + " ("
                + found.reason()
                + ")"
                + (found.exists() ? ", of which it is no member" : ", which does not exist"));
        return administrator(THE_USER);
      }
      if (mayMakeRoles()) {
        try {
          return arranged(found);
        } catch (SessionException refused) {
          // From 16 on CREATEROLE is for the roles that one administers.
          Databases.attempt(
              server.control(), "DROP ROLE IF EXISTS " + Identifiers.quote(server.run().login()));
        }
      }
      return new RoleLogin(found.role(), Optional.empty());
    }

    private RoleLogin arranged(RoleChoice.Found found) {
      return external.filter(cluster -> cluster.had(found.name())).isPresent()
          ? member(found)
          : itself(found);
    }

    private RoleLogin itself(RoleChoice.Found found) {
      RoleLogin login = new RoleLogin(found.role(), Optional.of(Credentials.of(found.name())));
      login.enable(server);
      return login;
    }

    private RoleLogin member(RoleChoice.Found found) {
      Credentials login = Credentials.of(server.run().login());
      String name = Identifiers.quote(login.user());
      server
          .control()
          .run(
              "CREATE ROLE "
                  + name
                  + " LOGIN INHERIT PASSWORD "
                  + Identifiers.literal(login.verifier())
                  + "; GRANT "
                  + Identifiers.quote(found.name())
                  + " TO "
                  + name
                  + (server.version().major() >= 16 ? " WITH INHERIT TRUE, SET TRUE" : ""));
      server.mark("ROLE " + name);
      return new RoleLogin(found.role(), Optional.of(login));
    }

    private boolean mayMakeRoles() {
      return !server
          .control()
          .query("SELECT FROM pg_roles WHERE rolname = current_user AND rolcreaterole")
          .isEmpty();
    }

    private boolean canBecome(String role) {
      return Databases.attempt(
              server.control(), "BEGIN; SET LOCAL ROLE " + Identifiers.quote(role) + "; ROLLBACK")
          .isEmpty();
    }
  }

  /**
   * Takes from every role of our own server what would let a migration out of the database: a
   * schema file, or code in it, may have given it. Before 16, CREATEROLE could grant itself any
   * role (release notes of 16, "Privileges").
   */
  static void disarm(Session superuser, List<String> engine) {
    boolean before16 = superuser.serverVersion().major() < 16;
    superuser
        .query(
            "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolreplication OR rolcreaterole AND "
                + before16
                + ") AND oid >= 16384")
        .stream()
        .map(row -> row.text(0))
        .filter(role -> !engine.contains(role))
        .forEach(
            role ->
                superuser.run(
                    "ALTER ROLE "
                        + Identifiers.quote(role)
                        + " NOSUPERUSER NOREPLICATION"
                        + (before16 ? " NOCREATEROLE" : "")));
    if (before16) {
      // CREATEROLE, which may be lent, could otherwise grant itself these.
      superuser.run(
          "UPDATE pg_authid SET rolsuper = true WHERE rolname IN ('pg_execute_server_program',"
              + " 'pg_read_server_files', 'pg_write_server_files', 'pg_signal_backend')");
    }
    // Whoever granted it, and through whatever role it comes.
    superuser.run(
        "DELETE FROM pg_auth_members a USING pg_roles g, pg_roles m"
            + " WHERE g.oid = a.roleid AND m.oid = a.member AND (g.oid < 16384 OR g.rolsuper)"
            + " AND NOT (m.rolname = 'pg_monitor' AND g.rolname IN ('pg_read_all_settings',"
            + " 'pg_read_all_stats', 'pg_stat_scan_tables'))"
            + " AND m.rolname NOT IN ("
            + engine.stream().map(Identifiers::literal).collect(Collectors.joining(", "))
            + ")");
  }
}
