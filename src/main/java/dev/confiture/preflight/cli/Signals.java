package dev.confiture.preflight.cli;

import dev.confiture.preflight.rehearsal.Interruption;
import dev.confiture.preflight.rehearsal.Stop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** At SIGINT and SIGTERM: ends the rehearsal, and waits until what is known is reported. */
final class Signals {

  /** For results that are just being written. */
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
   * From now on.
   *
   * @param grace how long what runs may take to end
   * @param overdue done after that, while what runs still has not ended
   */
  static Signals heed(Stop stop, Duration grace, Runnable overdue) {
    Signals signals = new Signals(stop, grace, overdue);
    Runtime.getRuntime().addShutdownHook(new Thread(signals::ended, "preflight-signal"));
    return signals;
  }

  /** All is reported: the process ends by itself. */
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
