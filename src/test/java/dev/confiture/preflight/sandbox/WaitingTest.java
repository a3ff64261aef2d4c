package dev.confiture.preflight.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is waited for, and what would never pass. */
@Timeout(30)
final class WaitingTest {

  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void whereNobodyListensItIsTriedAgainUntilTheLimit() {
    ConnectionString nobody = ConnectionString.parse("postgresql://u@127.0.0.1:1/db");
    assertTrue(attempts(Duration.ofSeconds(1), nobody) > 1);
    assertEquals(1, attempts(Duration.ZERO, nobody));
  }

  @Test
  void whatTheServerOrTheDriverRefusesIsTriedOnce() {
    try (ExternalServer server = ExternalServer.start()) {
      ConnectionString shop = server.newDatabase("shop");
      assertEquals(1, attempts(LONG, shop.withUser(shop.user().orElseThrow(), "wrong")));
      assertEquals(1, attempts(LONG, shop.withDatabase("nowhere")));
      Map<String, String> encrypted = new LinkedHashMap<>(shop.parameters());
      encrypted.put("sslmode", "require");
      assertEquals(1, attempts(LONG, new ConnectionString(encrypted, true)));
    }
  }

  @Test
  void anUnknownHostIsTriedOnceAndMayBeALabel() {
    ConnectionString unknown = ConnectionString.parse("postgresql://u@sandbox.invalid/db");
    assertEquals(1, attempts(LONG, unknown));
    SessionException refused = assertThrows(SessionException.class, () -> Session.open(unknown));
    assertEquals(
        "check the host's name in --against",
        refused.connectionHint(SessionException.Peer.SANDBOX));
    assertEquals(
        "check the host's name in the URL; one of a private network is known only inside it",
        refused.connectionHint(SessionException.Peer.SOURCE));
  }

  @Test
  void whoeverWaitsMayEndIt() {
    AtomicInteger asked = new AtomicInteger();
    ConnectionString nobody = ConnectionString.parse("postgresql://u@127.0.0.1:1/db");
    assertThrows(
        SandboxProblem.class,
        () ->
            Sandbox.connect(
                nobody,
                new Waiting(LONG, Duration.ZERO, _ -> {}, () -> asked.incrementAndGet() > 2)));
    assertEquals(3, asked.get());
  }

  private static int attempts(Duration limit, ConnectionString target) {
    AtomicInteger attempts = new AtomicInteger();
    List<String> said = new ArrayList<>();
    assertThrows(
        SessionException.class,
        () ->
            new Waiting(limit, Duration.ZERO, said::add, () -> false)
                .until(
                    () -> {
                      attempts.incrementAndGet();
                      return Session.open(target);
                    }));
    // Said once, and not of what is not waited for.
    assertEquals(Math.min(1, attempts.get() - 1), said.size(), said::toString);
    return attempts.get();
  }
}
