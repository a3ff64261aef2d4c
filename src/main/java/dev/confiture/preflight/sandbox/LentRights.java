package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lends the migration role, for one file, the rights that production's role may have and a schema
 * does not tell: membership in every other role of the schema, CREATEROLE, CREATEDB and BYPASSRLS.
 * It never becomes a superuser.
 *
 * <p>The role itself gets them. A second role that hands over what it made would be told apart: by
 * default privileges, by {@code CURRENT_USER} and by {@code "$user"}.
 *
 * @param control a session of the engine
 * @param role the migration role
 * @param others the roles that it may become a member of
 * @param createRole true if CREATEROLE may be lent: before 16 a role that has it can become any
 *     other but a superuser
 */
record LentRights(Session control, String role, Collection<String> others, boolean createRole) {

  /** The first version in which a membership has options, and a grant depends on its grantor's. */
  private static final int FIRST_WITH_OPTIONS = 16;

  private static final List<String> ATTRIBUTES = List.of("CREATEROLE", "CREATEDB", "BYPASSRLS");

  /** The transaction around all files may hold a role's row. */
  private static final String PATIENCE = "SET lock_timeout = '2s'";

  /**
   * Takes the rights back.
   *
   * @param role its number: a file may have renamed it
   * @param taken the attributes that it did not have
   * @param memberships those that it has got
   */
  record Loan(Session control, String role, List<String> taken, List<Membership> memberships) {

    /** Takes them back; what the file granted by them stays granted. */
    void end() {
      Optional<String> name =
          control.query("SELECT rolname FROM pg_roles WHERE oid = " + role).stream()
              .map(row -> Identifiers.quote(row.text(0)))
              .findFirst();
      if (name.isEmpty()) {
        return;
      }
      control.run(PATIENCE);
      try {
        List<String> granted = new ArrayList<>();
        for (Membership membership : memberships) {
          granted.addAll(membership.grantsBy(control, role));
          Databases.attempt(control, membership.end(name.get()));
        }
        granted.forEach(grant -> Databases.attempt(control, grant));
        taken.forEach(
            attribute ->
                Databases.attempt(control, "ALTER ROLE " + name.get() + " NO" + attribute));
      } finally {
        control.run("RESET lock_timeout");
      }
    }
  }

  /**
   * A membership that was lent.
   *
   * @param group the other role
   * @param before the options that it had, of this grantor; empty where it had none of it
   */
  record Membership(String group, Optional<String> before) {

    /** Returns the command that puts it back. */
    String end(String member) {
      String name = Identifiers.quote(group);
      return before
          .map(options -> "GRANT " + name + " TO " + member + options)
          .orElse("REVOKE " + name + " FROM " + member + " CASCADE");
    }

    /**
     * Returns the commands that repeat what the role granted by it, which go with it from 16 on.
     */
    List<String> grantsBy(Session control, String role) {
      if (control.serverVersion().major() < FIRST_WITH_OPTIONS) {
        return List.of();
      }
      return control
          .query(
              "SELECT quote_ident(m.rolname), "
                  + OPTIONS
                  + " FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid"
                  + " JOIN pg_roles m ON m.oid = a.member WHERE a.grantor = "
                  + role
                  + " AND a.member <> "
                  + role
                  + " AND g.rolname = "
                  + Identifiers.literal(group))
          .stream()
          .map(row -> "GRANT " + Identifiers.quote(group) + " TO " + row.text(0) + row.text(1))
          .toList();
    }
  }

  private static final String OPTIONS =
      "format(' WITH ADMIN %s, INHERIT %s, SET %s', a.admin_option::text,"
          + " a.inherit_option::text, a.set_option::text)";

  /** Lends what can be lent; empty where that is nothing. */
  Optional<Loan> lend() {
    Optional<Row> before =
        control
            .query(
                "SELECT oid, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles"
                    + " WHERE rolname = "
                    + Identifiers.literal(role))
            .stream()
            .findFirst();
    if (before.isEmpty()) {
      return Optional.empty();
    }
    control.run(PATIENCE);
    try {
      List<String> taken = new ArrayList<>();
      for (int i = 0; i < ATTRIBUTES.size(); i++) {
        String attribute = ATTRIBUTES.get(i);
        if (!before.get().isTrue(i + 1)
            && (createRole || !attribute.equals("CREATEROLE"))
            && does("ALTER ROLE " + Identifiers.quote(role) + " " + attribute)) {
          taken.add(attribute);
        }
      }
      List<Membership> memberships = new ArrayList<>();
      for (Membership membership : missing()) {
        if (does(
            "GRANT "
                + Identifiers.quote(membership.group())
                + " TO "
                + Identifiers.quote(role)
                + (hasOptions()
                    ? " WITH ADMIN TRUE, INHERIT TRUE, SET TRUE"
                    : " WITH ADMIN OPTION"))) {
          memberships.add(membership);
        }
      }
      return taken.isEmpty() && memberships.isEmpty()
          ? Optional.empty()
          : Optional.of(new Loan(control, before.get().text(0), taken, memberships));
    } catch (SessionException refused) {
      return Optional.empty();
    } finally {
      control.run("RESET lock_timeout");
    }
  }

  private boolean does(String command) {
    return Databases.attempt(control, command).isEmpty();
  }

  private boolean hasOptions() {
    return control.serverVersion().major() >= FIRST_WITH_OPTIONS;
  }

  /**
   * Returns what the role is not a member of, or not in full; but for what would go in a circle.
   */
  private List<Membership> missing() {
    if (others.isEmpty()) {
      return List.of();
    }
    String full = hasOptions() ? " AND a.admin_option AND a.inherit_option AND a.set_option" : "";
    return control
        .query(
            "SELECT g.rolname"
                + (hasOptions()
                    ? ", CASE WHEN a.roleid IS NOT NULL THEN " + OPTIONS + " END"
                    : ", NULL")
                + " FROM pg_roles g JOIN pg_roles m ON m.rolname = "
                + Identifiers.literal(role)
                + " LEFT JOIN pg_auth_members a ON a.roleid = g.oid AND a.member = m.oid"
                + (hasOptions()
                    ? " AND a.grantor = (SELECT CASE WHEN rolsuper THEN 10 ELSE oid END FROM pg_roles WHERE rolname = current_user)"
                    : "")
                + " WHERE NOT g.rolsuper AND g.oid <> m.oid"
                + " AND NOT pg_has_role(g.oid, m.oid, 'MEMBER')"
                + " AND NOT (a.roleid IS NOT NULL"
                + full
                + ") AND g.rolname IN ("
                + others.stream().map(Identifiers::literal).collect(Collectors.joining(", "))
                + ") ORDER BY 1")
        .stream()
        .map(row -> new Membership(row.text(0), row.optional(1)))
        .toList();
  }
}
