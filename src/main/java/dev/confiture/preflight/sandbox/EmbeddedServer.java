package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.problem.SandboxProblem;
import dev.confiture.preflight.process.AtExit;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A server of our own, for this run alone: on loopback, with random names and passwords, gone with
 * the process.
 *
 * <p>The cluster is thrown away with the run, so the seeded database itself serves as the clone.
 */
public final class EmbeddedServer implements Sandbox {

  private static final String DATABASE = "preflight";
  private static final Map<String, String> WITHOUT_TRIGGERS =
      Map.of("session_replication_role", "replica");

  private final ServerProcess process;
  private final Credentials superuser;
  private final Credentials restorer;
  private final ServerVersion version;
  private final AtExit atExit;
  private boolean seeded;
  private boolean cloned;

  /**
   * On a cluster that runs.
   *
   * @param end done once the server is not needed any more
   */
  EmbeddedServer(ServerProcess process, Credentials superuser, Runnable end) {
    this.process = process;
    this.superuser = superuser;
    this.restorer = Credentials.random("preflight_restore_");
    this.atExit = AtExit.run(end);
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
      return new EmbeddedServer(process, superuser, process::close);
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
              + DATABASE
              + " TEMPLATE template0 OWNER "
              + Identifiers.quote(restorer.user()));
      return Session.open(target(DATABASE, restorer), WITHOUT_TRIGGERS);
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
    if (cloned) {
      throw new IllegalStateException("the seeded database is migrated once");
    }
    cloned = true;
    if (!seeded) {
      openTemplate(isolation).close();
    }
    try {
      return EmbeddedClone.prepare(this, isolation, choice, settings);
    } catch (SessionException refused) {
      throw new SandboxProblem(
          "preparing the seeded database for the migrations: " + refused.text(), "", refused);
    }
  }

  @Override
  public List<String> remains() {
    return List.of();
  }

  @Override
  public void close() {
    atExit.runNow();
  }

  /** The name of the seeded database. */
  String database() {
    return DATABASE;
  }

  /** The superuser that restores. */
  Credentials restorer() {
    return restorer;
  }

  /** The roles of the engine. */
  List<String> engineRoles() {
    return List.of(superuser.user(), restorer.user());
  }

  /** A superuser's session in the seeded database, whose DDL fires no event trigger. */
  Session openAsRestorer() {
    return Session.openForCatalog(target(DATABASE, restorer), WITHOUT_TRIGGERS);
  }

  /** The same for questions while migrations run. */
  Session openForQuestions() {
    return Session.openForCatalog(
        target(DATABASE, restorer), QuestionLimits.with(WITHOUT_TRIGGERS));
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
