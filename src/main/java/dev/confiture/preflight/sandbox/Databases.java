package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.Session.TransactionStatus;
import dev.confiture.preflight.session.SessionException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Copies databases, and drops those of the run, whatever holds them. */
final class Databases {

  /** Lists of names, quoted one by one (guc.h, GUC_LIST_QUOTE). */
  private static final Set<String> NAME_LISTS = Set.of("search_path", "temp_tablespaces");

  private Databases() {}

  /**
   * Copies a database.
   *
   * @param server asked from a session in another database
   * @param notes takes what could not be repeated on the copy
   * @throws SandboxProblem if the server does not make it
   */
  static void copy(Server server, String source, String copy, List<String> notes) {
    Copy making = new Copy(server, source, copy, notes);
    making.create();
    making.repeatOwner();
    making.repeatRights();
    making.repeatSettings();
  }

  /** Says why no database can be made, and names the right that is missing. */
  static SandboxProblem refused(Server server, String doing, SessionException refused) {
    if (refused.is(SqlState.INSUFFICIENT_PRIVILEGE) && !mayCreate(server)) {
      return new SandboxProblem(
          doing + ": the user " + server.user() + " lacks CREATEDB",
          "run ALTER ROLE "
              + Identifiers.quote(server.user())
              + " CREATEDB as an administrator, name another user in the URL, or leave out"
              + " --against for the embedded server",
          refused);
    }
    return new SandboxProblem(doing + ": " + refused.text(), "", refused);
  }

  /** Returns true if the user may make databases at all. */
  static boolean mayCreate(Server server) {
    return !server
        .control()
        .query("SELECT FROM pg_roles WHERE rolname = current_user AND (rolcreatedb OR rolsuper)")
        .isEmpty();
  }

  /**
   * Gives a copy to its owner, and lets the migration role's login connect to it.
   *
   * @param owner the administrative user, where the copy is to keep the owner that it has
   * @param notes takes what was refused
   */
  static void give(Server server, String copy, String owner, RoleLogin login, List<String> notes) {
    String on = " DATABASE " + Identifiers.quote(copy);
    if (!owner.equals(server.user())) {
      attempt(server.control(), "ALTER" + on + " OWNER TO " + Identifiers.quote(owner))
          .map(why -> "the copy belongs to " + server.user() + ", not " + owner + ": " + why)
          .ifPresent(notes::add);
    }
    String role = login.role().name();
    String user = login.credentials().map(Credentials::user).orElse(role);
    // The login of a member may lose what everybody has, when the server's databases are locked.
    boolean granted = user.equals(role) && mayConnect(server, copy, user);
    if (!granted
        && attempt(server.control(), "GRANT CONNECT ON" + on + " TO " + Identifiers.quote(user))
            .isEmpty()
        && user.equals(role)) {
      notes.add(
          role
              + " may not connect to the database in production, as far as the schema tells, and"
              + " was let in here: does another role deploy, a member of it?");
    }
  }

  private static boolean mayConnect(Server server, String database, String user) {
    return server
        .control()
        .query(
            "SELECT pg_catalog.has_database_privilege(r.oid, d.oid, 'CONNECT')"
                + " FROM pg_catalog.pg_roles r, pg_catalog.pg_database d WHERE r.rolname = "
                + Identifiers.literal(user)
                + " AND d.datname = "
                + Identifiers.literal(database))
        .stream()
        .allMatch(row -> row.isTrue(0));
  }

  /** Drops the database, if it is there. */
  static void drop(Server server, String database) {
    Session control = server.control();
    releaseHolds(server, database);
    String drop = "DROP DATABASE IF EXISTS " + Identifiers.quote(database) + " WITH (FORCE)";
    try {
      control.run(drop);
    } catch (SessionException refused) {
      if (!refused.is(SqlState.INSUFFICIENT_PRIVILEGE)) {
        throw refused;
      }
      // It was given to a role whose rights this user has only after SET ROLE.
      for (Row row :
          control.query(
              "SELECT quote_ident(pg_get_userbyid(datdba)) FROM pg_database WHERE datname = "
                  + Identifiers.literal(database))) {
        control.run("SET ROLE " + row.text(0));
        try {
          control.run(drop);
        } finally {
          control.run("RESET ROLE");
        }
      }
    }
  }

