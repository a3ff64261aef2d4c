package dev.confiture.preflight.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.session.Session.Ahead;
import dev.confiture.preflight.session.Session.TransactionStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are sent before the server answers to any, on the oldest and the newest server. */
final class SentAheadTest {

  private static final List<String> FILE =
      List.of(
          "BEGIN",
          "CREATE TABLE a (id int PRIMARY KEY, up int REFERENCES a DEFERRABLE INITIALLY DEFERRED)",
          "INSERT INTO a VALUES (1, 1); INSERT INTO a VALUES (2, 1)",
          "SELECT id FROM a; -- no more",
          "COMMENT ON TABLE a IS 'it''s one'",
          "COMMIT");

  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.TestServers#binaries")
  void areExecutedAsOneByOne(Path binaries) {
    try (ExternalServer server = ExternalServer.start(binaries);
        Session session = Session.open(server.newDatabase("ahead"))) {
      Ahead ahead = session.sendAhead(FILE, () -> {});
      assertInstanceOf(Answer.Completed.class, ahead.answer());
      assertEquals(FILE.size(), ahead.executed());
      assertEquals(TransactionStatus.IDLE, session.transactionStatus());
      assertEquals(2, session.query("SELECT id FROM a").size());
    }
  }

  /** Whichever is refused: as it runs, as it is parsed, and after statements of its own. */
  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.TestServers#binaries")
  void tellTheOneThatIsRefused(Path binaries) {
    try (ExternalServer server = ExternalServer.start(binaries);
        Session session = Session.open(server.newDatabase("ahead"))) {
      for (int at = 1; at < FILE.size(); at++) {
        refusesAt(session, at, "SELECT 1 / 0", "22012", 0);
        refusesAt(session, at, "SELEC 1", "42601", 0);
        refusesAt(session, at, "SELECT 1; SELECT 2; SELECT 1 / 0", "22012", 2);
      }
    }
  }

  private static void refusesAt(
      Session session, int at, String bad, String sqlState, int completed) {
    List<String> texts = new ArrayList<>(FILE);
    texts.add(at, bad);
    List<String> told = new ArrayList<>();
    Ahead ahead = session.sendAhead(texts, () -> told.add("a statement"));
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, ahead.answer());
    assertEquals(sqlState, refused.error().sqlState(), bad + " at " + at);
    assertEquals(at, ahead.executed(), bad);
    assertEquals(statementsBefore(at) + completed, refused.completed(), bad + " at " + at);
    assertTrue(told.size() >= refused.completed());
    assertEquals(TransactionStatus.IDLE, session.transactionStatus());
    assertEquals(List.of(), session.query("SELECT FROM pg_class WHERE relname = 'a'"));
  }

  private static int statementsBefore(int text) {
    return text + (text > 2 ? 1 : 0);
  }

  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.TestServers#binaries")
  void tellThatTheCommitIsRefused(Path binaries) {
    try (ExternalServer server = ExternalServer.start(binaries);
        Session session = Session.open(server.newDatabase("ahead"))) {
      List<String> texts = new ArrayList<>(FILE);
      texts.set(3, "INSERT INTO a VALUES (3, 7)");
      Ahead ahead = session.sendAhead(texts, () -> {});
      Answer.Refused refused = assertInstanceOf(Answer.Refused.class, ahead.answer());
      assertEquals("23503", refused.error().sqlState());
      assertEquals(FILE.size() - 1, ahead.executed());
    }
  }

  /** A COMMIT behind another command of the same text does not roll back: it is refused with it. */
  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.TestServers#binaries")
  void tellTheOneThatIsRefusedInASavepoint(Path binaries) {
    try (ExternalServer server = ExternalServer.start(binaries);
        Session session = Session.open(server.newDatabase("ahead"))) {
      Ahead ahead =
          session.sendAhead(
              List.of(
                  "BEGIN; SAVEPOINT s",
                  "SELECT 1",
                  "SELECT 2; SELECT 1 / 0",
                  "SELECT 3",
                  "RELEASE SAVEPOINT s; COMMIT"),
              () -> {});
      Answer.Refused refused = assertInstanceOf(Answer.Refused.class, ahead.answer());
      assertEquals(2, ahead.executed());
      assertEquals(4, refused.completed());
      assertEquals(TransactionStatus.FAILED_BLOCK, session.transactionStatus());
    }
  }

  /** The driver would take the answer to COMMIT for that to the text before it. */
  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.TestServers#binaries")
  void endTheSessionWhereOneHoldsNoStatement(Path binaries) {
    try (ExternalServer server = ExternalServer.start(binaries);
        Session session = Session.open(server.newDatabase("ahead"))) {
      Ahead ahead = session.sendAhead(List.of("BEGIN", "-- nothing", "COMMIT"), () -> {});
      assertInstanceOf(Answer.Lost.class, ahead.answer());
      assertInstanceOf(Answer.Lost.class, session.execute("SELECT 1"));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.confiture.preflight.sandbox.TestServers#binaries")
  void tellHowMuchWasExecutedWhenTheBackendEnds(Path binaries) {
    try (ExternalServer server = ExternalServer.start(binaries)) {
      ConnectionString database = server.newDatabase("ahead");
      try (Session session = Session.open(database)) {
        Ahead ahead =
            session.sendAhead(
                List.of(
                    "BEGIN",
                    "SELECT 1",
                    "SELECT pg_terminate_backend(pg_backend_pid())",
                    "SELECT 2",
                    "COMMIT"),
                () -> {});
        Answer.Lost lost = assertInstanceOf(Answer.Lost.class, ahead.answer());
        assertEquals("57P01", lost.error().orElseThrow().sqlState());
        assertEquals(2, lost.completed());
      }
    }
  }
}
