package dev.confiture.preflight;

import static dev.confiture.preflight.sandbox.Isolation.CLONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.sandbox.NamedServer;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden cases with {@code --against}: the same verdicts, and the server stays as it was. */
final class NamedServerTest {

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
  void seedsADatabaseBesideTheNamedOne(GoldenCase golden) throws IOException {
    ConnectionString url = SERVER.newDatabase("beside " + golden);
    List<String> before = ServerState.of(url);
    golden.checkAgainst(golden.runAgainst(url, CLONE), CLONE);
    assertEquals(before, ServerState.of(url));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rehearsesOnACopyOfTheNamedDatabase(GoldenCase golden) throws IOException {
    ConnectionString url = SERVER.newDatabase("copied " + golden);
    assumeTrue(golden.seed(url), "the database has all that its migrations need");
    List<String> before = ServerState.of(url);
    golden.check(golden.runOnSeeded(url, CLONE), CLONE);
    assertEquals(before, ServerState.of(url));
  }

  @Test
  void seesAChange() {
    ConnectionString url = SERVER.newDatabase("changed");
    try (Session session = Session.open(url)) {
      session.run("CREATE SEQUENCE s; CREATE TABLE t (id int)");
      for (String change :
          List.of(
              "SELECT nextval('s')",
              "INSERT INTO t VALUES (1)",
              "ALTER TABLE t ADD n int",
              "CREATE ROLE somebody",
              "CREATE DATABASE another")) {
        List<String> before = ServerState.of(url);
        session.execute(change);
        assertNotEquals(before, ServerState.of(url), change);
      }
    }
  }
}
