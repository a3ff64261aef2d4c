package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the databases of an external server share: a migration may change it, and it
 * outlives the clone.
 *
 * <p>Databases with name, owner, rights and comment; roles with attributes, comment, memberships
 * and, where a superuser asks, passwords; their settings; and the names of tablespaces, replication
 * slots and prepared transactions. Not the run's own databases, nor those of other runs.
 */
final class ClusterState {

  private final Map<String, Database> databases = new LinkedHashMap<>();
  private final Map<String, String> roles = new LinkedHashMap<>();
  private final Map<String, Optional<String>> passwords = new LinkedHashMap<>();
  private final Map<String, String> comments = new LinkedHashMap<>();
  private final Set<Membership> memberships = new LinkedHashSet<>();
  private final Map<Setting, String> settings = new LinkedHashMap<>();
  private final Set<String> others = new LinkedHashSet<>();

  private ClusterState() {}

  /** Describes a database; its number is the key. */
  private record Database(String name, String owner, String rights, String comment) {}

  /** Names the membership of a role in another. */
  private record Membership(String role, String member) {
    @Override
    public String toString() {
      return "membership of " + member + " in " + role;
    }
  }

  /** Names a setting of a role, a database, or both; empty names mean all. */
  private record Setting(String role, String database, String name) {
    @Override
    public String toString() {
      return "setting "
          + name
          + (role.isEmpty() ? "" : " of role " + role)
          + (database.isEmpty() ? "" : " in database " + database);
    }
  }

  /**
   * Lists what differs from an earlier state, a sentence each.
   *
   * @param left what the run made and could not remove, and what may be somebody else's
   * @param changed what was there before and a migration could change, and is not as it was
   */
  record Difference(List<String> left, List<String> changed) {
    Difference {
      left = List.copyOf(left);
      changed = List.copyOf(changed);
    }
  }

  /** Reads the catalog. */
  static ClusterState of(Session control) {
    ClusterState state = new ClusterState();
    control
        .query(
            "SELECT oid, datname, pg_get_userbyid(datdba), datacl::text,"
                + " shobj_description(oid, 'pg_database') FROM pg_database WHERE datname !~ "
                + Identifiers.literal(RunName.DATABASE_PATTERN)
                // The name alone any migration can give that makes a database.
                + " OR NOT starts_with(coalesce(shobj_description(oid, 'pg_database'), ''), "
                + Identifiers.literal(RunName.MARK)
                + ") ORDER BY datname")
        .forEach(
            row ->
                state.databases.put(
                    row.text(0),
                    new Database(
                        row.text(1),
                        row.text(2),
                        row.optional(3).orElse(""),
                        row.optional(4).orElse(""))));
    control
        .query(
            "SELECT rolname, concat_ws(',', rolsuper, rolinherit, rolcreaterole, rolcreatedb,"
                + " rolcanlogin, rolreplication, rolconnlimit, rolvaliduntil, rolbypassrls)"
                + " FROM pg_roles ORDER BY rolname")
        .forEach(row -> state.roles.put(row.text(0), row.text(1)));
    control
        .query("SELECT rolname, shobj_description(oid, 'pg_authid') FROM pg_roles")
        .forEach(row -> state.comments.put(row.text(0), row.optional(1).orElse("")));
    readPasswords(control, state.passwords);
    control
        .query(
            "SELECT g.rolname, m.rolname FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid"
                + " JOIN pg_roles m ON m.oid = a.member ORDER BY 1, 2")
        .forEach(row -> state.memberships.add(new Membership(row.text(0), row.text(1))));
    control
        .query(
            "SELECT coalesce(r.rolname, ''), coalesce(d.datname, ''), split_part(c, '=', 1),"
                + " substr(c, strpos(c, '=') + 1)"
                + " FROM pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) c"
                + " LEFT JOIN pg_roles r ON r.oid = s.setrole"
                + " LEFT JOIN pg_database d ON d.oid = s.setdatabase"
                + " WHERE d.datname IS NULL OR d.datname !~ "
                + Identifiers.literal(RunName.DATABASE_PATTERN)
                + " ORDER BY 1, 2, 3")
        .forEach(
            row ->
                state.settings.put(
                    new Setting(row.text(0), row.text(1), row.text(2)), row.text(3)));
    control
        .query(
            "SELECT 'tablespace ' || spcname FROM pg_tablespace"
                + " UNION ALL SELECT 'replication slot ' || slot_name FROM pg_replication_slots"
                + " UNION ALL SELECT 'prepared transaction ' || gid FROM pg_prepared_xacts")
        .forEach(row -> state.others.add(row.text(0)));
    return state;
  }

