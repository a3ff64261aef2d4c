package dev.confiture.preflight.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A PostgreSQL on the job's network: a service, or what stands for production. */
final class Service implements AutoCloseable {

  private final PostgreSQLContainer container;

  private Service(PostgreSQLContainer container) {
    this.container = container;
  }

  /** With this alias, and a user postgres of this password. */
  static Service on(Network network, String alias, String password) {
    String name = System.getProperty("preflight.postgres.image", "postgres:17");
    return new Service(
        new PostgreSQLContainer(DockerImageName.parse(name).asCompatibleSubstituteFor("postgres"))
            .withNetwork(network)
            .withNetworkAliases(alias)
            .withUsername("postgres")
            .withDatabaseName("postgres")
            .withPassword(password)
            .waitingFor(Wait.forListeningPort()));
  }

  void start() {
    container.start();
  }

  /** Whether it has been started, though it may not answer yet. */
  boolean isLaunched() {
    return container.getContainerId() != null;
  }

  /** From now on its kernel takes connections, and nobody answers. */
  void pause() {
    container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
  }

  /** A session of somebody else's. */
  Connection connect() throws SQLException {
    return container.createConnection("");
  }

  void write(String path, String text) {
    container.copyFileToContainer(Transferable.of(text), path);
  }

  /** What psql prints for a query. */
  String ask(String query) throws IOException, InterruptedException {
    return psql("postgres", "-c", query);
  }

  /** Runs a script that {@link #write} has put there. */
  void restore(String database, String path) throws IOException, InterruptedException {
    psql(database, "-f", path);
  }

  private String psql(String database, String option, String value)
      throws IOException, InterruptedException {
    ExecResult result =
        container.execInContainer(
            "psql",
            "-AtqX",
            "-U",
            "postgres",
            "-h",
            "/var/run/postgresql",
            "-d",
            database,
            option,
            value);
    assertEquals(0, result.getExitCode(), result.getStderr());
    return result.getStdout().strip();
  }

  /** Waits for a session of which this holds, while the step runs. */
  void awaitSession(String condition, ContainerStep step) throws IOException, InterruptedException {
    while (ask("SELECT count(*) FROM pg_stat_activity WHERE " + condition).equals("0")) {
      assertTrue(step.isRunning(), () -> "ended: " + step.log());
      Thread.sleep(100);
    }
  }

  /** Neither a database nor a role. */
  void assertNothingIsLeft() throws IOException, InterruptedException {
    for (String query :
        List.of(
            "SELECT string_agg(datname, ' ') FROM pg_database WHERE NOT datistemplate",
            "SELECT string_agg(rolname, ' ') FROM pg_roles WHERE rolname !~ '^pg_'")) {
      assertEquals("postgres", ask(query));
    }
  }

  @Override
  public void close() {
    container.close();
  }
}
