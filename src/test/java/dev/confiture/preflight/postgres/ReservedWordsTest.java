package dev.confiture.preflight.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.session.Session;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reserved words, held against the server's own list. */
final class ReservedWordsTest {

  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.TestServers#binaries")
  void everyWordThatTheServerReservesIsOne(Path binaries) {
    try (ExternalServer server = ExternalServer.start(binaries);
        Session session = Session.open(server.newDatabase("words"))) {
      assertEquals(
          List.of(),
          words(session, "IN").stream().filter(word -> !Identifiers.isReserved(word)).toList());
      assertEquals(
          List.of(),
          words(session, "NOT IN").stream().filter(Identifiers::isReserved).toList(),
          "these may be names of tables");
    }
  }

  @Test
  void caseDoesNotCount() {
    assertTrue(Identifiers.isReserved("Table"));
    assertFalse(Identifiers.isReserved("tables"));
  }

  /** Those that are reserved, or could at most be a function's or a type's name; or the others. */
  private static List<String> words(Session session, String in) {
    return session
        .query("SELECT word FROM pg_get_keywords() WHERE catcode " + in + " ('R', 'T')")
        .stream()
        .map(row -> row.text(0))
        // Reserved from 16 on.
        .filter(word -> !word.equals("system_user"))
        .toList();
  }
}
