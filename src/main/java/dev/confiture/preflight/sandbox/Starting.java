package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.SessionException;
import java.io.EOFException;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A server that is on its way up: nothing listens yet, or it says {@code cannot_connect_now}. What
 * it refuses otherwise, it would refuse later too.
 */
final class Starting {

  private static final Duration PAUSE = Duration.ofMillis(250);

  private Starting() {}

  /** Tries until it works, until it fails for another reason, or until the limit is reached. */
  static <T> T await(Waiting waiting, Supplier<T> connecting) {
    long start = System.nanoTime();
    for (boolean waited = false; ; waited = true) {
      try {
        return connecting.get();
      } catch (SessionException refused) {
        if (!mayPass(refused) || System.nanoTime() - start >= waiting.limit().toNanos()) {
          throw refused;
        }
        if (!waited) {
          waiting.began().accept(refused.text());
        }
        if (waiting.ended().getAsBoolean() || isInterrupted()) {
          throw refused;
        }
      }
    }
  }

  private static boolean mayPass(SessionException refused) {
    return refused.is(SqlState.CANNOT_CONNECT_NOW)
        || (refused.error().isEmpty() && isUnanswered(refused));
  }

  /** Nobody listens, or the listener hangs up; not TLS or a kind of login that never fits. */
  private static boolean isUnanswered(Throwable refused) {
    for (Throwable each = refused; each != null; each = each.getCause()) {
      if (each instanceof SocketException || each instanceof EOFException) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInterrupted() {
    try {
      Thread.sleep(PAUSE);
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
