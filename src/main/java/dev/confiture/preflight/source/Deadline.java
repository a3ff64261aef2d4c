package dev.confiture.preflight.source;

import java.time.Duration;

/**
 * The moment at which everything on production has ended.
 *
 * @param limit how long it may take; zero for ever
 * @param started when it began, in nanoseconds
 */
record Deadline(Duration limit, long started) {

  /** From now on. */
  static Deadline in(Duration limit) {
    return new Deadline(limit, System.nanoTime());
  }

  boolean isSet() {
    return !limit.isZero();
  }

  /** What is left in milliseconds, at least one. */
  long millisLeft() {
    return Math.max(1, limit.toMillis() - millis());
  }

  /** Whether it has come. */
  boolean isOver() {
    return isSet() && millis() >= limit.toMillis();
  }

  /** How long it has been going on, in milliseconds. */
  long millis() {
    return (System.nanoTime() - started) / 1_000_000;
  }

  /** The shorter of both, in milliseconds. */
  long atMost(Duration other) {
    return isSet() ? Math.min(millisLeft(), other.toMillis()) : other.toMillis();
  }

  /** The limit for people, as PostgreSQL writes it. */
  String text() {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + "s" : limit.toMillis() + "ms";
  }

  /** Does this when it has come, unless the thread that is returned is interrupted before. */
  Thread watch(Runnable atTheEnd) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                if (isSet()) {
                  Thread.sleep(millisLeft());
                  atTheEnd.run();
                }
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
