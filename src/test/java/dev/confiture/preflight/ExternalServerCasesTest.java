package dev.confiture.preflight;

import static dev.confiture.preflight.sandbox.Isolation.CLONE;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden cases with {@code --against}: the same verdicts, and the server stays as it was. */
final class ExternalServerCasesTest extends ExternalServerCases {

  ExternalServerCasesTest() {
    super(CLONE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rehearsesOnACopyOfTheNamedDatabase(GoldenCase golden) throws IOException {
    try (SeededDatabases.Copy copy = seeded.copyFor(golden)) {
      ServerState before = ServerState.of(copy.url());
      golden.check(golden.runOnSeeded(copy.url(), CLONE), CLONE);
      ServerState.assertUnchanged(before, ServerState.of(copy.url()));
    }
  }

  @Test
  void seesAChange() {
    ConnectionString url = server.newDatabase("changed");
    try (Session session = Session.open(url)) {
      session.run("CREATE SEQUENCE s; CREATE TABLE t (id int)");
      for (String change :
          List.of(
              "SELECT nextval('s')",
              "INSERT INTO t VALUES (1)",
              "UPDATE t SET id = 2",
              "ALTER TABLE t ADD n int",
              "COMMENT ON COLUMN t.n IS 'n'",
              "GRANT EXECUTE ON FUNCTION pg_sleep TO pg_monitor",
              "CREATE ROLE somebody",
              "ALTER ROLE somebody SET work_mem = '1MB'",
              "CREATE DATABASE another")) {
        ServerState before = ServerState.of(url);
        session.execute(change);
        assertNotEquals(before, ServerState.of(url), change);
      }
    }
    server.drop("another");
    server.drop("changed");
  }
}
