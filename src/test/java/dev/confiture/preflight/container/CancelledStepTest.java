package dev.confiture.preflight.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.testcontainers.containers.Network;

/** A step that is cancelled, whatever it is doing. */
@Isolated("the runner's limits are of the clock on the wall")
final class CancelledStepTest {

  @TempDir Path root;

  @Test
  void aCancelledStepLeavesNothingAndHasWrittenItsOutputs() throws Exception {
    Image.underTest();
    try (Network network = Network.newNetwork();
        Service sandbox = Service.on(network, "sandbox", "postgres")) {
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
      sandbox.awaitSession("query ~ '^SELECT pg_sleep'", step);
      assertEquals("SIGINT", step.cancel());
      assertCancelled(step.ended());
      sandbox.assertNothingIsLeft();
    }
  }

  @Test
  void aStepIsCancelledThoughTheSandboxIsSilent() throws Exception {
    Image.underTest();
    try (Network network = Network.newNetwork();
        Service sandbox = Service.on(network, "sandbox", "postgres")) {
      sandbox.start();
      // Its kernel takes the connection, and nobody answers.
      sandbox.pause();
      ContainerStep step = ContainerStep.demo(root);
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
    Image.underTest();
    try (Network network = Network.newNetwork();
        Service production = Service.on(network, "production", "secret word")) {
      production.start();
      production.ask("CREATE TABLE locked (id int)");
      ContainerStep step =
          ContainerStep.in(root)
              .file("db/migrations/1_any.sql", "SELECT 1;\n")
              .with("source_url", "postgresql://postgres@production/postgres")
              .with("source_password", "secret word")
              .with("since", "1");
      try (Connection deployment = production.connect();
          Statement statement = deployment.createStatement()) {
        deployment.setAutoCommit(false);
        statement.execute("LOCK TABLE locked");
        step.start(network.getId());
        production.awaitSession("wait_event_type = 'Lock' AND query ~ '^LOCK TABLE'", step);
        assertEquals("SIGINT", step.cancel());
        assertCancelled(step.ended());
      }
      assertEquals(
          "0",
          production.ask(
              "SELECT count(*) FROM pg_stat_activity WHERE application_name ~ 'preflight'"));
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
}
