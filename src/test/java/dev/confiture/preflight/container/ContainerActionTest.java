package dev.confiture.preflight.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.runner.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.MountableFile;

/** The action's image, as a workflow uses it. */
final class ContainerActionTest {

  private static final String NO_SERVICE = "bridge";

  @TempDir Path root;

  @Test
  void theServerInTheImageShowsTheDemosFailures() throws IOException {
    Engine.image();
    ContainerStep step =
        ContainerStep.in(root)
            .folder("src/demo", "db")
            .with("schema_file", "production-schema.sql")
            .with("migrations_dir", "migrations")
            .with("working_directory", "db")
            .with("json_file", "report.json");
    ContainerStep.Ended ended = step.run(NO_SERVICE);
    assertEquals(1, ended.code(), ended.err());
    List<String> errors =
        ended.read().annotations().stream()
            .filter(a -> a.name().equals("error"))
            .map(
                a ->
                    a.properties().get("file")
                        + ":"
                        + a.properties().get("line")
                        + ":"
                        + a.properties().get("col"))
            .toList();
    assertEquals(
        List.of(
            "db/migrations/0132_payments_method_enum.up.sql:5:18",
            "db/migrations/0136_products_drop_legacy_sku.up.sql:3:17",
            "db/migrations/0138_sales_channel.up.sql:18:9",
            "db/migrations/0139_return_reasons.up.sql:7:1",
            "db/migrations/0143_users_nickname_required.up.sql:6:18",
            "db/migrations/0145_audit_log.up.sql:1:14",
            "db/migrations/0145_audit_log.up.sql:9:40"),
        errors);
    assertEquals("false", ended.output("all_passed"));
    assertEquals("6", ended.output("failed"));
    assertEquals("db/report.json", ended.output("json_path"));
    assertTrue(ended.summary().startsWith("## ✗ Preflight: 6 of 16 pending migrations"));
    Path json = step.workspace().resolve("db/report.json");
    assertEquals(1001, Files.getAttribute(json, "unix:uid"));
  }

  @Test
  void aServiceIsWaitedForAndLeftAsItWas() throws Exception {
    Engine.image();
    try (Network network = Network.newNetwork();
        PostgreSQLContainer sandbox = Engine.postgres(network, "sandbox", "postgres")) {
      CompletableFuture<Void> starting = CompletableFuture.runAsync(sandbox::start);
      while (sandbox.getContainerId() == null && !starting.isDone()) {
        Thread.onSpinWait();
      }
      ContainerStep.Ended ended = demo("sandbox").run(network.getId());
      starting.join();
      assertEquals("6", ended.output("failed"), ended.out() + ended.err());
      // The password is the user's name: to hide it would tell it, and spoil the log.
      assertEquals(List.of(), ended.read().masks());
      assertNothingIsLeftOn(sandbox);
    }
  }

  @Test
  void aCancelledStepLeavesNothingAndHasWrittenItsOutputs() throws Exception {
    Engine.image();
    try (Network network = Network.newNetwork();
        PostgreSQLContainer sandbox = Engine.postgres(network, "sandbox", "postgres")) {
      sandbox.start();
      ContainerStep step =
          ContainerStep.in(root)
              .file(
                  "schema.sql",
                  "CREATE ROLE deployer; CREATE TABLE t (id int);"
                      + " ALTER TABLE t OWNER TO deployer;")
              .file("db/migrations/1_slow.sql", "SELECT pg_sleep(300);\n")
              .with("schema_file", "schema.sql")
              .with("since", "1")
              .with("statement_timeout", "0")
              .with("sandbox_url", "postgresql://postgres:postgres@sandbox:5432/postgres");
      step.start(network.getId());
      awaitOn(sandbox, "query ~ '^SELECT pg_sleep'", step);
      assertEquals("SIGINT", step.cancel());
      assertCancelled(step.ended());
      assertNothingIsLeftOn(sandbox);
    }
  }

  @Test
  void aStepIsCancelledThoughTheSandboxIsSilent() throws Exception {
    Engine.image();
    try (Network network = Network.newNetwork();
        PostgreSQLContainer sandbox = Engine.postgres(network, "sandbox", "postgres")) {
      sandbox.start();
      // Its kernel takes the connection, and nobody answers.
      sandbox.getDockerClient().pauseContainerCmd(sandbox.getContainerId()).exec();
      ContainerStep step = demo("sandbox");
      step.start(network.getId());
      while (step.isRunning() && !step.log().contains("starting the sandbox")) {
        Thread.sleep(50);
      }
      assertNotEquals("SIGKILL", step.cancel());
      assertCancelled(step.ended());
    }
  }

