package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --run-as-superuser} gives, and where it is refused. */
final class RunAsSuperuserTest {

  private static final Options.Role SUPERUSER =
      new Options.Role(Optional.of("deployer"), true, Map.of());

  @TempDir private Path migrations;
  @TempDir private Path elsewhere;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        elsewhere.resolve("schema.sql"),
        """
        CREATE TABLE wages (id int PRIMARY KEY);
        ALTER TABLE wages OWNER TO boss;
        CREATE TABLE tills (id int PRIMARY KEY);
        """);
    Files.writeString(
        migrations.resolve("001_their_table.sql"), "ALTER TABLE wages ADD COLUMN paid date;\n");
    Files.writeString(
        migrations.resolve("002_a_file.sql"), "SELECT length(pg_read_file('PG_VERSION'));\n");
    Files.writeString(
        migrations.resolve("003_owner.sql"),
        "SELECT 1 / (current_user = 'deployer' AND EXISTS (SELECT FROM pg_tables"
            + " WHERE tablename = 'tills' AND tableowner = 'deployer'))::int;\n");
    Files.writeString(
        migrations.resolve("004_wrong.sql"), "ALTER TABLE wages ADD COLUMN paid date;\n");
  }

  private Options options() {
    return Options.of(migrations).withSchemaFile(elsewhere.resolve("schema.sql"));
  }

  @Test
  void onTheEmbeddedServer() {
    assertPasses(Preflight.rehearse(options().withRole(SUPERUSER)));
  }

  @Test
  void onADisposableServer() {
    try (ExternalServer server = ExternalServer.start()) {
      ConnectionString shop = server.newDatabase("shop");
      ServerState before = ServerState.of(shop);
      assertPasses(Preflight.rehearse(disposable(options().withAgainst(shop).withRole(SUPERUSER))));
      ServerState.assertUnchanged(before, ServerState.of(shop));
    }
  }

  @Test
  void notOnAServerThatIsKept() {
    UsageProblem problem =
        assertThrows(
            UsageProblem.class,
            () ->
                Preflight.rehearse(
                    options()
                        .withAgainst("postgresql://app@localhost:1/shop")
                        .withRole(SUPERUSER)));
    assertTrue(
        problem.hint().orElse("").contains("--sandbox-disposable"),
        () -> problem.hint().toString());
  }

  @Test
  void notByARoleThatWasThere() {
    try (ExternalServer server = ExternalServer.start()) {
      ConnectionString shop = server.newDatabase("shop");
      try (Session session = Session.open(shop)) {
        session.run("CREATE ROLE deployer");
      }
      ServerState before = ServerState.of(shop);
      SandboxProblem problem =
          assertThrows(
              SandboxProblem.class,
              () ->
                  Preflight.rehearse(disposable(options().withAgainst(shop).withRole(SUPERUSER))));
      assertTrue(problem.text().contains("never altered"), problem.text());
      ServerState.assertUnchanged(before, ServerState.of(shop));
    }
  }

  private static Options disposable(Options options) {
    Options.Server server = options.where().server();
    return options.with(
        options
            .where()
            .with(
                new Options.Server(
                    server.against(), true, server.binaries(), server.startLimit())));
  }

  private static void assertPasses(Report report) {
    assertEquals(
        List.of("passed", "passed", "passed", "failed"),
        SavepointProject.outcomes(report),
        () -> JsonReport.write(report));
  }
}
