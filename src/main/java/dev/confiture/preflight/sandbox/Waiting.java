package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.SessionException;
import java.io.EOFException;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How long an external server is waited for.
 *
 * @param limit the longest wait for one that is still starting; zero: it is up, or it is a problem
 * @param silence the longest wait for an answer of one that is up; zero: for ever
 * @param began told once, when there is something to wait for: what the server or the network says
 * @param ended returns true once nobody waits any longer
 */
public record Waiting(
    Duration limit, Duration silence, Consumer<String> began, BooleanSupplier ended) {

  /** The server is up. */
  public static final Waiting NONE =
      new Waiting(Duration.ZERO, Duration.ZERO, _ -> {}, () -> false);

  private static final Duration PAUSE = Duration.ofMillis(250);

  /**
   * Tries until it works, until it fails for another reason, or until the limit is reached.
   *
   * <p>A server is on its way up while nothing listens yet or it says {@code cannot_connect_now}.
   * What it refuses otherwise, it would refuse later too.
   */
  <T> T until(Supplier<T> connecting) {
    long start = System.nanoTime();
    for (boolean waited = false; ; waited = true) {
      try {
        return connecting.get();
      } catch (SessionException refused) {
        if (!mayPass(refused) || System.nanoTime() - start >= limit.toNanos()) {
          throw refused;
        }
        if (!waited) {
          began.accept(refused.text());
        }
        if (ended.getAsBoolean() || isInterrupted()) {
          throw refused;
        }
      }
    }
  }

  private static boolean mayPass(SessionException refused) {
    return refused.is(SqlState.CANNOT_CONNECT_NOW)
        || (refused.error().isEmpty() && isUnanswered(refused));
  }

  /** Returns true where nobody listens or the listener hangs up: not TLS, nor a refused login. */
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
