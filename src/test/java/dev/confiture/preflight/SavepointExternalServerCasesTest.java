package dev.confiture.preflight;

import static dev.confiture.preflight.sandbox.Isolation.SAVEPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.confiture.preflight.report.Report;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden cases with {@code --against} and savepoint isolation: nothing of them is there
 * afterwards, unless the case says that it consumes the database.
 */
final class SavepointExternalServerCasesTest extends ExternalServerCases {

  SavepointExternalServerCasesTest() {
    super(SAVEPOINT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesTheExternalDatabaseAsItWas(GoldenCase golden) throws IOException {
    try (SeededDatabases.Copy copy = seeded.copyFor(golden)) {
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
}
