package dev.confiture.preflight.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Network;

/** The action's image, as a workflow uses it. */
final class ContainerActionTest {

  private static final String NO_SERVICE = "bridge";

  @TempDir Path root;

  @Test
  void theServerInTheImageShowsTheDemosFailures() throws IOException {
    Image.underTest();
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
            // Further ones come behind: the third action names the missing column too.
            "db/migrations/0143_users_nickname_required.up.sql:7:58"),
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
    Image.underTest();
    try (Network network = Network.newNetwork();
        Service sandbox = Service.on(network, "sandbox", "postgres")) {
      CompletableFuture<Void> starting = CompletableFuture.runAsync(sandbox::start);
      while (!sandbox.isLaunched() && !starting.isDone()) {
        Thread.onSpinWait();
      }
      ContainerStep.Ended ended = ContainerStep.demo(root).run(network.getId());
      starting.join();
      assertEquals("6", ended.output("failed"), ended.out() + ended.err());
      // The password is the user's name: to hide it would tell it, and spoil the log.
      assertEquals(List.of(), ended.read().masks());
      sandbox.assertNothingIsLeft();
    }
  }

  @Test
  void whatNeedsAnExtensionThatIsNotHereIsNamedBeforeTheRestore() throws Exception {
    Image.underTest();
    try (Network network = Network.newNetwork();
        Service production = Service.on(network, "production", "secret word")) {
      production.start();
      String extensions =
          production.ask("SELECT setting FROM pg_config WHERE name = 'SHAREDIR'") + "/extension/";
      production.write(extensions + "preflight_geo.control", "default_version = '1.0'\n");
      production.write(extensions + "preflight_geo--1.0.sql", "CREATE DOMAIN spot AS point;\n");
      production.ask("CREATE EXTENSION preflight_geo");
      production.ask("CREATE TABLE places (id int, at spot); CREATE TABLE people (id int)");
      ContainerStep.Ended ended =
          ContainerStep.in(root)
              .file("db/migrations/1_places.sql", "ALTER TABLE places ADD name text;\n")
              .file("db/migrations/2_at.sql", "ALTER TABLE places ALTER at SET NOT NULL;\n")
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
}