  private static void readPasswords(Session control, Map<String, Optional<String>> passwords) {
    if (control.query("SELECT has_table_privilege('pg_authid', 'SELECT')").getFirst().isTrue(0)) {
      control
          .query("SELECT rolname, rolpassword FROM pg_authid")
          .forEach(row -> passwords.put(row.text(0), row.optional(1)));
    }
  }

  /** Returns true if the server has this role. */
  boolean hasRole(String role) {
    return roles.containsKey(role);
  }

  /**
   * Brings the cluster back to this state, as far as the run itself changed it.
   *
   * <p>On a server that others use too, what differs may be theirs. Roles of the run that came are
   * dropped where nothing uses them, with the databases that they made; memberships, settings and
   * the password are put back where they are of the role that migrated; everything else is only
   * named.
   *
   * @param ours the roles that the run has made, or may have made
   * @param actors the role that migrated, and the user that its sessions could go back to
   */
  Difference restore(Server server, Set<String> ours, Set<String> actors) {
    Restoring restoring = new Restoring(server, ours, actors);
    restoring.dropDatabases();
    restoring.dropRoles();
    restoring.compare(of(server.control()));
    return new Difference(restoring.left, restoring.changed);
  }

  /** Compares once, and puts back what it can. */
  private final class Restoring {

    private final Session control;
    private final Server server;
    private final Set<String> ours;
    private final Set<String> actors;
    private final Set<String> canBe = new HashSet<>();
    private final boolean administersRoles;
    private final boolean alone;
    private final List<String> left = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();

    Restoring(Server server, Set<String> ours, Set<String> actors) {
      this.control = server.control();
      this.server = server;
      this.ours = ours;
      this.actors = actors;
      boolean administers = false;
      for (String actor : actors) {
        List<Row> memberships =
            control.query(
                "SELECT m.rolname, a.rolsuper OR a.rolcreaterole FROM pg_roles a, pg_roles m"
                    + " WHERE a.rolname = "
                    + Identifiers.literal(actor)
                    + " AND pg_has_role(a.oid, m.oid, 'MEMBER')");
        memberships.forEach(row -> canBe.add(row.text(0)));
        administers = administers || memberships.stream().anyMatch(row -> row.isTrue(1));
      }
      this.administersRoles = administers;
      // What differs may as well be another run's doing.
      this.alone =
          control
              .query(
                  "SELECT FROM pg_stat_activity WHERE application_name ~ "
                      + Identifiers.literal(RunName.RUN_PATTERN)
                      + " AND application_name <> "
                      + Identifiers.literal(server.run().text()))
              .isEmpty();
    }

    /** Names a difference: a change where a migration could have made it, and no other run. */
    private void name(boolean possible, String difference) {
      (possible && alone ? changed : left).add(difference);
    }

    /** Drops the databases of roles that the run has made: nobody else can have made them. */
    void dropDatabases() {
      for (Row row :
          control.query(
              "SELECT datname, pg_get_userbyid(datdba), oid FROM pg_database WHERE datname !~ "
                  + Identifiers.literal(RunName.DATABASE_PATTERN))) {
        if (isOfTheRun(row.text(1)) && !databases.containsKey(row.text(2))) {
          try {
            Databases.drop(server, row.text(0));
          } catch (SessionException refused) {
            left.add("database " + row.text(0) + " stays: " + refused.text());
          }
        }
      }
    }

    private boolean isOfTheRun(String role) {
      return ours.contains(role) || isNamedByTheRun(role);
    }

    private boolean isNamedByTheRun(String role) {
      return List.of(server.run().owner(), server.run().login(), server.run().restorer())
          .contains(role);
    }

    void dropRoles() {
      List<String> made =
          control.query("SELECT rolname FROM pg_roles ORDER BY rolname").stream()
              .map(row -> row.text(0))
              .filter(role -> !hasRole(role))
              .toList();
      for (String role : made) {
        if (!isOfTheRun(role)) {
          left.add("role " + role + " came meanwhile, is not of this run, and was left");
        } else if (!isNamedByTheRun(role) && !alone) {
          left.add("role " + role + " stays: another run is going on, which may have made it");
        } else {
          drop(role).ifPresent(left::add);
        }
      }
    }

