package dev.confiture.preflight.cli;

import dev.confiture.preflight.rehearsal.Interruption;
import dev.confiture.preflight.rehearsal.Stop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends the rehearsal at SIGINT and SIGTERM, and waits until what is known is reported. */
final class Signals {

  /** The time for results that are just being written. */
  private static final Duration TO_WRITE = Duration.ofSeconds(1);

  private final Stop stop;
  private final Duration grace;
  private final Runnable overdue;
  private final CountDownLatch done = new CountDownLatch(1);

  private Signals(Stop stop, Duration grace, Runnable overdue) {
    this.stop = stop;
    this.grace = grace;
    this.overdue = overdue;
  }

  /**
   * Handles the signals from now on.
   *
   * @param grace the time that a running rehearsal has to end
   * @param overdue called when it has not ended by then
   */
  static Signals heed(Stop stop, Duration grace, Runnable overdue) {
    Signals signals = new Signals(stop, grace, overdue);
    Runtime.getRuntime().addShutdownHook(new Thread(signals::ended, "preflight-signal"));
    return signals;
  }

  /** Lets the process end by itself: all is reported. */
  void done() {
    done.countDown();
  }

  private void ended() {
    if (done.getCount() == 0) {
      return;
    }
    stop.request(
        new Interruption(Interruption.Kind.SIGNAL, "a signal ended the rehearsal", "run it again"));
    try {
      if (isDoneWithin(grace)) {
        return;
      }
      overdue.run();
      isDoneWithin(TO_WRITE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isDoneWithin(Duration time) throws InterruptedException {
    boolean ended = done.await(time.toMillis(), TimeUnit.MILLISECONDS);
    if (ended) {
      Runtime.getRuntime().halt(ExitCode.NOT_DONE.code());
    }
    return ended;
  }
}
