package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.RoleRights;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.postgres.Undumped;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.process.AtExit;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Rehearses on one server: a template is seeded there once, and a clone of it is migrated.
 *
 * <p>The embedded server is an external server that we started: of it we know that nobody else is
 * there, so the clone may bear production's name, and what all databases share may be put back row
 * by row. An external server's own database is never written to. Everything that was made is gone
 * after {@link #close}, and after the end of this process, however it ends.
 */
public final class Sandbox implements AutoCloseable {

  private final Server server;
  private final Optional<Path> folder;
  private final Supplier<List<String>> end;
  private final Optional<ExternalCluster> external;
  private final AtExit atExit;
  private Optional<Session> seeding = Optional.empty();
  private Optional<Origin> origin = Optional.empty();
  private Optional<RoleLogin> login = Optional.empty();
  private List<String> left = List.of();
  private List<String> unreached = List.of();
  private boolean ended;

  /**
   * Makes a sandbox on a server that answers.
   *
   * @param folder where the cluster is, if we started it
   * @param end done once the sandbox is closed; tells what is left of it
   */
  Sandbox(Server server, Optional<Path> folder, Supplier<List<String>> end) {
    this.server = server;
    this.folder = folder;
    this.end = end;
    this.external = server.isOurs() ? Optional.empty() : Optional.of(new ExternalCluster(server));
    this.atExit = AtExit.run(this::cleanUp);
  }

  /**
   * Starts a server of our own from these programs: on loopback, with random names and passwords,
   * gone with the process.
   *
   * @param environment the process's environment: it tells where the cache is
   * @throws SandboxProblem if it does not start, with the end of its log
   */
  public static Sandbox start(ServerBinaries binaries, Map<String, String> environment) {
    return start(binaries, environment, false);
  }

  /** Starts one that logs each statement, as {@link MigratedDatabase#logSince} returns them. */
  public static Sandbox startLogged(ServerBinaries binaries, Map<String, String> environment) {
    return start(binaries, environment, true);
  }

  private static Sandbox start(
      ServerBinaries binaries, Map<String, String> environment, boolean logged) {
    ServerProcess process = ServerProcess.start(binaries, environment, logged);
    try {
      return new Sandbox(
          Server.ours(process.administrator()), Optional.of(process.folder()), process::end);
    } catch (SessionException refused) {
      process.close();
      throw new SandboxProblem(
          "connecting to the embedded server: " + refused.text(),
          "name a server to rehearse on with --against URL",
          refused);
    }
  }

  /**
   * Connects to an external server.
   *
   * @param waiting for a server that may still be starting
   * @throws SandboxProblem if it cannot be reached or refuses
   */
  public static Sandbox connect(ConnectionString url, Waiting waiting) {
    Server server = Server.external(url, waiting);
    try {
      return new Sandbox(server, Optional.empty(), List::of);
    } catch (SessionException refused) {
      server.close();
      throw Server.unprepared(server.target(), refused);
    }
  }

  /** Returns the server's version. */
  public ServerVersion version() {
    return server.version();
  }

  /** Returns {@code embedded}, or the user's URL without secrets. */
  String url() {
    return server.isOurs() ? "embedded" : server.target().redacted();
  }

  /** Describes the server for people, for example {@code embedded PostgreSQL 18.6}. */
  public String description() {
    return server.description();
  }

  /** Returns true if the user that restores is a superuser. */
  public boolean restoresAsSuperuser() {
    return server.isSuperuser();
  }

  /** Returns how the administrative user connects. */
  ConnectionString administrator() {
    return server.target();
  }

  /** Returns the folder of the cluster that we started. */
  Optional<Path> folder() {
    return folder;
  }

  /**
   * Makes an empty database to be seeded, at most once, and connects to it as the user that
   * restores. Where the user may not make one and savepoints may do, the user's own serves if it is
   * empty.
   *
   * @param isolation how the schema is to be kept from the migrations
   */
  public Session openTemplate(Isolation isolation) {
    return openTemplate(isolation, Optional.empty(), Undumped.NONE);
  }

  /**
   * Does the same for a database of production's.
   *
   * @param name what it is called there, if that is known: on our own server the clone bears that
   *     name too
   * @param undumped what it has there and the schema does not make
   */
  public synchronized Session openTemplate(
      Isolation isolation, Optional<String> name, Undumped undumped) {
    refuseAfterTheEnd();
    if (origin.isPresent()) {
      throw new IllegalStateException("the template is opened once");
    }
    Origin made = template(isolation, name, undumped);
    Session opened = server.openSeeding(made.source());
    origin = Optional.of(made);
    seeding = Optional.of(opened);
    return opened;
  }

  /**
   * Makes an ordinary role that owns the database to be seeded, and connects to it as that role:
   * code of a schema has no superuser's rights. Empty where the user that restores is none.
   */
  public synchronized Optional<Session> openRestorer() {
    return origin.filter(Template.class::isInstance).isPresent() && server.isSuperuser()
        ? Optional.of(Restorer.make(server, seeding.orElseThrow()).open(server))
        : Optional.empty();
  }

  /** Returns the comment for roles that are made on an external server. */
  public Optional<String> mark() {
    return external.map(_ -> server.run().mark());
  }

  private Origin template(Isolation isolation, Optional<String> name, Undumped undumped) {
    try {
      return Template.create(server, name, undumped);
    } catch (SandboxProblem refused) {
      return InPlaceDatabase.insteadOfTemplate(server, isolation, undumped, refused);
    }
  }

  /**
   * Tells of roles that this run may make on the server. Those of them that it does make are
   * dropped at its end; any other role that comes meanwhile is somebody else's, and stays.
   */
  public synchronized void mayMake(Collection<String> roles) {
    external.ifPresent(cluster -> cluster.mayMake(roles));
  }

  /**
   * Prepares the database that is migrated: a clone of the seeded template or, on an external
   * server without one, of the database that the user named; under savepoint isolation that one
   * itself.
   *
   * <p>May be called a second time, with the same arguments, after the first database was closed:
   * it gives a fresh clone of the same template, and what all databases of the server share is put
   * back to how it was before the first, as far as that can be done. Under savepoint isolation in
   * place it is another session on the same database.
   *
   * @param isolation how the schema is to be kept from the migrations
   * @param choice how the migration role is found
   * @param settings server settings for every session of the migration role
   */
  public synchronized MigratedDatabase prepare(
      Isolation isolation, RoleChoice choice, Map<String, String> settings) {
    refuseAfterTheEnd();
    List<String> notes = new ArrayList<>();
    try {
      RoleLogin arranged = login.isPresent() ? again(notes) : first(isolation, choice, notes);
      login = Optional.of(arranged);
      Origin made = origin.orElseThrow();
      MigratedDatabase prepared =
          new MigratedDatabase(
              this,
              server,
              made,
              isolation,
              arranged,
              settings,
              choice.settings(),
              made.give(arranged, notes),
              rights(choice, arranged.role()),
              notes);
      login = Optional.of(prepared.login());
      external.ifPresent(cluster -> cluster.lockDatabases(prepared.login()));
      return prepared;
    } catch (SessionException refused) {
      throw new SandboxProblem(
          "preparing the database for the migrations: " + refused.text(), "", refused);
    }
  }

  /** A role that was on an external server before has its rights there, not production's. */
  private RoleRights rights(RoleChoice choice, MigrationRole role) {
    if (role.superuser()) {
      return RoleRights.KNOWN;
    }
    return external.filter(cluster -> cluster.had(role.name())).isPresent()
        ? RoleRights.UNKNOWN
        : choice.told().apply(role.name());
  }

  /**
   * Lends the migration role what production's may have: {@link LentRights}. On an external server
   * neither it nor the roles that it becomes a member of were there before the run.
   */
  synchronized Optional<LentRights.Loan> lend(String role) {
    if (ended || external.filter(cluster -> cluster.had(role)).isPresent()) {
      return Optional.empty();
    }
    List<String> engine = server.engineRoles();
    List<String> others =
        server.control().query("SELECT rolname FROM pg_roles WHERE oid >= 16384").stream()
            .map(row -> row.text(0))
            .filter(other -> !engine.contains(other))
            .filter(other -> external.isEmpty() || external.get().isOurs(other))
            .toList();
    return new LentRights(
            server.control(), role, others, server.isOurs() || server.version().major() >= 16)
        .lend();
  }

  private RoleLogin first(Isolation isolation, RoleChoice choice, List<String> notes) {
    if (origin.isEmpty() && external.isPresent()) {
      origin = Optional.of(named(external.get(), isolation, choice, notes));
    } else if (origin.isEmpty()) {
      openTemplate(isolation);
    }
    seeding.ifPresent(Session::close);
    RoleLogin.Arrangement arrangement = new RoleLogin.Arrangement(server, choice, external, notes);
    RoleLogin arranged = origin.orElseThrow().first(arrangement, notes);
    external.ifPresent(ExternalCluster::remember);
    return arranged;
  }

  private Origin named(
      ExternalCluster cluster, Isolation isolation, RoleChoice choice, List<String> notes) {
    if (isolation == Isolation.SAVEPOINT) {
      return InPlaceDatabase.asAsked(server);
    }
    try {
      return NamedDatabase.copied(server, cluster, notes);
    } catch (SandboxProblem refused) {
      return InPlaceDatabase.insteadOfClone(server, isolation, refused, choice.ledger());
    }
  }

  private RoleLogin again(List<String> notes) {
    RoleLogin arranged = login.orElseThrow();
    Origin made = origin.orElseThrow();
    made.drop();
    external.ifPresent(cluster -> cluster.putBack(arranged));
    made.again(notes);
    return arranged;
  }

  /** Refuses to go on after the end: a signal may come while the run is only being prepared. */
  private void refuseAfterTheEnd() {
    if (ended) {
      throw new SandboxProblem(
          "preparing " + (server.isOurs() ? "the embedded server" : url()) + ": the run has ended",
          "");
    }
  }

  /** Lets the role of a login log in again: {@link RoleLogin#enable}. */
  synchronized void enable(RoleLogin locked) {
    refuseAfterTheEnd();
    locked.enable(server);
  }

  /** Drops a clone; {@link #close} tries again, and says what stays. */
  synchronized void drop(Origin clones) {
    if (server.isOurs() || ended) {
      return;
    }
    try {
      clones.drop();
    } catch (SessionException refused) {
      // What the rehearsal has found is not lost for that.
    }
  }

  /**
   * Returns what this run left on the server and could not remove, and what is not as it was
   * before; complete after {@link #close}.
   */
  public synchronized List<String> remains() {
    return Stream.of(unreached, external.map(ExternalCluster::remains).orElse(left))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Returns those of {@link #remains} that a migration could have changed: databases, roles and
   * settings of an external server that are not as they were.
   */
  public synchronized List<String> changes() {
    return external.map(ExternalCluster::changes).orElse(List.of());
  }

  /**
   * Cuts the engine's own session, from any thread: whoever waits for the server waits no more.
   * Cleaning up connects anew.
   */
  public void abort() {
    server.abort();
  }

  /** Removes everything that was made; a second call does nothing. */
  @Override
  public void close() {
    atExit.runNow();
  }

  /** Waits until nothing is being made or removed: a signal is to find it whole. */
  private synchronized void cleanUp() {
    ended = true;
    try {
      server.reconnect();
      external.ifPresent(this::leave);
    } catch (SessionException unreachable) {
      unreached =
          List.of(
              "what this run made on "
                  + description()
                  + " may be left, databases and roles whose names begin with "
                  + server.run().text()
                  + ": the server could not be reached: "
                  + unreachable.text());
    } finally {
      server.close();
      left = end.get();
    }
  }

  private void leave(ExternalCluster cluster) {
    cluster.unlockDatabases();
    seeding.ifPresent(Session::close);
    if (origin.isPresent() && origin.get() instanceof InPlaceDatabase named) {
      named.empty();
    }
    cluster.cleanUp(login);
  }
}
