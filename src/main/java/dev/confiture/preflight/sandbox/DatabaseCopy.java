package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.SandboxProblem;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A copy of a database made by {@code CREATE DATABASE … TEMPLATE}, with what that leaves out: the
 * owner, the rights on the database itself, and the settings of {@code ALTER DATABASE … SET}.
 */
final class DatabaseCopy {

  /** Lists of names, quoted one by one (guc.h, GUC_LIST_QUOTE). */
  private static final Set<String> NAME_LISTS = Set.of("search_path", "temp_tablespaces");

  private final Session control;
  private final String source;
  private final String copy;
  private final List<String> notes = new ArrayList<>();

  private DatabaseCopy(Session control, String source, String copy) {
    this.control = control;
    this.source = source;
    this.copy = copy;
  }

  /**
   * Makes the copy.
   *
   * @param control a session in another database
   * @return what could not be repeated on the copy
   * @throws SandboxProblem if the server does not make it
   */
  static List<String> make(Session control, String source, String copy) {
    DatabaseCopy making = new DatabaseCopy(control, source, copy);
    making.create();
    making.repeatOwner();
    making.repeatRights();
    making.repeatSettings();
    return List.copyOf(making.notes);
  }

  /** Why no database can be made: names the right that is missing. */
  static SandboxProblem refused(Session control, String doing, SessionException refused) {
    String user = currentUser(control);
    if (refused.is(SqlState.INSUFFICIENT_PRIVILEGE) && !mayCreate(control)) {
      return new SandboxProblem(
          doing + ": the user " + user + " lacks CREATEDB",
          "run ALTER ROLE "
              + Identifiers.quote(user)
              + " CREATEDB as an administrator, name another user in the URL, or leave out"
              + " --against for the embedded server",
          refused);
    }
    return new SandboxProblem(doing + ": " + refused.text(), "", refused);
  }

  /** Whether the user may make databases at all. */
  static boolean mayCreate(Session control) {
    return !control
        .query("SELECT FROM pg_roles WHERE rolname = current_user AND (rolcreatedb OR rolsuper)")
        .isEmpty();
  }

  private void create() {
    String doing = "copying the database " + source;
    try {
      control.run(
          "CREATE DATABASE " + Identifiers.quote(copy) + " TEMPLATE " + Identifiers.quote(source));
    } catch (SessionException refused) {
      if (refused.is(SqlState.OBJECT_IN_USE)) {
        throw new SandboxProblem(
            doing + ": it cannot be copied while others are connected to it: " + sessionsOn(),
            "end these sessions, or name a database without any; a connection pooler keeps its own"
                + " open, so name the server itself",
            refused);
      }
      if (refused.is(SqlState.INSUFFICIENT_PRIVILEGE) && mayCreate(control)) {
        throw new SandboxProblem(
            doing
                + ": the user "
                + currentUser(control)
                + " may not copy it, since it is neither its owner nor a superuser",
            "connect as the database's owner, or mark it with ALTER DATABASE "
                + Identifiers.quote(source)
                + " IS_TEMPLATE true",
            refused);
      }
      throw refused(control, doing, refused);
    }
  }

  private String sessionsOn() {
    return control
        .query(
            "SELECT pid, usename, application_name, state FROM pg_stat_activity"
                + " WHERE datname = "
                + Identifiers.literal(source)
                + " ORDER BY pid")
        .stream()
        .map(DatabaseCopy::describe)
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
    control
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
        control.query(
            "SELECT a.privilege_type, CASE a.grantee WHEN 0 THEN 'PUBLIC'"
                + " ELSE quote_ident(pg_get_userbyid(a.grantee)) END, a.is_grantable"
                + " FROM pg_database d CROSS JOIN LATERAL aclexplode(d.datacl) a"
                + " WHERE d.datname = "
                + Identifiers.literal(source));
    boolean byDefault =
        !control
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
    control
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
      Databases.attempt(control, command);
    }
  }

  /**
   * The SQL that gives a role or database a setting as the catalog has it, or takes it away.
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

  private void attempt(String command) {
    Databases.attempt(control, command)
        .ifPresent(
            why -> notes.add("the copy differs from " + source + ": " + command + ": " + why));
  }

  private static String currentUser(Session control) {
    return control.query("SELECT current_user").getFirst().text(0);
  }
}
