package dev.confiture.preflight.source;

import java.time.Duration;

/**
 * The limit of everything that is done on production.
 *
 * @param limit the longest time that it may take; zero for no limit
 * @param started the {@link System#nanoTime} at which it began
 */
record Deadline(Duration limit, long started) {

  /** Returns a deadline that counts from now on. */
  static Deadline in(Duration limit) {
    return new Deadline(limit, System.nanoTime());
  }

  boolean isSet() {
    return !limit.isZero();
  }

  /** Returns the milliseconds left, at least one. */
  long millisLeft() {
    return Math.max(1, limit.toMillis() - elapsedMillis());
  }

  /** Returns true once the deadline has passed. */
  boolean hasPassed() {
    return isSet() && elapsedMillis() >= limit.toMillis();
  }

  /** Returns the milliseconds since the start. */
  long elapsedMillis() {
    return (System.nanoTime() - started) / 1_000_000;
  }

  /** Returns the shorter of the time left and the other limit, in milliseconds. */
  long atMost(Duration other) {
    return isSet() ? Math.min(millisLeft(), other.toMillis()) : other.toMillis();
  }

  /** Returns the limit in PostgreSQL's units, for people. */
  String text() {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + "s" : limit.toMillis() + "ms";
  }

  /**
   * Runs an action once the deadline has passed, unless the returned thread is interrupted before.
   */
  Thread watch(Runnable action) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                if (isSet()) {
                  Thread.sleep(millisLeft());
                  action.run();
                }
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