  /** Sends a command that the run can do without; returns what the server said if it refused. */
  static Optional<String> attempt(Session session, String command) {
    try {
      session.run(command);
      return Optional.empty();
    } catch (SessionException refused) {
      if (session.transactionStatus() != TransactionStatus.IDLE) {
        session.run("ROLLBACK");
      }
      return Optional.of(refused.text());
    }
  }

  /** Prepared transactions and subscriptions stop even a forced drop. */
  private static void releaseHolds(Server server, String database) {
    Session control = server.control();
    String name = Identifiers.literal(database);
    List<Row> prepared =
        control.query("SELECT gid FROM pg_prepared_xacts WHERE database = " + name);
    List<Row> subscriptions =
        control.query(
            "SELECT quote_ident(s.subname) FROM pg_subscription s"
                + " JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = "
                + name);
    if (prepared.isEmpty() && subscriptions.isEmpty()) {
      return;
    }
    try (Session inside =
        Session.openForCatalog(server.target().withDatabase(database), Map.of())) {
      prepared.forEach(row -> inside.run("ROLLBACK PREPARED " + Identifiers.literal(row.text(0))));
      subscriptions.forEach(
          row -> {
            inside.run("ALTER SUBSCRIPTION " + row.text(0) + " DISABLE");
            inside.run("ALTER SUBSCRIPTION " + row.text(0) + " SET (slot_name = NONE)");
            inside.run("DROP SUBSCRIPTION " + row.text(0));
          });
    }
  }

  /**
   * Writes the SQL that gives a role or database a setting as the catalog has it, or takes it away.
   *
   * @param alter the statement up to SET or RESET
   */
  static String assignment(String alter, String name, Optional<String> value) {
    String quoted =
        Arrays.stream(name.split("\\.", -1))
            .map(Identifiers::quote)
            .collect(Collectors.joining("."));
    if (value.isEmpty()) {
      return alter + " RESET " + quoted;
    }
    String literal = Identifiers.literal(value.get());
    return NAME_LISTS.contains(name)
        // The value is a list of quoted names already, which only set_config takes as it is.
        ? "BEGIN; SELECT pg_catalog.set_config("
            + Identifiers.literal(name)
            + ", "
            + literal
            + ", true); "
            + alter
            + " SET "
            + quoted
            + " FROM CURRENT; COMMIT"
        : alter + " SET " + quoted + " TO " + literal;
  }

  /**
   * A copy made by {@code CREATE DATABASE … TEMPLATE}, with what that leaves out: the owner, the
   * rights on the database itself, and the settings of {@code ALTER DATABASE … SET}.
   */
  private record Copy(Server server, String source, String copy, List<String> notes) {

    private Session control() {
      return server.control();
    }

    private void create() {
      String doing = "copying the database " + source;
      try {
        control()
            .run(
                "CREATE DATABASE "
                    + Identifiers.quote(copy)
                    + " TEMPLATE "
                    + Identifiers.quote(source)
                    + server.copyStrategy());
        server.mark("DATABASE " + Identifiers.quote(copy));
      } catch (SessionException refused) {
        if (refused.is(SqlState.OBJECT_IN_USE)) {
          throw new SandboxProblem(
              doing + ": it cannot be copied while others are connected to it: " + sessionsOn(),
              "end these sessions, or name a database without any; a connection pooler keeps its"
                  + " own open, so name the server itself",
              refused);
        }
        if (refused.is(SqlState.INSUFFICIENT_PRIVILEGE) && mayCreate(server)) {
          throw new SandboxProblem(
              doing
                  + ": the user "
                  + server.user()
                  + " may not copy it, since it is neither its owner nor a superuser",
              "connect as the database's owner, or mark it with ALTER DATABASE "
                  + Identifiers.quote(source)
                  + " IS_TEMPLATE true",
              refused);
        }
        throw refused(server, doing, refused);
      }
    }