  @Test
  void aStepIsCancelledWhileProductionIsDumped() throws Exception {
    Engine.image();
    try (Network network = Network.newNetwork();
        PostgreSQLContainer production = Engine.postgres(network, "production", "secret word")) {
      production.start();
      psql(production, "CREATE TABLE locked (id int)");
      ContainerStep step =
          ContainerStep.in(root)
              .file("db/migrations/1_any.sql", "SELECT 1;\n")
              .with("source_url", "postgresql://postgres@production/postgres")
              .with("source_password", "secret word")
              .with("since", "1");
      try (Connection deployment = production.createConnection("");
          Statement statement = deployment.createStatement()) {
        deployment.setAutoCommit(false);
        statement.execute("LOCK TABLE locked");
        step.start(network.getId());
        awaitOn(production, "wait_event_type = 'Lock' AND query ~ '^LOCK TABLE'", step);
        assertEquals("SIGINT", step.cancel());
        assertCancelled(step.ended());
      }
      assertEquals(
          "0",
          psql(
              production,
              "SELECT count(*) FROM pg_stat_activity WHERE application_name ~ 'preflight'"));
    }
  }

  @Test
  void productionsPasswordIsNowhere() throws Exception {
    Engine.image();
    String password = "p%40ss w/:?word";
    try (Network network = Network.newNetwork();
        PostgreSQLContainer production = Engine.postgres(network, "production", "p@ss w/:?word")) {
      production.start();
      production.copyFileToContainer(
          MountableFile.forHostPath("src/demo/production-schema.sql", 0644), "/tmp/schema.sql");
      psql(production, "CREATE DATABASE orders");
      for (String role : List.of("orders_owner", "dba_ops")) {
        psql(production, "CREATE ROLE " + role);
      }
      ExecResult restored =
          production.execInContainer(
              "psql",
              "-qX",
              "-U",
              "postgres",
              "-d",
              "orders",
              "-h",
              "/var/run/postgresql",
              "-f",
              "/tmp/schema.sql");
      assertEquals(0, restored.getExitCode(), restored.getStderr());
      ContainerStep.Ended ended =
          ContainerStep.in(root)
              .folder("src/demo", "db")
              .with("migrations_dir", "db/migrations")
              .with(
                  "source_url",
                  "postgresql://postgres:"
                      + password
                          .replace(" ", "%20")
                          .replace("/", "%2F")
                          .replace(":", "%3A")
                          .replace("?", "%3F")
                      + "@production:5432/orders")
              .run(network.getId());
      assertEquals("6", ended.output("failed"), ended.out() + ended.err());
      assertEquals("16", ended.output("pending"));
      String shown =
          String.join("\n", ended.read().log())
              + ended.read().annotations().stream().map(Command::data).toList()
              + ended.summary()
              + ended.err();
      assertFalse(shown.contains("p@ss"), shown);
      assertFalse(shown.contains("p%40ss"), shown);
    }
  }

  @Test
  void whatNeedsAnExtensionThatIsNotHereIsNamedBeforeTheRestore() throws Exception {
    Engine.image();
    try (Network network = Network.newNetwork();
        PostgreSQLContainer production = Engine.postgres(network, "production", "secret word")) {
      production.start();
      String extensions = "/usr/share/postgresql/17/extension/";
      production.copyFileToContainer(
          Transferable.of("default_version = '1.0'\n"), extensions + "preflight_geo.control");
      production.copyFileToContainer(
          Transferable.of("CREATE DOMAIN spot AS point;\n"), extensions + "preflight_geo--1.0.sql");
      psql(production, "CREATE EXTENSION preflight_geo");
      psql(production, "CREATE TABLE places (id int, at spot); CREATE TABLE people (id int)");
      ContainerStep.Ended ended =
          ContainerStep.in(root)
              .file("db/migrations/1_places.sql", "ALTER TABLE places ADD name text;\n")
              .with("source_url", "postgresql://postgres@production/postgres")
              .with("source_password", "secret word")
              .with("since", "1")
              .run(network.getId());
      assertEquals("unverified", ended.output("verdict"), ended.out());
      List<String> log = ended.read().log();
      assertTrue(
          log.subList(0, log.indexOf("preparing the database")).stream()
              .anyMatch(
                  line ->
                      line.endsWith(
                          " does not have the extension preflight_geo: what needs it is left out:"
                              + " table column public.places.at")),
          ended.out());
      assertTrue(ended.summary().contains("so these are missing here:"), ended.summary());
    }
  }

