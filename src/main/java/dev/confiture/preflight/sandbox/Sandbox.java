package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.process.AtExit;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  private static final long LARGEST_COPIED = 1L << 30;
  private static final Set<String> NOT_FOR_CLONES = Set.of("template0", "template1");

  private final Server server;
  private final Optional<Path> folder;
  private final Runnable end;
  private final Optional<ClusterState> before;
  private final AtExit atExit;

  /** Also the lock under which the run makes and removes what a signal must find consistent. */
  private final List<String> remains = new ArrayList<>();

  private final List<String> changes = new ArrayList<>();
  private final Set<String> ours = new HashSet<>();
  private Optional<String> production = Optional.empty();
  private Optional<Session> seeding = Optional.empty();
  private Optional<InPlaceDatabase> inPlace = Optional.empty();
  private Optional<String> insteadOfClone = Optional.empty();
  private Optional<Session> guard = Optional.empty();
  private Optional<Preparation> prepared = Optional.empty();
  private boolean ended;

  /**
   * Keeps what the first run left for a second one.
   *
   * @param login how sessions become the migration role
   * @param extensions of the template, where clones are made of one
   * @param owner of the clone, where it is not the owner of what it is copied from
   * @param shared of our own server
   * @param cluster of an external one
   */
  private record Preparation(
      RoleLogin login,
      Optional<ExtensionGate> extensions,
      Optional<String> owner,
      Optional<SharedCatalogs> shared,
      Optional<ClusterState> cluster) {

    Preparation with(RoleLogin another) {
      return new Preparation(another, extensions, owner, shared, cluster);
    }
  }

  /**
   * Makes a sandbox on a server that answers.
   *
   * @param folder where the cluster is, if we started it
   * @param end done once the sandbox is closed
   */
  Sandbox(Server server, Optional<Path> folder, Runnable end) {
    this.server = server;
    this.folder = folder;
    this.end = end;
    if (server.isOurs()) {
      this.before = Optional.empty();
    } else {
      Databases.dropLeftovers(server.control(), server.target());
      this.before = Optional.of(ClusterState.of(server.control()));
    }
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
    ServerProcess process = ServerProcess.start(binaries, environment);
    try {
      return new Sandbox(
          Server.ours(process.administrator()), Optional.of(process.folder()), process::close);
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
      return new Sandbox(server, Optional.empty(), () -> {});
    } catch (SessionException refused) {
      server.close();
      throw unprepared(server.target(), refused);
    }
  }

  static SandboxProblem unprepared(ConnectionString target, SessionException refused) {
    return new SandboxProblem(
        "preparing " + target.redacted() + " for the run: " + refused.text(),
        refused.is(SqlState.INSUFFICIENT_PRIVILEGE)
            ? "let the user of the URL read it, or name another user"
            : "look into the server's log",
        refused);
  }

  /** Returns the server's version. */
  public ServerVersion version() {
    return server.version();
  }

  /** Returns {@code embedded}, or the user's URL without secrets. */
  public String url() {
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
    return openTemplate(isolation, Optional.empty());
  }

  /**
   * Does the same for a database of production's.
   *
   * @param name what it is called there, if that is known: on our own server the clone bears that
   *     name too
   */
  public Session openTemplate(Isolation isolation, Optional<String> name) {
    synchronized (remains) {
      refuseAfterTheEnd();
      if (seeding.isPresent()) {
        throw new IllegalStateException("the template is opened once");
      }
      production = name.filter(known -> server.isOurs() && !NOT_FOR_CLONES.contains(known));
      Session opened = server.openSeeding(makeTemplate(isolation));
      seeding = Optional.of(opened);
      return opened;
    }
  }

  private String makeTemplate(Isolation isolation) {
    String template = server.run().template();
    try {
      server
          .control()
          .run(
              "CREATE DATABASE "
                  + Identifiers.quote(template)
                  + " TEMPLATE template0"
                  + server.copyStrategy());
      return template;
    } catch (SessionException refused) {
      takeNamed(
          isolation,
          Databases.refused(
              server.control(),
              "creating a database on " + server.description() + " to restore into",
              refused));
      return server.target().database();
    }
  }

  private void takeNamed(Isolation isolation, SandboxProblem refused) {
    if (isolation == Isolation.CLONE || !savepointsMayDo(refused)) {
      throw refused;
    }
    String database = server.target().database();
    try (Session named = server.openControl(database)) {
      Optional<String> objection =
          InPlaceDatabase.isNotEmpty(named)
              .or(() -> InPlaceDatabase.objection(named, Optional.empty()));
      if (objection.isPresent()) {
        throw refused.adding("; and it was not restored into " + database + ": " + objection.get());
      }
      inPlace = Optional.of(InPlaceDatabase.toBeFilled(server, named));
      insteadOfClone = Optional.of(instead(refused));
    }
  }

  /** Returns true if the server refused to make a database for want of a right. */
  private static boolean savepointsMayDo(SandboxProblem refused) {
    return refused.getCause() instanceof SessionException cause
        && cause.is(SqlState.INSUFFICIENT_PRIVILEGE);
  }

  private static String instead(SandboxProblem refused) {
    return "savepoint isolation was taken, since a clone is not to be had: " + refused.text();
  }

  /**
   * Tells of roles that this run may make on the server. Those of them that it does make are
   * dropped at its end; any other role that comes meanwhile is somebody else's, and stays.
   */
  public void mayMake(Collection<String> roles) {
    synchronized (remains) {
      ours.addAll(roles);
    }
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
  public MigratedDatabase prepare(
      Isolation isolation, RoleChoice choice, Map<String, String> settings) {
    synchronized (remains) {
      refuseAfterTheEnd();
      try {
        if (server.isOurs() && seeding.isEmpty()) {
          openTemplate(isolation).close();
        }
        boolean first = prepared.isEmpty();
        prepared.ifPresent(this::putBack);
        boolean named = seeding.isEmpty();
        if (inPlace.isPresent() || (named && isolation == Isolation.SAVEPOINT)) {
          return inPlace(choice, settings);
        }
        try {
          return clone(
              isolation == Isolation.SAVEPOINT ? isolation : Isolation.CLONE, choice, settings);
        } catch (SandboxProblem refused) {
          if (!first || !named || isolation == Isolation.CLONE || !savepointsMayDo(refused)) {
            throw refused;
          }
          refuseUnlessUnnoticed(refused, choice);
          insteadOfClone = Optional.of(instead(refused));
          return inPlace(choice, settings);
        }
      } catch (SessionException refused) {
        throw new SandboxProblem(
            "preparing the database for the migrations: " + refused.text(), "", refused);
      }
    }
  }

  /** Refuses to go on after the end: a signal may come while the run is only being prepared. */
  private void refuseAfterTheEnd() {
    if (ended) {
      throw new SandboxProblem(
          "preparing " + (server.isOurs() ? "the embedded server" : url()) + ": the run has ended",
          "");
    }
  }

  private void refuseUnlessUnnoticed(SandboxProblem refused, RoleChoice choice) {
    try (Session named = server.openForQuestions(server.target().database())) {
      InPlaceDatabase.objection(named, choice.ledger())
          .ifPresent(
              objection -> {
                throw refused.adding(
                    "; and its migration in place, in a transaction that is rolled back, was not"
                        + " tried: "
                        + objection);
              });
    }
  }

  private MigratedDatabase clone(
      Isolation isolation, RoleChoice choice, Map<String, String> settings) {
    boolean seeded = seeding.isPresent();
    String clone = cloneName();
    List<String> notes = new ArrayList<>();
    if (seeded) {
      if (prepared.isEmpty()) {
        prepareTemplate(choice, notes);
      }
      notes.addAll(Databases.copy(server, server.run().template(), clone));
      prepared.flatMap(Preparation::shared).ifPresent(SharedCatalogs::hideTemplate);
    } else {
      refuseToCopyNamed();
      notes.addAll(Databases.copy(server, server.target().database(), clone));
      if (prepared.isEmpty()) {
        try (Session control = server.openControl(clone)) {
          RoleLogin login = arrange(control, RoleLogin.Place.COPY, choice, notes);
          prepared = Optional.of(preparation(login, ownerOfCopy(login), Optional.empty()));
        }
      }
    }
    Preparation made = prepared.orElseThrow();
    giveTo(made, clone, notes);
    Optional<ExtensionGate> extensions = made.extensions();
    if (!seeded && server.isSuperuser() && !made.login().role().superuser()) {
      try (Session control = server.openControl(clone)) {
        extensions = Optional.of(ExtensionGate.install(control, made.login().role().name()));
      }
    }
    return migrated(clone, isolation, settings, extensions, notes);
  }

  /** Returns the name of production's database, where it is known and the server is our own. */
  private String cloneName() {
    return production.orElse(server.run().cloneDatabase());
  }

  /** Makes the migration role the owner of what was restored, before the template is copied. */
  private void prepareTemplate(RoleChoice choice, List<String> notes) {
    seeding.ifPresent(Session::close);
    if (production.filter(server.controlDatabase()::equals).isPresent()) {
      server.leaveDatabase();
    }
    String template = server.run().template();
    RoleLogin login;
    Optional<ExtensionGate> extensions = Optional.empty();
    try (Session control = server.openControl(template)) {
      if (server.isOurs()) {
        RoleLogin.disarm(control, server.engineRoles());
      }
      login = arrange(control, RoleLogin.Place.TEMPLATE, choice, notes);
      if (server.isSuperuser() && !login.role().superuser()) {
        notes.addAll(OwnershipTransfer.of(control, server.user(), login.role().name()));
        extensions = Optional.of(ExtensionGate.install(control, login.role().name()));
      }
    }
    Optional<String> owner = ownerOfClone(login, template);
    String name = Identifiers.quote(template);
    // Nobody connects to it, and a migration drops what its role owns.
    server.control().run("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
    if (server.isSuperuser()) {
      server
          .control()
          .run("ALTER DATABASE " + name + " OWNER TO " + Identifiers.quote(server.user()));
    }
    prepared = Optional.of(preparation(login, owner, extensions));
  }

  private RoleLogin arrange(
      Session control, RoleLogin.Place place, RoleChoice choice, List<String> notes) {
    RoleLogin login =
        new RoleLogin.Arrangement(
                server,
                control,
                place,
                role -> before.filter(state -> state.hasRole(role)).isPresent(),
                notes)
            .of(choice);
    login.credentials().ifPresent(made -> server.language().choose(server.control(), made.user()));
    return login;
  }

  private Preparation preparation(
      RoleLogin login, Optional<String> owner, Optional<ExtensionGate> extensions) {
    return new Preparation(
        login,
        extensions,
        owner,
        server.isOurs()
            ? Optional.of(SharedCatalogs.save(server.control(), server.run().template()))
            : Optional.empty(),
        server.isOurs() ? Optional.empty() : Optional.of(ClusterState.of(server.control())));
  }

  /** Returns the owner that the schema tells, else the migration role. */
  private Optional<String> ownerOfClone(RoleLogin login, String template) {
    if (!server.isSuperuser()) {
      return Optional.of(login.role().name());
    }
    String owner =
        server
            .control()
            .query(
                "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = "
                    + Identifiers.literal(template))
            .getFirst()
            .text(0);
    if (!owner.equals(server.user())) {
      return Optional.of(owner);
    }
    return login.role().superuser() ? Optional.empty() : Optional.of(login.role().name());
  }

  /** Returns no other owner than the user's database has, unless the role is made for the run. */
  private Optional<String> ownerOfCopy(RoleLogin login) {
    boolean made = before.filter(state -> state.hasRole(login.role().name())).isEmpty();
    return Optional.of(login.role().name()).filter(_ -> !server.isSuperuser() || made);
  }

  private void giveTo(Preparation made, String clone, List<String> notes) {
    String on = " DATABASE " + Identifiers.quote(clone);
    made.owner()
        .filter(owner -> !owner.equals(server.user()))
        .flatMap(
            owner ->
                Databases.attempt(
                        server.control(), "ALTER" + on + " OWNER TO " + Identifiers.quote(owner))
                    .map(
                        why ->
                            "the copy belongs to " + server.user() + ", not " + owner + ": " + why))
        .ifPresent(notes::add);
    made.login()
        .credentials()
        .map(Credentials::user)
        .filter(login -> !login.equals(made.login().role().name()))
        .ifPresent(
            login ->
                Databases.attempt(
                    server.control(), "GRANT CONNECT ON" + on + " TO " + Identifiers.quote(login)));
  }

  private void refuseToCopyNamed() {
    String named = server.target().database();
    // Without the right to make one the server says so first.
    if (named.equals(server.controlDatabase()) && Databases.mayCreate(server.control())) {
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
            server
                .control()
                .query("SELECT pg_database_size(" + Identifiers.literal(named) + "::name)")
                .getFirst()
                .text(0));
    if (size > LARGEST_COPIED) {
      throw new SandboxProblem(
          "copying the database "
              + named
              + ": it has "
              + (size >> 20)
              + " MiB, more than the 1024 that are copied for a rehearsal",
          "rehearse on its schema alone with --schema-file, or name a smaller database");
    }
  }

  private MigratedDatabase inPlace(RoleChoice choice, Map<String, String> settings) {
    seeding.ifPresent(Session::close);
    List<String> notes = new ArrayList<>(insteadOfClone.stream().toList());
    String named = server.target().database();
    if (prepared.isEmpty()) {
      try (Session control = server.openControl(named)) {
        if (inPlace.isEmpty()) {
          inPlace = Optional.of(InPlaceDatabase.asItIs(server, control));
        }
        RoleLogin login = arrange(control, RoleLogin.Place.IN_PLACE, choice, notes);
        prepared = Optional.of(preparation(login, Optional.empty(), Optional.empty()));
      }
    }
    return migrated(named, Isolation.SAVEPOINT, settings, Optional.empty(), notes);
  }

  private MigratedDatabase migrated(
      String database,
      Isolation isolation,
      Map<String, String> settings,
      Optional<ExtensionGate> extensions,
      List<String> notes) {
    RoleLogin login = prepared.orElseThrow().login();
    RoleSettings roleSettings = roleSettings(login);
    Optional<Session> opened = Optional.empty();
    if (!server.isOurs() && login.credentials().isPresent()) {
      try {
        opened = Optional.of(server.openAs(login.credentials(), database, settings));
      } catch (SessionException refused) {
        login = unlessSuperuser(login, refused, notes);
        roleSettings = roleSettings(login);
        prepared = Optional.of(prepared.orElseThrow().with(login));
      }
    }
    notes.addAll(roleSettings.notes());
    server.language().note().ifPresent(notes::add);
    if (guard.isEmpty() && !server.isOurs()) {
      guard = DatabaseGuard.of(server, actors(login));
    }
    return new MigratedDatabase(
        this,
        server,
        database,
        isolation,
        login,
        settings,
        roleSettings,
        extensions,
        inPlace,
        notes,
        opened);
  }

  private RoleSettings roleSettings(RoleLogin login) {
    return RoleSettings.of(
        server.control(),
        login.role().name(),
        inPlace.isPresent() || seeding.isEmpty()
            ? server.target().database()
            : server.run().template(),
        login
            .setRole(server)
            .map(_ -> new RoleSettings.Login(login.credentials().map(Credentials::user))));
  }

  /** Returns a login of the administrative user, if a migration gains nothing by it. */
  private RoleLogin unlessSuperuser(RoleLogin login, SessionException refused, List<String> notes) {
    String who = login.credentials().map(Credentials::user).orElseThrow();
    if (server.isSuperuser()) {
      throw new SandboxProblem(
          "logging in to "
              + server.description()
              + " as "
              + who
              + ", a role made for this run: "
              + refused.text(),
          "let pg_hba.conf admit this run's roles with a password as it admits "
              + server.user()
              + ", name a user in the URL that is no superuser, or leave out --against for the"
              + " embedded server",
          refused);
    }
    notes.add(
        "migrations run in sessions of "
            + server.user()
            + ", the user of the URL: "
            + who
            + ", made for this run, could not log in: "
            + refused.text());
    return login.byAdministrator();
  }

  /** Returns the roles that a session of a migration may have. */
  private Set<String> actors(RoleLogin login) {
    Set<String> actors = new HashSet<>(Set.of(login.role().name()));
    if (login.credentials().isEmpty()) {
      actors.add(server.user());
    }
    return actors;
  }

  private void putBack(Preparation made) {
    Databases.drop(server.control(), server.target(), cloneName());
    made.shared().ifPresent(SharedCatalogs::restore);
    made.cluster()
        .ifPresent(
            state -> {
              // What cannot be put back stays for the second run to meet, and is named at the end.
              state.restore(server, ours, actors(made.login()));
              made.login().enable(server);
            });
  }

  /** Lets the role of a login log in again: {@link RoleLogin#enable}. */
  void enable(RoleLogin login) {
    synchronized (remains) {
      refuseAfterTheEnd();
      login.enable(server);
    }
  }

  /** Drops the clone; {@link #close} tries again, and says what stays. */
  void dropClone() {
    synchronized (remains) {
      if (server.isOurs() || ended) {
        return;
      }
      try {
        Databases.drop(server.control(), server.target(), cloneName());
      } catch (SessionException refused) {
        // What the rehearsal has found is not lost for that.
      }
    }
  }

  /**
   * Returns what this run left on the server and could not remove, and what is not as it was
   * before; complete after {@link #close}.
   */
  public List<String> remains() {
    synchronized (remains) {
      return Stream.concat(remains.stream(), changes.stream()).toList();
    }
  }

  /**
   * Returns those of {@link #remains} that a migration could have changed: databases, roles and
   * settings of an external server that are not as they were.
   */
  public List<String> changes() {
    synchronized (remains) {
      return List.copyOf(changes);
    }
  }

  /** Removes everything that was made; a second call does nothing. */
  @Override
  public void close() {
    atExit.runNow();
  }

  private void cleanUp() {
    synchronized (remains) {
      ended = true;
      try {
        if (!server.isOurs()) {
          cleanUpExternal();
        }
      } catch (SessionException lost) {
        remains.add("cleaning up on " + description() + ": " + lost.text());
      } finally {
        guard.ifPresent(Session::close);
        server.close();
        end.run();
      }
    }
  }

  private void cleanUpExternal() {
    guard.ifPresent(Session::close);
    seeding.ifPresent(Session::close);
    inPlace.ifPresent(InPlaceDatabase::empty);
    drop(server.run().cloneDatabase());
    drop(server.run().template());
    Set<String> actors = prepared.map(made -> actors(made.login())).orElse(Set.of());
    ClusterState.Difference difference = before.orElseThrow().restore(server, ours, actors);
    remains.addAll(difference.left());
    changes.addAll(difference.changed());
    if (actors.contains(server.user()) && !server.isSuperuser() && !logsInStill()) {
      changes.add("password of role " + server.user() + " differs: it cannot log in any more");
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

  private void drop(String database) {
    try {
      Databases.drop(server.control(), server.target(), database);
    } catch (SessionException refused) {
      remains.add("database " + database + " stays: " + refused.text());
    }
  }
}
