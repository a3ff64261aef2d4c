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
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Materialized views have data where an ordinary user of an external server restores, too: but for
 * those that cannot be refreshed without rows, and what reads one of these is unverified.
 */
final class ViewsWithoutDataTest {

  @TempDir private Path migrations;
  @TempDir private Path elsewhere;

  /** The servers, with CREATEDB for a clone and without, where the user's own database serves. */
  static Stream<Arguments> servers() {
    return TestServers.binaries().stream()
        .flatMap(
            binaries ->
                Stream.of("CREATEDB", "NOCREATEDB").map(may -> Arguments.of(binaries, may)));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void areUnverified(Path binaries, String mayCreateDatabases) throws IOException {
    Path schema =
        Files.writeString(
            elsewhere.resolve("schema.sql"),
            """
            CREATE TABLE sale (id int PRIMARY KEY, day date);
            CREATE MATERIALIZED VIEW days AS SELECT DISTINCT day FROM sale WITH NO DATA;
            CREATE MATERIALIZED VIEW share AS SELECT 1 / count(*) AS part FROM sale WITH NO DATA;
            CREATE UNIQUE INDEX share_part ON share (part);
            """);
    Files.writeString(migrations.resolve("001_has_data.sql"), "SELECT * FROM days;\n");
    Files.writeString(migrations.resolve("002_reads.sql"), "SELECT * FROM share;\n");
    Files.writeString(
        migrations.resolve("003_refreshes.sql"), "REFRESH MATERIALIZED VIEW share;\n");
    Files.writeString(
        migrations.resolve("004_concurrently.sql"),
        "REFRESH MATERIALIZED VIEW CONCURRENTLY share;\n");
    Files.writeString(
        migrations.resolve("005_its_own.sql"),
        """
        CREATE MATERIALIZED VIEW own AS SELECT 1 AS one WITH NO DATA;
        SELECT * FROM own;
        """);
    try (ExternalServer server = ExternalServer.start(binaries)) {
      ConnectionString shop = server.newDatabase("shop");
      try (Session session = Session.open(shop)) {
        session.run(
            "CREATE ROLE dev LOGIN PASSWORD 'no-secret' "
                + mayCreateDatabases
                + "; ALTER DATABASE shop OWNER TO dev; ALTER SCHEMA public OWNER TO dev");
      }
      Report report =
          Preflight.rehearse(
              Options.of(migrations)
                  .withSchemaFile(schema)
                  .withAgainst(shop.withUser("dev", "no-secret")));
      assertEquals(
          List.of("passed", "unverified", "unverified", "unverified", "failed"),
          SavepointProject.outcomes(report),
          JsonReport.write(report));
    }
  }
}
