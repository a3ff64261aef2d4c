package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.ConnectionString.HostAndPort;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.SandboxProblem;
import dev.confiture.preflight.process.AtExit;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A server that the user names, and its databases beside the one that is named: that one is never
 * written to.
 *
 * <p>The databases of the run are {@code preflight_<epoch>_<random>}; a session under that name
 * lives as long as the run. Roles and their settings are shared by all databases of a server, so
 * they are compared before and after.
 */
public final class GivenServer implements Sandbox {

  private final ConnectionString target;
  private final RunName run;
  private final Session control;
  private final ServerVersion version;
  private final String user;
  private final boolean superuser;
  private final MessageLanguage language;
  private final RunDatabases databases;
  private final ClusterState before;
  private ClusterState seeded;
  private final AtExit atExit;

  /** Also the lock under which the run makes and removes what a signal must find consistent. */
  private final List<String> remains = new ArrayList<>();

  private final Set<String> ours = new HashSet<>();
  private boolean ended;
  private Optional<GivenDatabase> migrated = Optional.empty();

  private GivenServer(ConnectionString target, RunName run, ControlConnection connection) {
    this.target = target;
    this.run = run;
    this.control = connection.session();
    this.version = control.serverVersion();
    Row who =
        control
            .query("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user")
            .getFirst();
    this.user = who.text(0);
    this.superuser = who.isTrue(1);
    this.language = MessageLanguage.of(control, superuser);
    this.databases = new RunDatabases(this, connection, run);
    Databases.dropLeftovers(control, target);
    this.before = ClusterState.of(control, run);
    this.seeded = before;
    this.atExit = AtExit.run(this::cleanUp);
  }

  /**
   * Connects to the server.
   *
   * @throws SandboxProblem if it cannot be reached or refuses
   */
  public static GivenServer connect(ConnectionString url) {
    return connect(url, Waiting.NONE);
  }

  /** The same with a server that may still be starting. */
  public static GivenServer connect(ConnectionString url, Waiting waiting) {
    RunName run = RunName.now();
    ConnectionString target = named(url, run);
    ControlConnection connection = ControlConnection.open(target, waiting);
    try {
      return new GivenServer(target, run, connection);
    } catch (SessionException refused) {
      connection.session().close();
      throw new SandboxProblem(
          "preparing " + target.redacted() + " for the run: " + refused.text(),
          refused.is(SqlState.INSUFFICIENT_PRIVILEGE)
              ? "let the user of the URL read it, or name another user"
              : "look into the server's log",
          refused);
    }
  }

  @Override
  public ServerVersion version() {
    return version;
  }

  @Override
  public String url() {
    return target.redacted();
  }

  @Override
  public String description() {
    return "PostgreSQL "
        + version
        + " at "
        + target.hosts().stream().map(HostAndPort::toString).collect(Collectors.joining(" or "));
  }

  @Override
  public Session openTemplate(Isolation isolation) {
    synchronized (remains) {
      refuseAfterTheEnd();
      return databases.openTemplate(isolation);
    }
  }

  @Override
  public void mayMake(Collection<String> roles) {
    synchronized (remains) {
      ours.addAll(roles);
    }
  }

  @Override
  public boolean restoresAsSuperuser() {
    return superuser;
  }

  @Override
  public MigratedDatabase prepare(
      Isolation isolation, RoleChoice choice, Map<String, String> settings) {
    synchronized (remains) {
      refuseAfterTheEnd();
      try {
        if (migrated.isPresent()) {
          Databases.drop(control, target, run.cloneDatabase());
          // What cannot be put back stays for the second run to meet, and is named at the end.
          seeded.restore(control, run, ours, Optional.of(migrated.get().role().name()));
        }
        GivenDatabase prepared = databases.prepare(isolation, choice, settings);
        if (migrated.isEmpty()) {
          seeded = ClusterState.of(control, run);
        }
        migrated = Optional.of(prepared);
        return prepared;
      } catch (SessionException refused) {
        throw new SandboxProblem(
            "preparing the database for the migrations: " + refused.text(), "", refused);
      }
    }
  }

  /** A signal may end the run while it is only being prepared. */
  private void refuseAfterTheEnd() {
    if (ended) {
      throw new SandboxProblem("preparing " + target.redacted() + ": the run has ended", "");
    }
  }

  @Override
  public List<String> remains() {
    synchronized (remains) {
      return List.copyOf(remains);
    }
  }

  @Override
  public void close() {
    atExit.runNow();
  }

  /** The run's name for its databases. */
  RunName run() {
    return run;
  }

  /** The database of the URL. */
  String namedDatabase() {
    return target.database();
  }

  /** The user of the URL. */
  String user() {
    return user;
  }

  /** A session of the engine in a database; where it may, one that fires no triggers. */
  Session openControlOn(String database) {
    return Session.openForCatalog(target.withDatabase(database), withoutTriggers());
  }

  /** The same for questions while migrations run. */
  Session openForQuestionsOn(String database) {
    return Session.openForCatalog(
        target.withDatabase(database), QuestionLimits.with(withoutTriggers()));
  }

  /** A session that restores into a database. */
  Session openSeeding(String database) {
    return Session.open(target.withDatabase(database), withoutTriggers());
  }

  private Map<String, String> withoutTriggers() {
    return language.with(superuser ? Map.of("session_replication_role", "replica") : Map.of());
  }

  /** A session in a database under the URL's user, with these settings. */
  Session openOn(String database, Map<String, String> settings) {
    return Session.open(target.withDatabase(database), language.with(settings));
  }

  /** The language of the server's messages. */
  MessageLanguage language() {
    return language;
  }

  /** Drops the database that was migrated; {@link #close()} tries again, and says what stays. */
  void dropClone() {
    try {
      Databases.drop(control, target, run.cloneDatabase());
    } catch (SessionException refused) {
      // What the rehearsal has found is not lost for that.
    }
  }

  private void cleanUp() {
    synchronized (remains) {
      ended = true;
      try {
        databases.close();
        attempt(run.cloneDatabase());
        attempt(run.template());
        remains.addAll(
            before.restore(control, run, ours, migrated.map(made -> made.role().name())));
      } catch (SessionException lost) {
        remains.add("cleaning up on " + description() + ": " + lost.text());
      } finally {
        control.close();
      }
    }
  }

  private void attempt(String database) {
    try {
      Databases.drop(control, target, database);
    } catch (SessionException refused) {
      remains.add("database " + database + " stays: " + refused.text());
    }
  }

  private static ConnectionString named(ConnectionString url, RunName run) {
    Map<String, String> parameters = new LinkedHashMap<>(url.parameters());
    parameters.put("application_name", run.text());
    return new ConnectionString(parameters, url.uri());
  }
}
