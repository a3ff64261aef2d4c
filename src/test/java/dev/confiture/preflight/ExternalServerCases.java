package dev.confiture.preflight;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.sandbox.Isolation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden cases with {@code --against}, under one isolation and on a server of their own.
 *
 * <p>Those that depend on which server it is; in the nightly build all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExternalServerCases {

  final ExternalServer server = ExternalServer.start();
  final SeededDatabases seeded = new SeededDatabases(server);

  private final ConnectionString empty = server.newDatabase("empty");
  private final Isolation isolation;
  private Path scratch = Path.of("");

  ExternalServerCases(Isolation isolation) {
    this.isolation = isolation;
  }

  @BeforeAll
  void begin(@TempDir Path folder) {
    scratch = folder;
  }

  @AfterAll
  void stop() {
    server.close();
  }

  Stream<GoldenCase> cases() throws IOException {
    return GoldenCase.forExternalServer(scratch);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void seedsADatabaseBesideTheNamedOne(GoldenCase golden) throws IOException {
    ServerState before = ServerState.of(empty);
    golden.check(golden.runAgainst(empty, isolation), isolation);
    ServerState.assertUnchanged(before, ServerState.of(empty));
  }
}
