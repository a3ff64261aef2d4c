package dev.confiture.preflight.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.rehearsal.Evidence;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.sql.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which refusals for want of room are the machine's and not the migration's. */
final class SandboxLimitsTest {

  private static final SandboxLimits LIMITS =
      new SandboxLimits(
          SearchPath.ofRole("app"), Optional.empty(), new Judge.Known(true, true, true));

  private static final String LOCKS =
      "DO $$BEGIN FOR i IN 1..1000000 LOOP PERFORM pg_advisory_xact_lock(i); END LOOP; END$$";
  private static final String SORT =
      "SELECT count(*) FROM (SELECT i FROM generate_series(1, 300000) i ORDER BY i DESC) sorted";

  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.TestServers#binaries")
  void temporaryFilesHaveALimitHereAndLocksThatOfProduction(Path binaries) {
    try (ExternalServer server = ExternalServer.start(binaries);
        Session session = Session.open(server.newDatabase("full"))) {
      session.run("SET temp_file_limit = '64kB'; SET work_mem = '64kB'");
      assertEquals(
          Optional.of(
              "a limit of this sandbox's configuration is reached, and production's server has"
                  + " limits of its own"),
          reason(session.execute(SORT), "53400"));
      assertEquals(Optional.empty(), reason(session.execute(LOCKS), "53200"));
    }
  }

  @Test
  void aFullDiskIsTheMachines() {
    // Not brought about on a machine that others use too.
    ServerError error = ServerError.of("53100", "could not extend file", Optional.empty());
    assertEquals(1, LIMITS.reason(failure(error), List.of(), List.of()).stream().count());
  }

  private static Optional<String> reason(Answer answer, String sqlState) {
    ServerError error = assertInstanceOf(Answer.Refused.class, answer).error();
    assertEquals(sqlState, error.sqlState(), error.message());
    return LIMITS.reason(failure(error), List.of(), List.of());
  }

  private static Failure failure(ServerError error) {
    return new Failure(
        Failure.Source.SERVER,
        error,
        new Place(new Position(1, 1), new Position(1, 2), Place.FoundBy.NAME),
        Optional.empty(),
        Evidence.NONE);
  }
}
