package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.problem.SandboxProblem;
import dev.confiture.preflight.process.AtExit;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server of our own, for this run alone: on loopback, with random names and passwords, gone with
 * the process.
 *
 * <p>The cluster is thrown away with the run.
 */
public final class EmbeddedServer implements Sandbox {

  private static final String TEMPLATE = "preflight";
  private static final String CLONE = "preflight_clone";
  private static final Map<String, String> WITHOUT_TRIGGERS =
      Map.of("session_replication_role", "replica");

  private final ServerProcess process;
  private final Credentials superuser;
  private final Credentials restorer;
  private final ServerVersion version;
  private final AtExit atExit;
  private boolean seeded;
  private Optional<Prepared> prepared = Optional.empty();

  /**
   * What the first clone left for a second one.
   *
   * @param control a session beside the template and its clones
   */
  private record Prepared(
      Session control, SharedCatalogs shared, Arrangement arrangement, String owner) {}

  private EmbeddedServer(ServerProcess process, Credentials superuser, Credentials restorer) {
    this.process = process;
    this.superuser = superuser;
    this.restorer = restorer;
    this.atExit = AtExit.run(process::close);
    try (Session session = Session.open(target("postgres", superuser))) {
      this.version = session.serverVersion();
      session.run(
          "CREATE ROLE "
              + Identifiers.quote(restorer.user())
              + " SUPERUSER LOGIN PASSWORD "
              + Identifiers.literal(restorer.verifier()));
    }
  }

  /**
   * Starts a server from these programs.
   *
   * @throws SandboxProblem if it does not start, with the end of its log
   */
  public static EmbeddedServer start(ServerBinaries binaries) {
    return start(binaries, Folders.parentForClusters());
  }

  static EmbeddedServer start(ServerBinaries binaries, Path parent) {
    Credentials superuser = Credentials.random("preflight_");
    ServerProcess process = ServerProcess.start(binaries, OsUser.forServer(), parent, superuser);
    try {
      return new EmbeddedServer(process, superuser, Credentials.random("preflight_restore_"));
    } catch (SessionException refused) {
      process.close();
      throw new SandboxProblem(
          "connecting to the embedded server: " + refused.text(),
          "name a server to rehearse on with --against URL",
          refused);
    }
  }

  @Override
  public ServerVersion version() {
    return version;
  }

  @Override
  public String url() {
    return "embedded";
  }

  @Override
  public String description() {
    return "embedded PostgreSQL " + version;
  }

  @Override
  public Session openTemplate(Isolation isolation) {
    if (seeded) {
      throw new IllegalStateException("the template is opened once");
    }
    seeded = true;
    try (Session session = Session.open(target("postgres", superuser))) {
      session.run(
          "CREATE DATABASE "
              + TEMPLATE
              + " TEMPLATE template0 OWNER "
              + Identifiers.quote(restorer.user()));
      return Session.open(target(TEMPLATE, restorer), WITHOUT_TRIGGERS);
    } catch (SessionException refused) {
      throw new SandboxProblem(
          "making a database on the embedded server: " + refused.text(),
          "see that there is room in " + process.folder().getParent(),
          refused);
    }
  }

  @Override
  public void mayMake(Collection<String> roles) {
    // All of its roles go with it.
  }

  @Override
  public boolean restoresAsSuperuser() {
    return true;
  }

  @Override
  public MigratedDatabase prepare(
      Isolation isolation, RoleChoice choice, Map<String, String> settings) {
    if (!seeded) {
      openTemplate(isolation).close();
    }
    try {
      if (prepared.isEmpty()) {
        prepared = Optional.of(arrange(choice));
      } else {
        dropClone();
        prepared.get().shared().restore();
      }
      Prepared made = prepared.get();
      Databases.copy(made.control(), TEMPLATE, CLONE, made.owner());
      made.shared().hideTemplate();
      return new EmbeddedClone(this, isolation, made.arrangement(), settings);
    } catch (SessionException refused) {
      throw new SandboxProblem(
          "preparing the seeded database for the migrations: " + refused.text(), "", refused);
    }
  }

  private Prepared arrange(RoleChoice choice) {
    Arrangement arrangement;
    try (Session superuser = Session.openForCatalog(target(TEMPLATE, restorer), WITHOUT_TRIGGERS)) {
      arrangement = Arrangement.of(this, superuser, choice);
    }
    Session control = Session.openForCatalog(target("postgres", restorer), Map.of());
    Row template =
        control
            .query(
                "SELECT oid, pg_get_userbyid(datdba) FROM pg_database WHERE datname = '"
                    + TEMPLATE
                    + "'")
            .getFirst();
    // A migration drops what it owns.
    control.run("ALTER DATABASE " + TEMPLATE + " OWNER TO " + Identifiers.quote(restorer.user()));
    return new Prepared(
        control, SharedCatalogs.save(control, template.text(0)), arrangement, template.text(1));
  }

  /** Drops the clone; the last one goes with the server. */
  private void dropClone() {
    prepared.ifPresent(made -> Databases.drop(made.control(), target(CLONE, restorer), CLONE));
  }

  @Override
  public List<String> remains() {
    return List.of();
  }

  @Override
  public void close() {
    atExit.runNow();
  }

  /** The name of the database that is migrated. */
  String database() {
    return CLONE;
  }

  /** The name of the seeded database. */
  String template() {
    return TEMPLATE;
  }

  /** The superuser that restores. */
  Credentials restorer() {
    return restorer;
  }

  /** The roles of the engine. */
  List<String> engineRoles() {
    return List.of(superuser.user(), restorer.user());
  }

  /** A superuser's session in the clone for questions, whose DDL fires no event trigger. */
  Session openForQuestions() {
    return Session.openForCatalog(target(CLONE, restorer), QuestionLimits.with(WITHOUT_TRIGGERS));
  }

  /** How to connect, for tests that need a server of somebody's. */
  ConnectionString superuserTarget() {
    return target("postgres", superuser);
  }

  /** Where the cluster is. */
  Path folder() {
    return process.folder();
  }

  /** How a role of this server connects. */
  ConnectionString target(String database, Credentials as) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("host", "127.0.0.1");
    parameters.put("port", String.valueOf(process.port()));
    parameters.put("user", as.user());
    parameters.put("password", as.password());
    parameters.put("dbname", database);
    // On loopback neither is offered, and asking costs a round trip a session.
    parameters.put("sslmode", "disable");
    parameters.put("gssencmode", "disable");
    return new ConnectionString(parameters, true);
  }
}
