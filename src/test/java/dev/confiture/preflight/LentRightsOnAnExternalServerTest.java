package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a migration does with lent rights on a server of the user's does not outlive the run. */
final class LentRightsOnAnExternalServerTest {

  @TempDir private Path migrations;
  @TempDir private Path elsewhere;

  static Stream<Path> servers() {
    return TestServers.binaries().stream();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void leaveTheServerAsItWas(Path binaries) throws IOException {
    Path schema =
        Files.writeString(
            elsewhere.resolve("schema.sql"),
            """
            CREATE TABLE wages (id int PRIMARY KEY);
            ALTER TABLE wages OWNER TO boss;
            CREATE TABLE tills (id int PRIMARY KEY);
            ALTER TABLE tills OWNER TO clerk;
            """);
    Files.writeString(migrations.resolve("001_theirs.sql"), "ALTER TABLE wages ADD paid date;\n");
    Files.writeString(migrations.resolve("002_database.sql"), "CREATE DATABASE made_by_clerk;\n");
    Files.writeString(
        migrations.resolve("003_role.sql"),
        "DO $$ BEGIN EXECUTE 'CREATE ROLE ' || concat('ro', 'bin'); END $$;\n");
    Files.writeString(
        migrations.resolve("004_role_that_was_there.sql"),
        "GRANT keeper TO clerk;\nALTER ROLE keeper PASSWORD 'x';\n");
    try (ExternalServer server = ExternalServer.start(binaries)) {
      ConnectionString shop = server.newDatabase("shop");
      try (Session session = Session.open(shop)) {
        session.run("CREATE ROLE keeper");
      }
      ServerState before = ServerState.of(shop);
      Report report =
          Preflight.rehearse(
              Options.of(migrations)
                  .withSchemaFile(schema)
                  .withAgainst(shop)
                  .withRole(new Options.Role(Optional.of("clerk"), false, Map.of())));
      String json = JsonReport.write(report);
      assertEquals(
          List.of("unverified", "unverified", "unverified", "unverified"),
          SavepointProject.outcomes(report),
          json);
      assertEquals(List.of(), report.remains());
      ServerState.assertUnchanged(before, ServerState.of(shop));
    }
  }
}