    private Optional<String> drop(String role) {
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

    void compare(ClusterState now) {
      compareDatabases(now);
      compareRoles(now);
      compareComments(now);
      comparePasswords(now);
      compareMemberships(now);
      compareSettings(now);
      now.others.stream().filter(o -> !others.contains(o)).forEach(o -> left.add(o + " is new"));
      others.stream().filter(o -> !now.others.contains(o)).forEach(o -> left.add(o + " is gone"));
    }

    /** Names what the role that migrated could do; somebody else did the rest. */
    private void compareDatabases(ClusterState now) {
      databases.forEach(
          (number, was) -> {
            Database is = now.databases.get(number);
            if (!was.equals(is) && canBe.contains(was.owner())) {
              changed.add("database " + was.name() + " " + difference(was, is));
            }
          });
      now.databases.forEach(
          (number, is) -> {
            if (!databases.containsKey(number) && canBe.contains(is.owner())) {
              changed.add("database " + is.name() + " is new");
            }
          });
    }

    private String difference(Database was, @Nullable Database is) {
      if (is == null) {
        return "is gone";
      }
      if (!was.name().equals(is.name())) {
        return "is named " + is.name();
      }
      if (!was.owner().equals(is.owner())) {
        return "belongs to " + is.owner();
      }
      return was.rights().equals(is.rights()) ? "has another comment" : "has other rights";
    }

    private void compareRoles(ClusterState now) {
      roles.forEach(
          (role, attributes) -> {
            if (!attributes.equals(now.roles.getOrDefault(role, ""))) {
              name(administersRoles, "role " + role + " has other attributes, or is gone");
            }
          });
    }

    /**
     * Puts comments back, whoever changed them: one may be the mark by which a run's role is known.
     */
    private void compareComments(ClusterState now) {
      comments.forEach(
          (role, was) -> {
            if (!was.equals(now.comments.getOrDefault(role, was))) {
              putBack(
                  administersRoles,
                  administersRoles,
                  "COMMENT ON ROLE "
                      + Identifiers.quote(role)
                      + " IS "
                      + (was.isEmpty() ? "NULL" : Identifiers.literal(was)),
                  "comment on role " + role + " differs");
            }
          });
    }

    private void comparePasswords(ClusterState now) {
      passwords.forEach(
          (role, was) -> {
            Optional<String> is = now.passwords.getOrDefault(role, was);
            if (is.equals(was)) {
              return;
            }
            putBack(
                actors.contains(role),
                administersRoles,
                "ALTER ROLE "
                    + Identifiers.quote(role)
                    + " PASSWORD "
                    + was.map(Identifiers::literal).orElse("NULL"),
                "password of role " + role + " differs");
          });
    }

    private void compareMemberships(ClusterState now) {
      now.memberships.stream()
          .filter(
              made -> !memberships.contains(made) && hasRole(made.role()) && hasRole(made.member()))
          .forEach(
              made ->
                  putBack(
                      actors.contains(made.role()) || actors.contains(made.member()),
                      administersRoles || canBe.contains(made.role()),
                      "REVOKE "
                          + Identifiers.quote(made.role())
                          + " FROM "
                          + Identifiers.quote(made.member()),
                      made + " is new"));
      memberships.stream()
          .filter(had -> !now.memberships.contains(had))
          .forEach(
              lost -> name(administersRoles || canBe.contains(lost.role()), lost + " is gone"));
    }

    private void compareSettings(ClusterState now) {
      now.settings.forEach(
          (setting, value) -> {
            if (!value.equals(settings.get(setting)) && known(setting.role())) {
              putBack(
                  actors.contains(setting.role()),
                  isInReach(setting),
                  alter(setting, Optional.ofNullable(settings.get(setting))),
                  setting + " differs");
            }
          });
      settings.forEach(
          (setting, value) -> {
            if (!now.settings.containsKey(setting)
                && (setting.role().isEmpty() || now.roles.containsKey(setting.role()))) {
              putBack(
                  actors.contains(setting.role()),
                  isInReach(setting),
                  alter(setting, Optional.of(value)),
                  setting + " is gone");
            }
          });
    }

    private boolean known(String role) {
      return role.isEmpty() || hasRole(role);
    }

    private String alter(Setting setting, Optional<String> value) {
      String subject =
          "ALTER ROLE "
              + Identifiers.quote(setting.role())
              + (setting.database().isEmpty()
                  ? ""
                  : " IN DATABASE " + Identifiers.quote(setting.database()));
      return Databases.assignment(subject, setting.name(), value);
    }

    /** Returns true if the role that migrated could have made the setting. */
    private boolean isInReach(Setting setting) {
      return administersRoles
          || databases.values().stream()
              .anyMatch(
                  database ->
                      setting.role().isEmpty()
                          && database.name().equals(setting.database())
                          && canBe.contains(database.owner()));
    }

    private void putBack(boolean ofActor, boolean possible, String command, String difference) {
      if (!ofActor) {
        name(possible, difference + ": made by this run or by somebody else, and left");
        return;
      }
      Databases.attempt(control, command).ifPresent(why -> name(true, difference + ": " + why));
    }
  }
}
