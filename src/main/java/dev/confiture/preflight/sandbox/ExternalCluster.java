package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Leaves an external server as it was found, and says what is not as it was.
 *
 * <p>Used under the lock of its {@link Sandbox} only.
 */
final class ExternalCluster {

  private static final int AN_HOUR = 3600;

  private final Server server;
  private final ClusterState before;
  private final Set<String> ours = new HashSet<>();
  private final List<String> remains = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();
  private Optional<ClusterState> prepared = Optional.empty();
  private Optional<Session> locks = Optional.empty();

  ExternalCluster(Server server) {
    this.server = server;
    dropLeftovers();
    this.before = ClusterState.of(server.control());
  }

  /**
   * Drops what earlier runs could not: databases, then roles, that bear the mark of a run that
   * began more than an hour ago and has no session.
   */
  private void dropLeftovers() {
    // An owner of another database can give it the mark, but not the name while it is locked.
    for (Row row :
        leftovers(
            "datname",
            "pg_database",
            " AND pg_has_role(datdba, 'MEMBER') AND datname ~ "
                + Identifiers.literal(RunName.DATABASE_PATTERN))) {
      try {
        Databases.drop(server, row.text(0));
      } catch (SessionException stays) {
        // Another run may be dropping it just now; the next one tries again.
      }
    }
    // A role that somebody uses by now is not dropped.
    for (Row row : leftovers("rolname", "pg_roles", " AND NOT rolsuper")) {
      Databases.attempt(server.control(), "DROP ROLE " + Identifiers.quote(row.text(0)));
    }
  }

  private List<Row> leftovers(String name, String catalog, String condition) {
    String run = "substr(mark, " + (RunName.MARK.length() + 1) + ")";
    return server
        .control()
        .query(
            "SELECT name FROM (SELECT "
                + name
                + " AS name, shobj_description(oid, "
                + (catalog.equals("pg_roles") ? "'pg_authid'" : "'pg_database'")
                + ") AS mark FROM "
                + catalog
                + " WHERE true"
                + condition
                + ") AS marked WHERE CASE WHEN starts_with(mark, "
                + Identifiers.literal(RunName.MARK)
                + ") AND "
                + run
                + " ~ "
                + Identifiers.literal(RunName.RUN_PATTERN)
                + (catalog.equals("pg_database") ? " AND starts_with(name, " + run + ")" : "")
                + " THEN split_part("
                + run
                + ", '_', 2)::bigint < extract(epoch FROM now()) - "
                + AN_HOUR
                + " AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = "
                + run
                + ") ELSE false END");
  }

  /** Returns true if the server had this role before the run. */
  boolean had(String role) {
    return before.hasRole(role);
  }

  /** Returns true for a role that this run may make, and that was not there before. */
  boolean isOurs(String role) {
    return ours.contains(role) && !had(role);
  }

  /**
   * Finds roles that a role of the run's own has made, the one that migrates or the one that
   * restores: from 16 on whoever makes a role administers it, however its name was put together.
   */
  void knowRolesOf(String role) {
    if (!had(role)) {
      server
          .control()
          .query(
              "SELECT g.rolname FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid"
                  + " JOIN pg_roles m ON m.oid = a.member WHERE a.admin_option AND m.rolname = "
                  + Identifiers.literal(role))
          .forEach(row -> ours.add(row.text(0)));
    }
  }

  /**
   * Gives the functions that run as their owner to the migration role, where a schema gave them to
   * a role that was here before: what they would do in its name is no doing of the migration
   * role's.
   */
  void takeDefinersFromOthers(Session superuser, String role) {
    for (Row row :
        superuser.query(
            "SELECT p.oid::regprocedure::text, pg_get_userbyid(p.proowner) FROM pg_proc p"
                + " WHERE p.prosecdef AND p.oid >= '16384'::oid AND NOT EXISTS (SELECT"
                + " FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid"
                + " AND d.deptype = 'e')")) {
      if (had(row.text(1)) && !row.text(1).equals(role)) {
        superuser.run("ALTER ROUTINE " + row.text(0) + " OWNER TO " + Identifiers.quote(role));
      }
    }
  }

  private Set<String> made() {
    return ours.stream().filter(this::isOurs).collect(Collectors.toSet());
  }

