package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sandbox.Isolation;
import dev.confiture.preflight.sandbox.Sandbox;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.session.Session;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Tests that ask a database, each of which finds it empty. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InEmptyDatabase {

  private final Sandbox server = TestServers.embedded(OptionalInt.empty());
  final Session session = server.openTemplate(Isolation.CLONE);

  @AfterAll
  void stop() {
    session.close();
    server.close();
  }

  @BeforeEach
  void begin() {
    session.run("BEGIN");
  }

  @AfterEach
  void undo() {
    session.run("ROLLBACK");
  }
}