  @Test
  void aMigrationReachesNeitherTheEnvironmentNorAProgramNorAServer() throws IOException {
    Engine.image();
    ContainerStep.Ended ended =
        ContainerStep.in(root)
            .file("schema.sql", "CREATE TABLE t (line text);")
            .file("db/migrations/1_program.sql", "COPY t FROM PROGRAM 'id';\n")
            .file("db/migrations/2_environ.sql", "SELECT pg_read_file('/proc/1/environ');\n")
            .file("db/migrations/3_socket.sql", "COPY t FROM '/var/run/docker.sock';\n")
            .file("db/migrations/4_dblink.sql", "CREATE EXTENSION dblink;\n")
            .file("db/migrations/5_fdw.sql", "CREATE EXTENSION postgres_fdw;\n")
            .file("db/migrations/6_lo.sql", "SELECT lo_import('/proc/self/environ');\n")
            .with("schema_file", "schema.sql")
            .with("since", "1")
            .with("source_password", "this-is-the-secret")
            .run(NO_SERVICE);
    assertEquals("0", ended.output("passed"), ended.out());
    // Refused for want of a right, not because something is not installed.
    for (int file = 1; file <= 6; file++) {
      String row = "\\| . \\| \\**" + file + "_[a-z]+\\** \\| (failed|unverified), 42501 \\|.*";
      assertTrue(ended.summary().lines().anyMatch(line -> line.matches(row)), ended.summary());
    }
    assertFalse(ended.out().contains("uid="), ended.out());
    assertFalse(ended.summary().contains("this-is-the-secret"));
  }

  /** What a fault of PostgreSQL's could reach, that lets SQL run machine code. */
  @Test
  void theServersUserReachesNeitherTheSecretNorTheEngine() throws Exception {
    Engine.image();
    ContainerStep step =
        ContainerStep.in(root)
            .file("schema.sql", "CREATE TABLE t (id int);")
            .file("db/migrations/1_slow.sql", "SELECT pg_sleep(300);\n")
            .with("schema_file", "schema.sql")
            .with("since", "1")
            .with("source_password", "this-is-the-secret");
    step.start(NO_SERVICE);
    while (step.isRunning() && !step.log().contains("rehearsing 1_slow")) {
      Thread.sleep(50);
    }
    String server = "$(grep -l postgres /proc/[0-9]*/comm | head -n 1 | cut -d / -f 3)";
    String asServer =
        "setpriv --reuid=$(stat -c %u /proc/"
            + server
            + ") --regid=$(stat -c %g /proc/"
            + server
            + ") --clear-groups --no-new-privs ";
    DockerCommand.Ended environment = step.inside(asServer + "cat /proc/" + server + "/environ");
    assertEquals(0, environment.code(), environment.err());
    assertFalse(environment.out().contains("INPUT_"), environment.out());
    for (String reach :
        List.of(
            "cat /proc/1/environ",
            "test -r /var/run/docker.sock",
            "test -w /var/run/docker.sock",
            "test -w /github/workspace",
            "test -w /github/workspace/schema.sql",
            "test -w /app/classpath/preflight.jar")) {
      assertNotEquals(0, step.inside(asServer + reach).code(), reach);
    }
    step.cancel();
    assertCancelled(step.ended());
  }

  private ContainerStep demo(String alias) throws IOException {
    return ContainerStep.in(root)
        .folder("src/demo", "db")
        .with("schema_file", "db/production-schema.sql")
        .with("migrations_dir", "db/migrations")
        .with("sandbox_url", "postgresql://postgres:postgres@" + alias + ":5432/postgres");
  }

  /** Waits for a session of whom this can be said. */
  private static void awaitOn(PostgreSQLContainer server, String condition, ContainerStep step)
      throws Exception {
    while (psql(server, "SELECT count(*) FROM pg_stat_activity WHERE " + condition).equals("0")) {
      assertTrue(step.isRunning(), () -> "ended: " + step.log());
      Thread.sleep(100);
    }
  }

  private static void assertCancelled(ContainerStep.Ended ended) {
    assertEquals("error", ended.output("verdict"), ended.out());
    assertEquals("false", ended.output("all_passed"));
    assertTrue(
        ended.read().annotations().stream()
            .anyMatch(a -> a.name().equals("error") && a.data().contains("a signal ended")),
        ended.out());
    assertNotEquals(0, ended.code());
  }

  private static void assertNothingIsLeftOn(PostgreSQLContainer sandbox) throws Exception {
    assertEquals(
        "postgres",
        psql(sandbox, "SELECT string_agg(datname, ' ') FROM pg_database WHERE NOT datistemplate"));
    assertEquals(
        "postgres",
        psql(sandbox, "SELECT string_agg(rolname, ' ') FROM pg_roles WHERE rolname !~ '^pg_'"));
  }

  private static String psql(PostgreSQLContainer server, String query) throws Exception {
    ExecResult result =
        server.execInContainer(
            "psql", "-AtqX", "-U", "postgres", "-h", "/var/run/postgresql", "-c", query);
    assertEquals(0, result.getExitCode(), result.getStderr());
    return result.getStdout().strip();
  }
}
