package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.source.LiveDump;
import dev.confiture.preflight.source.Production;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A production whose dump takes more locks than a server with default settings can spare. */
final class ManyTablesTest {

  @Test
  void howManyLocksItTakesIsSaidBeforeTheyAreTaken() {
    try (ExternalServer server = ExternalServer.start()) {
      ConnectionString production = server.newDatabase("orders");
      try (Session session = Session.open(production)) {
        session.run("CREATE SCHEMA many");
        // A few at a time: to make them takes locks too.
        for (int from = 0; from < 5_000; from += 1_000) {
          session.run(
              "DO $$ BEGIN FOR i IN 1..1000 LOOP EXECUTE"
                  + " format('CREATE TABLE many.t%s ()', i + "
                  + from
                  + "); END LOOP; END $$");
        }
        session.run("CREATE TABLE one_more ()");
      }
      assertEquals(
          "dumping "
              + production.redacted()
              + " takes 5001 locks of the weakest kind, for which max_locks_per_transaction *"
              + " max_connections must have room",
          lastStep(production, List.of()));
      assertEquals("dumping " + production.redacted(), lastStep(production, List.of("many")));
    }
  }

  private static String lastStep(ConnectionString production, List<String> excluded) {
    List<String> steps = new ArrayList<>();
    try (LiveDump dump =
        LiveDump.connect(
            new Production.Request(
                production,
                Duration.ofMinutes(1),
                excluded,
                List.of(),
                Optional.empty(),
                System.getenv()),
            steps::add,
            () -> false)) {
      dump.start();
    }
    return steps.getLast();
  }
}
