package dev.confiture.preflight.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.sandbox.ExternalServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A session on a server that is only to be read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReadOnlySessionTest {

  private final ExternalServer server = ExternalServer.start();
  private final ConnectionString database = server.newDatabase("read");

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void itCannotWrite() {
    try (Session session = open()) {
      SessionException refused =
          assertThrows(SessionException.class, () -> session.run("CREATE TABLE t (id int)"));
      assertTrue(refused.is("25006"), refused.text());
    }
  }

  @Test
  void itsSettingsHoldWhileItReads() {
    try (Session session = open()) {
      assertEquals("1234ms", show(session, "statement_timeout"));
      assertEquals("on", show(session, "transaction_read_only"));
    }
  }

  /** A pooler gives the same session of the server to the next client. */
  @Test
  void nothingThatItSetOutlivesItsTransaction() {
    try (Session session = open()) {
      session.run("ROLLBACK");
      assertEquals("0", show(session, "statement_timeout"));
      assertEquals("off", show(session, "default_transaction_read_only"));
      assertEquals("off", show(session, "transaction_read_only"));
    }
  }

  @Test
  void aSettingThatTheServerRefusesLeavesNoSessionOpen() {
    assertThrows(
        SessionException.class,
        () -> Session.openReadOnly(database, Map.of("statement_timeout", "soon")));
    try (Session session = Session.open(database)) {
      String others =
          "SELECT count(*) FROM pg_stat_activity WHERE datname = 'read' AND pid <> pg_backend_pid()";
      while (session.query(others).getFirst().number(0) > 0) {
        Thread.onSpinWait();
      }
    }
  }

  private Session open() {
    return Session.openReadOnly(database, Map.of("statement_timeout", "1234ms"));
  }

  private static String show(Session session, String setting) {
    return session.query("SHOW " + setting).getFirst().text(0);
  }
}
