package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.ConnectionString.HostAndPort;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.SandboxProblem;
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

  private static final long ROOM = 1L << 30;

  private final ConnectionString target;
  private final RunName run;
  private final Session control;
  private final String controlDatabase;
  private final ServerVersion version;
  private final String user;
  private final boolean superuser;
  private final MessageLanguage language;
  private final ClusterState before;
  private final AtExit atExit;

  /** Also the lock under which the run makes and removes what a signal must find consistent. */
  private final List<String> remains = new ArrayList<>();

  private final Set<String> ours = new HashSet<>();
  private boolean ended;
  private Optional<Session> template = Optional.empty();
  private Optional<FilledDatabase> filled = Optional.empty();
  private Optional<String> insteadOfClone = Optional.empty();
  private Optional<GivenDatabase> migrated = Optional.empty();

  private GivenServer(ConnectionString target, RunName run, ControlConnection connection) {
    this.target = target;
    this.run = run;
    this.control = connection.session();
    this.controlDatabase = connection.database();
    this.version = control.serverVersion();
    Row who =
        control
            .query("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user")
            .getFirst();
    this.user = who.text(0);
    this.superuser = who.isTrue(1);
    this.language = MessageLanguage.of(control, superuser);
    Databases.dropLeftovers(control, target);
    this.before = ClusterState.of(control, run);
    this.atExit = AtExit.run(this::cleanUp);
  }

  /**
   * Connects to the server.
   *
   * @throws SandboxProblem if it cannot be reached or refuses
   */
  public static GivenServer connect(ConnectionString url) {
    RunName run = RunName.now();
    ConnectionString target = named(url, run);
    ControlConnection connection = ControlConnection.open(target);
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
      return makeTemplate(isolation);
    }
  }

  private Session makeTemplate(Isolation isolation) {
    if (ended || template.isPresent()) {
      throw new IllegalStateException("the template is opened once, before the end");
    }
    try {
      control.run("CREATE DATABASE " + Identifiers.quote(run.template()) + " TEMPLATE template0");
    } catch (SessionException refused) {
      return fillNamed(
          isolation,
          DatabaseCopy.refused(
              control, "creating a database on " + description() + " to restore into", refused));
    }
    Session opened = Session.open(target.withDatabase(run.template()), withoutTriggers());
    template = Optional.of(opened);
    return opened;
  }

  private Session fillNamed(Isolation isolation, SandboxProblem refused) {
    if (isolation == Isolation.CLONE || !SavepointFallback.isOffered(refused)) {
      throw refused;
    }
    try (Session named = openControlOn(target.database())) {
      Optional<String> objection =
          FilledDatabase.objection(named)
              .or(() -> SavepointFallback.objection(named, Optional.empty()));
      if (objection.isPresent()) {
        throw refused.adding(
            "; and it was not restored into " + target.database() + ": " + objection.get());
      }
      filled = Optional.of(FilledDatabase.of(this, named));
      insteadOfClone = Optional.of(instead(refused));
    }
    Session opened = Session.open(target, withoutTriggers());
    template = Optional.of(opened);
    return opened;
  }

  private static String instead(SandboxProblem refused) {
    return "savepoint isolation was taken, since a clone is not to be had: " + refused.text();
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
      if (ended || migrated.isPresent()) {
        throw new IllegalStateException("one database a run, before its end");
      }
      try {
        GivenDatabase prepared = database(isolation, choice, settings);
        migrated = Optional.of(prepared);
        return prepared;
      } catch (SessionException refused) {
        throw new SandboxProblem(
            "preparing the database for the migrations: " + refused.text(), "", refused);
      }
    }
  }

  private GivenDatabase database(
      Isolation isolation, RoleChoice choice, Map<String, String> settings) {
    if (filled.isPresent()) {
      template.ifPresent(Session::close);
      return GivenDatabase.filled(
          this, choice, settings, filled.get(), insteadOfClone.stream().toList());
    }
    if (template.isPresent()) {
      List<String> notes = copyTemplate(template.get());
      return GivenDatabase.copy(
          this,
          isolation == Isolation.SAVEPOINT ? isolation : Isolation.CLONE,
          choice,
          settings,
          run.template(),
          true,
          notes);
    }
    return switch (isolation) {
      case CLONE -> copyOfNamed(choice, settings);
      case SAVEPOINT -> GivenDatabase.named(this, choice, settings, List.of());
      case AUTO -> {
        try {
          yield copyOfNamed(choice, settings);
        } catch (SandboxProblem refused) {
          yield insteadOfCopy(refused, choice, settings);
        }
      }
    };
  }

  private GivenDatabase copyOfNamed(RoleChoice choice, Map<String, String> settings) {
    List<String> notes = copyNamed();
    return GivenDatabase.copy(
        this, Isolation.CLONE, choice, settings, target.database(), false, notes);
  }

  private GivenDatabase insteadOfCopy(
      SandboxProblem refused, RoleChoice choice, Map<String, String> settings) {
    if (!SavepointFallback.isOffered(refused)) {
      throw refused;
    }
    try (Session named = openForQuestionsOn(target.database())) {
      Optional<String> objection = SavepointFallback.objection(named, choice.trackingTable());
      if (objection.isPresent()) {
        throw refused.adding(
            "; and its migration in place, in a transaction that is rolled back, was not tried: "
                + objection.get());
      }
    }
    return GivenDatabase.named(
        this,
        choice,
        settings,
        List.of(
            "savepoint isolation was taken, since a clone is not to be had: " + refused.text()));
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

  private List<String> copyTemplate(Session seeding) {
    seeding.close();
    control.run("ALTER DATABASE " + Identifiers.quote(run.template()) + " ALLOW_CONNECTIONS false");
    return DatabaseCopy.make(control, run.template(), run.cloneDatabase());
  }

  private List<String> copyNamed() {
    String named = target.database();
    // Without the right to make one the server says so first.
    if (named.equals(controlDatabase) && DatabaseCopy.mayCreate(control)) {
      throw new SandboxProblem(
          "copying the database "
              + named
              + ": it is the only one that this user can connect to, and a database cannot be"
              + " copied over a connection to itself",
          "let the user connect to the database postgres, or name a schema with"
              + " --schema-file");
    }
    long size =
        Long.parseLong(
            control
                .query("SELECT pg_database_size(" + Identifiers.literal(named) + "::name)")
                .getFirst()
                .text(0));
    if (size > ROOM) {
      throw new SandboxProblem(
          "copying the database "
              + named
              + ": it has "
              + (size >> 20)
              + " MiB, more than the 1024 that are copied for a rehearsal",
          "rehearse on its schema alone with --schema-file, or name a smaller database");
    }
    return DatabaseCopy.make(control, named, run.cloneDatabase());
  }

  private void cleanUp() {
    synchronized (remains) {
      ended = true;
      try {
        template.ifPresent(Session::close);
        filled.ifPresent(FilledDatabase::empty);
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
