package dev.confiture.preflight;

import static dev.confiture.preflight.sandbox.Isolation.SAVEPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.NamedServer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden cases with {@code --against} and savepoint isolation: nothing of them is there
 * afterwards, unless the case says that it consumes the database.
 */
final class SavepointNamedServerTest {

  private static final NamedServer SERVER = NamedServer.start();

  static Stream<GoldenCase> cases() throws IOException {
    return GoldenCase.all().stream().filter(GoldenCase::isForEveryServer);
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesTheNamedDatabaseAsItWas(GoldenCase golden) throws IOException {
    ConnectionString url = SERVER.newDatabase("within " + golden);
    assumeTrue(golden.seed(url), "the database has all that its migrations need");
    List<String> before = ServerState.undoneByRollback(url);
    Report report = golden.runOnSeeded(url, SAVEPOINT);
    golden.check(report, SAVEPOINT);
    assertEquals(golden.consumes(), report.dbConsumed());
    List<String> after = ServerState.undoneByRollback(url);
    if (golden.consumes()) {
      assertNotEquals(before, after);
    } else {
      assertEquals(before, after);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void seedsADatabaseOfItsOwn(GoldenCase golden) throws IOException {
    ConnectionString url = SERVER.newDatabase("beside " + golden);
    List<String> before = ServerState.of(url);
    golden.checkAgainst(golden.runAgainst(url, SAVEPOINT), SAVEPOINT);
    assertEquals(before, ServerState.of(url));
  }
}
