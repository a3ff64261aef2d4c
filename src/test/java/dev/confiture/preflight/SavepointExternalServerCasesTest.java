package dev.confiture.preflight;

import static dev.confiture.preflight.sandbox.Isolation.SAVEPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.ExternalServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden cases with {@code --against} and savepoint isolation: nothing of them is there
 * afterwards, unless the case says that it consumes the database.
 *
 * <p>Those that depend on which server it is; in the nightly build all.
 */
final class SavepointExternalServerCasesTest {

  private static final ExternalServer SERVER = ExternalServer.start();
  private static final SeededDatabases SEEDED = new SeededDatabases(SERVER);
  private static final ConnectionString EMPTY = SERVER.newDatabase("empty");

  @TempDir private static Path scratch;

  static Stream<GoldenCase> cases() throws IOException {
    return GoldenCase.forExternalServer(scratch);
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesTheExternalDatabaseAsItWas(GoldenCase golden) throws IOException {
    try (SeededDatabases.Copy copy = SEEDED.copyFor(golden)) {
      ServerState before = ServerState.undoneByRollback(copy.url());
      Report report = golden.runOnSeeded(copy.url(), SAVEPOINT);
      golden.check(report, SAVEPOINT);
      assertEquals(golden.consumes(), report.dbConsumed());
      ServerState after = ServerState.undoneByRollback(copy.url());
      if (golden.consumes()) {
        assertNotEquals(before, after);
      } else {
        ServerState.assertUnchanged(before, after);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void seedsADatabaseOfItsOwn(GoldenCase golden) throws IOException {
    ServerState before = ServerState.of(EMPTY);
    golden.check(golden.runAgainst(EMPTY, SAVEPOINT), SAVEPOINT);
    ServerState.assertUnchanged(before, ServerState.of(EMPTY));
  }
}
