package dev.confiture.preflight.session;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.sandbox.ExternalServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session whose server, or the network before it, says nothing any more. */
@Timeout(60)
final class SilentServerTest {

  @Test
  void theConnectionIsTakenForLost() {
    try (ExternalServer server = ExternalServer.start();
        Session session = Session.open(server.newDatabase("silent"))) {
      session.giveUpAfter(Duration.ofMillis(300));
      assertInstanceOf(Answer.Completed.class, session.execute("SELECT 1"));
      assertInstanceOf(Answer.Lost.class, session.execute("SELECT pg_sleep(3600)"));
      assertTrue(
          assertThrows(SessionException.class, () -> session.query("SELECT 1")).error().isEmpty());
    }
  }
}