    private String sessionsOn() {
      return control()
          .query(
              "SELECT pid, usename, application_name, state FROM pg_stat_activity"
                  + " WHERE datname = "
                  + Identifiers.literal(source)
                  + " ORDER BY pid")
          .stream()
          .map(Copy::describe)
          .collect(Collectors.joining("; "));
    }

    private static String describe(Row row) {
      return "pid "
          + row.text(0)
          + row.optional(1).map(user -> ", user " + user).orElse("")
          + row.optional(2).filter(a -> !a.isEmpty()).map(a -> ", application " + a).orElse("")
          + row.optional(3).map(state -> ", " + state).orElse("");
    }

    private void repeatOwner() {
      control()
          .query(
              "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datdba <> (SELECT datdba"
                  + " FROM pg_database WHERE datname = "
                  + Identifiers.literal(copy)
                  + ") AND datname = "
                  + Identifiers.literal(source))
          .forEach(
              row ->
                  attempt(
                      "ALTER DATABASE "
                          + Identifiers.quote(copy)
                          + " OWNER TO "
                          + Identifiers.quote(row.text(0))));
    }

    private void repeatRights() {
      List<Row> rights =
          control()
              .query(
                  "SELECT a.privilege_type, CASE a.grantee WHEN 0 THEN 'PUBLIC'"
                      + " ELSE quote_ident(pg_get_userbyid(a.grantee)) END, a.is_grantable"
                      + " FROM pg_database d CROSS JOIN LATERAL aclexplode(d.datacl) a"
                      + " WHERE d.datname = "
                      + Identifiers.literal(source));
      boolean byDefault =
          !control()
              .query(
                  "SELECT FROM pg_database WHERE datacl IS NULL AND datname = "
                      + Identifiers.literal(source))
              .isEmpty();
      if (byDefault) {
        return;
      }
      String onCopy = " ON DATABASE " + Identifiers.quote(copy);
      attempt("REVOKE ALL" + onCopy + " FROM PUBLIC");
      rights.forEach(
          row ->
              attempt(
                  "GRANT "
                      + row.text(0)
                      + onCopy
                      + " TO "
                      + row.text(1)
                      + (row.isTrue(2) ? " WITH GRANT OPTION" : "")));
    }

    private void repeatSettings() {
      control()
          .query(
              "SELECT unnest(s.setconfig), CASE WHEN s.setrole <> 0"
                  + " THEN quote_ident(pg_get_userbyid(s.setrole)) END FROM pg_db_role_setting s"
                  + " JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname = "
                  + Identifiers.literal(source))
          .forEach(row -> repeatSetting(row.text(0), row.optional(1)));
    }

    private void repeatSetting(String entry, Optional<String> role) {
      String name = entry.substring(0, entry.indexOf('='));
      String value = entry.substring(entry.indexOf('=') + 1);
      String alter =
          role.map(r -> "ALTER ROLE " + r + " IN DATABASE ").orElse("ALTER DATABASE ")
              + Identifiers.quote(copy);
      String command = assignment(alter, name, Optional.of(value));
      if (role.isEmpty()) {
        attempt(command);
      } else {
        // Of another role only if we may: nobody but us logs in there, and what the migration role
        // would find set is set by hand.
        Databases.attempt(control(), command);
      }
    }

    private void attempt(String command) {
      Databases.attempt(control(), command)
          .ifPresent(
              why -> notes.add("the copy differs from " + source + ": " + command + ": " + why));
    }
  }
}
