package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Finds out if the server still answers; after a crash it needs a moment to recover. */
final class ServerCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final MigratedDatabase database;
  private final AtomicBoolean answered = new AtomicBoolean();

  private ServerCheck(MigratedDatabase database) {
    this.database = database;
  }

  static boolean answers(MigratedDatabase database) {
    return new ServerCheck(database).answers();
  }

  /**
   * Connects in a thread of its own, since a server that is stuck lets a client connect and wait.
   */
  private boolean answers() {
    Thread asking = Thread.ofVirtual().name("preflight-server-check").start(this::ask);
    try {
      asking.join(PATIENCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      asking.interrupt();
    }
    return answered.get();
  }

  private void ask() {
    while (!answered.get() && !Thread.currentThread().isInterrupted()) {
      try (Session control = database.openControl()) {
        control.run("SELECT 1");
        answered.set(true);
      } catch (SessionException notThere) {
        try {
          Thread.sleep(PAUSE);
        } catch (InterruptedException late) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
