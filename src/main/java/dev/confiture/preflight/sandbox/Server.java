package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.ConnectionString.HostAndPort;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reaches a server as its administrative user: of an external server the URL's user, of our own a
 * superuser that nobody else knows.
 *
 * <p>Knows what the sessions of the engine begin with. One of them, {@link #control}, lives as long
 * as the run, in a database that is neither copied nor migrated.
 */
final class Server implements AutoCloseable {

  /** Before it every copy is one of files. */
  private static final int FIRST_WITH_STRATEGY = 15;

  private static final String RECONNECT_SECONDS = "3";

  private final ConnectionString target;
  private final boolean ours;
  private final RunName run;
  private final Duration silence;
  private final ServerVersion version;
  private final String user;
  private final boolean superuser;
  private final MessageLanguage language;
  private volatile Session control;
  private volatile boolean aborted;
  private final List<Session> opened = new CopyOnWriteArrayList<>();
  private String controlDatabase;

  private Server(
      ConnectionString target,
      boolean ours,
      RunName run,
      Duration silence,
      Session control,
      String controlDatabase) {
    this.target = target;
    this.ours = ours;
    this.run = run;
    this.silence = silence;
    this.control = bounded(control);
    this.controlDatabase = controlDatabase;
    this.version = control.serverVersion();
    Row who =
        control
            .query("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user")
            .getFirst();
    this.user = who.text(0);
    this.superuser = who.isTrue(1);
    this.language = MessageLanguage.of(control, superuser);
  }

  /**
   * Connects to a server that we started, and that nobody else uses.
   *
   * @param administrator how its superuser reaches the database {@code postgres}
   * @throws SessionException if the server refuses
   */
  static Server ours(ConnectionString administrator) {
    return new Server(
        administrator,
        true,
        RunName.now(),
        // Nothing is between us.
        Duration.ZERO,
        Session.openForCatalog(administrator, Map.of()),
        administrator.database());
  }

  /**
   * Connects to a server of the user's.
   *
   * @param waiting for a server that is starting
   * @throws SandboxProblem if the server cannot be reached or refuses
   * @throws UsageProblem if the connection string holds what the driver cannot carry
   */
  static Server external(ConnectionString url, Waiting waiting) {
    RunName run = RunName.now();
    ConnectionString target = named(url, run);
    Server server;
    try {
      // As a whole: an image's own script may start its server once more in between.
      server = waiting.until(() -> opened(target, run, waiting.silence()));
    } catch (IllegalArgumentException unsupported) {
      throw new UsageProblem(
          "connecting to " + target.redacted() + ": " + unsupported.getMessage(), "", unsupported);
    } catch (SessionException refused) {
      throw new SandboxProblem(
          "connecting to " + target.redacted() + ": " + refused.text(),
          refused.connectionHint(SessionException.Peer.SANDBOX),
          refused);
    }
    return server;
  }

  private static Server opened(ConnectionString target, RunName run, Duration silence) {
    Place place = elsewhere(target);
    try {
      return new Server(target, false, run, silence, place.session(), place.database());
    } catch (SessionException refused) {
      place.session().close();
      throw refused.error().isEmpty() ? refused : unprepared(target, refused);
    }
  }

  /** Says what the server refused of the first questions. */
  static SandboxProblem unprepared(ConnectionString target, SessionException refused) {
    return new SandboxProblem(
        "preparing " + target.redacted() + " for the run: " + refused.text(),
        refused.is(SqlState.INSUFFICIENT_PRIVILEGE)
            ? "let the user of the URL read it, or name another user"
            : "look into the server's log",
        refused);
  }

  /**
   * Marks a role or database of the run on an external server, for a later run to drop it if this
   * one cannot.
   *
   * @param object as in {@code ROLE "name"}
   */
  void mark(String object) {
    if (!ours) {
      Databases.attempt(control, "COMMENT ON " + object + " IS " + Identifiers.literal(run.mark()));
    }
  }

  /** Says that a role that was made for this run could not log in. */
  SandboxProblem notAdmitted(String role, SessionException refused) {
    return new SandboxProblem(
        "logging in to "
            + description()
            + " as "
            + role
            + ", a role made for this run: "
            + refused.text(),
        "let pg_hba.conf admit this run's roles with a password as it admits "
            + user
            + ", name a user in the URL that is no superuser, or leave out --against for the"
            + " embedded server",
        refused);
  }

  /** A session of the engine, and the database that it is in. */
  private record Place(String database, Session session) {}

  /**
   * Connects to a database that is not the named one: while anyone is connected to a database it
   * cannot be copied. To the named one itself where there is no other.
   */
  private static Place elsewhere(ConnectionString target) {
    String named = target.database();
    List<String> others;
    try (Session session = Session.openForCatalog(target, Map.of())) {
      others =
          session
              .query(
                  "SELECT datname FROM pg_database WHERE datallowconn AND NOT datname ~ "
                      + Identifiers.literal(RunName.DATABASE_PATTERN)
                      + " AND has_database_privilege(oid, 'CONNECT') AND datname <> "
                      + Identifiers.literal(named)
                      + " ORDER BY datname <> 'postgres', datname = 'template1', datname")
              .stream()
              .map(row -> row.text(0))
              .toList();
    }
    for (String other : others) {
      try {
        return new Place(other, Session.openForCatalog(target.withDatabase(other), Map.of()));
      } catch (SessionException refused) {
        // pg_hba.conf may close what the database's own rights allow.
      }
    }
    return new Place(named, Session.openForCatalog(target, Map.of()));
  }

  private static ConnectionString named(ConnectionString url, RunName run) {
    Map<String, String> parameters = new LinkedHashMap<>(url.parameters());
    parameters.put("application_name", run.text());
    return new ConnectionString(parameters, url.uri());
  }

  /** Returns true for a server that we started. */
  boolean isOurs() {
    return ours;
  }

  /** Describes the server for people, for example {@code embedded PostgreSQL 18.6}. */
  String description() {
    return ours
        ? "embedded PostgreSQL " + version
        : "PostgreSQL "
            + version
            + " at "
            + target.hosts().stream()
                .map(HostAndPort::toString)
                .collect(Collectors.joining(" or "));
  }

  /** Returns the roles of the engine that are there, which are never meant as migration role. */
  List<String> engineRoles() {
    return control
        .query(
            "SELECT rolname FROM pg_roles WHERE rolname IN ("
                + Identifiers.literal(user)
                + ", "
                + Identifiers.literal(run.restorer())
                + ")"
                + (ours ? " OR oid = 10" : ""))
        .stream()
        .map(row -> row.text(0))
        .toList();
  }

  /**
   * Returns the engine's roles, superusers, and the roles of PostgreSQL's own that stand for rights
   * on the server: none of them may own what runs as its owner.
   */
  List<String> mightyRoles() {
    return Stream.concat(
            engineRoles().stream(),
            control
                .query(
                    "SELECT rolname FROM pg_roles WHERE rolsuper OR rolname ~ '^pg_'"
                        + " AND rolname <> 'pg_database_owner'")
                .stream()
                .map(row -> row.text(0)))
        .distinct()
        .toList();
  }

  RunName run() {
    return run;
  }

  /**
   * Returns the clause with which this server copies a database: on our own the files themselves,
   * which takes half the time; its checkpoints would disturb others on an external one (<a
   * href="https://www.postgresql.org/docs/current/sql-createdatabase.html">CREATE DATABASE</a>).
   */
  String copyStrategy() {
    return isOurs() && version.major() >= FIRST_WITH_STRATEGY ? " STRATEGY file_copy" : "";
  }

  ServerVersion version() {
    return version;
  }

  /** Returns how the administrative user connects to the database of the URL. */
  ConnectionString target() {
    return target;
  }

  /** Returns the administrative user. */
  String user() {
    return user;
  }

  /** Returns true if that user is a superuser. */
  boolean isSuperuser() {
    return superuser;
  }

  MessageLanguage language() {
    return language;
  }

  /** Returns the session that lives as long as the run. */
  Session control() {
    return control;
  }

  /** Returns the database of that session. */
  String controlDatabase() {
    return controlDatabase;
  }

  /**
   * Leaves the name {@code postgres} to production's database: the one of our own server that bears
   * it gets another.
   */
  void leaveDatabase() {
    control.close();
    String renamed = run.maintenance();
    try (Session beside = Session.openForCatalog(target.withDatabase("template1"), Map.of())) {
      beside.run(
          "ALTER DATABASE "
              + Identifiers.quote(controlDatabase)
              + " RENAME TO "
              + Identifiers.quote(renamed));
    }
    controlDatabase = renamed;
    control = Session.openForCatalog(target.withDatabase(renamed), Map.of());
  }

  /** Opens a session of the engine in a database; where it may, one that fires no triggers. */
  Session openControl(String database) {
    return opened(
        bounded(Session.openForCatalog(target.withDatabase(database), withoutTriggers())));
  }

  /**
   * Opens one for questions while migrations run: what they leave behind, a lock of a prepared
   * transaction or a row security policy, must not keep it for ever.
   */
  Session openForQuestions(String database) {
    Map<String, String> limited = new LinkedHashMap<>(withoutTriggers());
    limited.put("statement_timeout", "10s");
    limited.put("lock_timeout", "2s");
    return bounded(Session.openForCatalog(target.withDatabase(database), limited));
  }

  /** Opens a session that restores into a database. */
  Session openSeeding(String database) {
    return bounded(Session.open(target.withDatabase(database), withoutTriggers()));
  }

  /**
   * Opens a session of a role.
   *
   * @param as the role; empty for the administrative user
   */
  Session openAs(Optional<Credentials> as, String database, Map<String, String> settings) {
    ConnectionString there = target.withDatabase(database);
    return bounded(
        as.isEmpty()
            ? Session.open(there, language.with(settings))
            : Session.open(there.withUser(as.get().user(), as.get().password()), settings));
  }

  private Map<String, String> withoutTriggers() {
    return language.with(superuser ? Map.of("session_replication_role", "replica") : Map.of());
  }

  /** Cuts the sessions of the engine, from any thread. */
  void abort() {
    aborted = true;
    control.abort();
    opened.forEach(Session::abort);
  }

  /** Bounds how long a session waits for an answer of the server. */
  private Session bounded(Session session) {
    session.giveUpAfter(silence);
    return session;
  }

  private Session opened(Session session) {
    opened.add(session);
    if (aborted) {
      session.abort();
    }
    return session;
  }

  /**
   * Connects anew where the session was cut, by us or by a migration that may end sessions of its
   * user, once, and without patience.
   *
   * @throws SessionException if the server does not answer
   */
  void reconnect() {
    if ((aborted || isGone()) && !ours) {
      aborted = false;
      Map<String, String> parameters = new LinkedHashMap<>(target.parameters());
      parameters.put("connect_timeout", RECONNECT_SECONDS);
      control =
          bounded(
              Session.openForCatalog(
                  new ConnectionString(parameters, target.uri()).withDatabase(controlDatabase),
                  Map.of()));
    }
  }

  private boolean isGone() {
    try {
      control.run("SELECT 1");
      return false;
    } catch (SessionException ended) {
      return true;
    }
  }

  @Override
  public void close() {
    control.close();
  }
}
