package dev.confiture.preflight.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confiture.preflight.runner.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Network;

/** What neither a reader of the log nor a migration gets to see. */
final class SecretsAndMigrationsTest {

  private static final String NO_SERVICE = "bridge";

  @TempDir Path root;

  @Test
  void productionsPasswordIsNowhere() throws Exception {
    Image.underTest();
    String password = "p%40ss w/:?word";
    try (Network network = Network.newNetwork();
        Service production = Service.on(network, "production", "p@ss w/:?word")) {
      production.start();
      production.ask("CREATE DATABASE orders");
      for (String role : List.of("orders_owner", "dba_ops")) {
        production.ask("CREATE ROLE " + role);
      }
      production.write(
          "/tmp/schema.sql", Files.readString(Path.of("src/demo/production-schema.sql")));
      production.restore("orders", "/tmp/schema.sql");
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
  void aMigrationReachesNeitherTheEnvironmentNorAProgramNorAServer() throws IOException {
    Image.underTest();
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

  /** image.bats has the control: with a setpriv without Landlock such a migration gets it all. */
  @Test
  void aSuperusersMigrationReachesTheClusterAlone() throws IOException {
    assumeTrue(
        DockerCommand.start(
                    List.of(
                        "run",
                        "--rm",
                        Image.underTest(),
                        "setpriv",
                        "--no-new-privs",
                        "--landlock-access=fs",
                        "--landlock-rule=path-beneath:execute,read-file:/",
                        "true"),
                    root)
                .await()
                .code()
            == 0,
        "this kernel has no Landlock");
    String say = "DO $$ BEGIN RAISE 'got %%', pg_read_file('%s'); END $$;\n";
    ContainerStep.Ended ended =
        ContainerStep.in(root)
            .file("schema.sql", "CREATE TABLE t (line text);")
            .file("db/migrations/1_program.sql", "COPY t FROM PROGRAM 'id';\n")
            .file("db/migrations/2_passwd.sql", say.formatted("/etc/passwd"))
            .file("db/migrations/3_environ.sql", say.formatted("/proc/self/environ"))
            .file("db/migrations/4_schema.sql", say.formatted("/github/workspace/schema.sql"))
            .file("db/migrations/5_written.sql", "COPY t TO '/tmp/written';\n")
            .file("db/migrations/6_cluster.sql", say.formatted("PG_VERSION"))
            .with("schema_file", "schema.sql")
            .with("since", "1")
            .with("run_as_superuser", "true")
            .with("source_password", "this-is-the-secret")
            .run(NO_SERVICE);
    for (String file : List.of("1_program", "2_passwd", "3_environ", "4_schema", "5_written")) {
      assertTrue(ended.summary().contains("| ? | " + file + " | unverified, 42501 |"), ended.out());
    }
    assertTrue(ended.summary().contains("`got 1"), ended.summary());
    assertFalse(ended.out().contains("uid="), ended.out());
    assertFalse(ended.out().contains("root:x:0:0"), ended.out());
    assertFalse(ended.summary().contains("this-is-the-secret"));
  }

  /** What a fault of PostgreSQL's could reach, that lets SQL run machine code. */
  @Test
  void theServersUserReachesNeitherTheSecretNorTheEngine() throws Exception {
    Image.underTest();
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
    assertEquals("false", step.ended().output("all_passed"));
  }
}