  /** Tells of roles that this run may make: {@link Sandbox#mayMake}. */
  void mayMake(Collection<String> roles) {
    ours.addAll(roles);
  }

  /** Remembers the state that a second run is to find, too. */
  void remember() {
    prepared = Optional.of(ClusterState.of(server.control()));
  }

  /** Puts back for a second run what the first one changed, as far as that can be done. */
  void putBack(RoleLogin login) {
    knowRolesOf(login.role().name());
    // What cannot be put back stays for the second run to meet, and is named at the end.
    prepared.ifPresent(state -> state.restore(server, made(), actors(login)));
    login.enable(server);
  }

  /**
   * Keeps migrations from dropping or renaming databases: the role that migrates may own them.
   *
   * <p>A transaction of the engine holds the weakest lock on each. DROP and RENAME then wait for
   * the lock timeout; connections, and copies that others make, do not wait.
   */
  void lockDatabases(RoleLogin login) {
    if (locks.isPresent()) {
      return;
    }
    List<String> databases =
        server
            .control()
            .query(
                "SELECT DISTINCT d.datname FROM pg_database d, pg_roles a WHERE a.rolname IN ("
                    + literals(actors(login))
                    + ") AND CASE WHEN a.rolsuper THEN d.datname = "
                    + Identifiers.literal(server.target().database())
                    + " ELSE pg_has_role(a.oid, d.datdba, 'MEMBER') END AND d.datname !~ "
                    + Identifiers.literal(RunName.DATABASE_PATTERN))
            .stream()
            .map(row -> row.text(0))
            .toList();
    if (databases.isEmpty()) {
      return;
    }
    Session holder = server.openControl(server.controlDatabase());
    try {
      holder.run("SET idle_in_transaction_session_timeout = 0");
      holder.run("BEGIN");
      holder.query(
          "SELECT pg_get_object_address('database', ARRAY[datname::text], '{}') FROM pg_database"
              + " WHERE datname IN ("
              + literals(databases)
              + ")");
      locks = Optional.of(holder);
    } catch (SessionException goneMeanwhile) {
      // The comparison at the end tells what became of them.
      holder.close();
    }
  }

  /** Ends these locks. */
  void unlockDatabases() {
    locks.ifPresent(Session::close);
  }

  private static String literals(Collection<String> texts) {
    return texts.stream().map(Identifiers::literal).collect(Collectors.joining(", "));
  }

  /** Returns the roles that a session of a migration may have. */
  private Set<String> actors(RoleLogin login) {
    return login.credentials().isEmpty()
        ? Set.copyOf(List.of(login.role().name(), server.user()))
        : Set.of(login.role().name());
  }

  /**
   * Removes what the run made, and compares what is there with what was.
   *
   * @param login that migrations had; empty where none was prepared
   */
  void cleanUp(Optional<RoleLogin> login) {
    try {
      drop(server.run().cloneDatabase());
      drop(server.run().template());
      login.map(of -> of.role().name()).ifPresent(this::knowRolesOf);
      Set<String> actors = login.map(this::actors).orElse(Set.of());
      ClusterState.Difference difference = before.restore(server, made(), actors);
      remains.addAll(difference.left());
      changes.addAll(difference.changed());
      if (actors.contains(server.user()) && !server.isSuperuser() && !logsInStill()) {
        changes.add("password of role " + server.user() + " differs: it cannot log in any more");
      }
    } catch (SessionException lost) {
      remains.add("cleaning up on " + server.description() + ": " + lost.text());
    }
  }

  private void drop(String database) {
    try {
      Databases.drop(server, database);
    } catch (SessionException refused) {
      remains.add("database " + database + " stays: " + refused.text());
    }
  }

  private boolean logsInStill() {
    try {
      Session.open(server.target().withDatabase(server.controlDatabase())).close();
      return true;
    } catch (SessionException refused) {
      return !MigratedDatabase.isRefusedLogin(refused);
    }
  }

  /** Returns all that is not as it was: what the run left, then {@link #changes}. */
  List<String> remains() {
    return Stream.concat(remains.stream(), changes.stream()).toList();
  }

  /** Returns what a migration could have changed and is not as it was. */
  List<String> changes() {
    return List.copyOf(changes);
  }
}
