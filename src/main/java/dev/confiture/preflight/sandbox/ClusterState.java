package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a database shares with its cluster and a migration may change: it outlives the clone.
 *
 * @param roles the roles, each with its attributes
 * @param memberships {@code role, member}
 * @param settings {@code role, database, name} (role and database empty for all), each with its
 *     value
 * @param others tablespaces, replication slots and prepared transactions, as a report names them
 */
record ClusterState(
    Map<String, String> roles,
    Set<Membership> memberships,
    Map<Setting, String> settings,
    Set<String> others) {

  /** One role in another. */
  record Membership(String role, String member) {
    @Override
    public String toString() {
      return "membership of " + member + " in " + role;
    }
  }

  /** One setting of a role, a database, or both; empty names mean all. */
  record Setting(String role, String database, String name) {
    @Override
    public String toString() {
      return "setting "
          + name
          + (role.isEmpty() ? "" : " of role " + role)
          + (database.isEmpty() ? "" : " in database " + database);
    }
  }

  /** Asks the catalog, leaving out the run's own databases. */
  static ClusterState of(Session control, RunName run) {
    Map<String, String> roles = new LinkedHashMap<>();
    control
        .query(
            "SELECT rolname, concat_ws(',', rolsuper, rolinherit, rolcreaterole, rolcreatedb,"
                + " rolcanlogin, rolreplication, rolconnlimit, rolvaliduntil, rolbypassrls)"
                + " FROM pg_roles ORDER BY rolname")
        .forEach(row -> roles.put(row.text(0), row.text(1)));
    Set<Membership> memberships = new LinkedHashSet<>();
    control
        .query(
            "SELECT g.rolname, m.rolname FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid"
                + " JOIN pg_roles m ON m.oid = a.member ORDER BY 1, 2")
        .forEach(row -> memberships.add(new Membership(row.text(0), row.text(1))));
    Map<Setting, String> settings = new LinkedHashMap<>();
    control
        .query(
            "SELECT r.rolname, d.datname, split_part(c, '=', 1), substr(c, strpos(c, '=') + 1)"
                + " FROM pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) c"
                + " LEFT JOIN pg_roles r ON r.oid = s.setrole"
                + " LEFT JOIN pg_database d ON d.oid = s.setdatabase"
                + " WHERE d.datname IS NULL OR NOT starts_with(d.datname, "
                + Identifiers.literal(run.text())
                + ") ORDER BY 1, 2, 3")
        .forEach(
            row -> settings.put(new Setting(row.text(0), row.text(1), row.text(2)), row.text(3)));
    Set<String> others = new LinkedHashSet<>();
    control
        .query(
            "SELECT 'tablespace ' || spcname FROM pg_tablespace"
                + " UNION ALL SELECT 'replication slot ' || slot_name FROM pg_replication_slots"
                + " UNION ALL SELECT 'prepared transaction ' || gid FROM pg_prepared_xacts")
        .forEach(row -> others.add(row.text(0)));
    return new ClusterState(roles, memberships, settings, others);
  }

  /**
   * Brings the cluster back to this state, as far as the run itself changed it.
   *
   * <p>On a server that others use too, what differs may be theirs. Roles of the run that came are
   * dropped where nothing uses them; memberships and settings are put back where they concern the
   * role that migrated; everything else is only named.
   *
   * @param ours the roles that the run may have made
   * @param actor the role that migrated
   * @return what stays
   */
  List<String> restore(Session control, RunName run, Set<String> ours, Optional<String> actor) {
    List<String> stays = new ArrayList<>();
    dropNewRoles(control, run, ours, stays);
    ClusterState now = of(control, run);
    now.memberships.stream()
        .filter(made -> !memberships.contains(made) && known(made.role()) && known(made.member()))
        .forEach(
            made ->
                putBack(
                    control,
                    actor.filter(a -> a.equals(made.role()) || a.equals(made.member())),
                    "REVOKE "
                        + Identifiers.quote(made.role())
                        + " FROM "
                        + Identifiers.quote(made.member()),
                    made + " is new",
                    stays));
    memberships.stream()
        .filter(had -> !now.memberships.contains(had))
        .forEach(lost -> stays.add(lost + " is gone"));
    now.settings.forEach(
        (setting, value) -> {
          if (!value.equals(settings.get(setting)) && known(setting.role())) {
            putBack(
                control,
                actor.filter(setting.role()::equals),
                alter(setting, Optional.ofNullable(settings.get(setting))),
                setting + " differs",
                stays);
          }
        });
    settings.forEach(
        (setting, value) -> {
          if (!now.settings.containsKey(setting) && now.roles.containsKey(setting.role())) {
            putBack(
                control,
                actor.filter(setting.role()::equals),
                alter(setting, Optional.of(value)),
                setting + " is gone",
                stays);
          }
        });
    roles.forEach(
        (role, attributes) -> {
          if (!attributes.equals(now.roles.getOrDefault(role, ""))) {
            stays.add("role " + role + " has other attributes, or is gone");
          }
        });
    now.others.stream().filter(o -> !others.contains(o)).forEach(o -> stays.add(o + " is new"));
    others.stream().filter(o -> !now.others.contains(o)).forEach(o -> stays.add(o + " is gone"));
    return List.copyOf(stays);
  }

  private boolean known(String role) {
    return role.isEmpty() || roles.containsKey(role);
  }

  private void dropNewRoles(Session control, RunName run, Set<String> ours, List<String> stays) {
    List<String> made =
        control.query("SELECT rolname FROM pg_roles ORDER BY rolname").stream()
            .map(row -> row.text(0))
            .filter(role -> !roles.containsKey(role))
            .toList();
    if (made.isEmpty()) {
      return;
    }
    // A role may as well be another run's, about to be used there.
    boolean alone =
        control
            .query(
                "SELECT FROM pg_stat_activity WHERE application_name ~ "
                    + Identifiers.literal(RunName.RUN_PATTERN)
                    + " AND application_name <> "
                    + Identifiers.literal(run.text()))
            .isEmpty();
    for (String role : made) {
      boolean owner = role.equals(run.owner());
      if (!owner && !ours.contains(role)) {
        stays.add("role " + role + " came meanwhile, is not of this run, and was left");
      } else if (!owner && !alone) {
        stays.add("role " + role + " stays: another run is going on, which may have made it");
      } else {
        dropRole(control, role).ifPresent(stays::add);
      }
    }
  }

  private static Optional<String> dropRole(Session control, String role) {
    String name = Identifiers.quote(role);
    try {
      try {
        control.run("DROP ROLE IF EXISTS " + name);
      } catch (SessionException used) {
        boolean onlyRights =
            control
                .query(
                    "SELECT FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass"
                        + " AND refobjid = "
                        + Identifiers.literal(name)
                        + "::regrole AND (dbid <> 0 OR deptype = 'o')")
                .isEmpty();
        if (!used.is(SqlState.DEPENDENT_OBJECTS_STILL_EXIST) || !onlyRights) {
          throw used;
        }
        // Rights on tablespaces and settings go; there is nothing else that it could take.
        control.run("DROP OWNED BY " + name);
        control.run("DROP ROLE " + name);
      }
      return Optional.empty();
    } catch (SessionException refused) {
      return Optional.of("role " + role + " stays: " + refused.text());
    }
  }

  private static String alter(Setting setting, Optional<String> value) {
    String subject =
        "ALTER ROLE "
            + Identifiers.quote(setting.role())
            + (setting.database().isEmpty()
                ? ""
                : " IN DATABASE " + Identifiers.quote(setting.database()));
    return DatabaseCopy.assignment(subject, setting.name(), value);
  }

  private static void putBack(
      Session control,
      Optional<String> ours,
      String command,
      String difference,
      List<String> stays) {
    if (ours.isEmpty()) {
      stays.add(difference + ": made by this run or by somebody else, and left");
      return;
    }
    Databases.attempt(control, command).ifPresent(why -> stays.add(difference + ": " + why));
  }
}
