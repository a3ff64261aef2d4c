package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sandbox.Clone;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends what the server's own {@code statement_timeout} does not: code that turned it off, or that
 * catches the cancellation.
 *
 * <p>By the wall clock: cancels, then terminates the backend, then cuts the connection.
 */
final class Watchdog implements AutoCloseable {

  /** How long each means is given to work before the next one. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Clone clone;
  private final ScheduledThreadPoolExecutor timer;

  Watchdog(Clone clone) {
    this.clone = clone;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "preflight-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    // Once it is closed there is nothing to end any more.
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  /** Does something once, after a time. */
  void after(Duration delay, Runnable action) {
    var _ = timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Watches one message.
   *
   * @param limit how long the server may take by its own limit; zero for no limit
   */
  Watch watch(Session session, Duration limit) {
    Watch watch = new Watch(session);
    if (!limit.isZero()) {
      watch.next(limit.plus(GRACE), () -> watch.cancel());
    }
    return watch;
  }

  /** Terminates a session's backend, from any thread. */
  void terminate(Session session) {
    timer.execute(() -> signal(session, "pg_terminate_backend"));
    var _ = timer.schedule(session::abort, 2 * GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void signal(Session session, String function) {
    try (Session control = clone.openControl()) {
      control.query("SELECT pg_catalog." + function + "(" + session.backendPid() + ")");
    } catch (SessionException unreachable) {
      session.abort();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** One message that is being watched. */
  final class Watch implements AutoCloseable {

    private final Session session;
    private final AtomicBoolean fired = new AtomicBoolean();
    private final AtomicBoolean done = new AtomicBoolean();
    private volatile Optional<ScheduledFuture<?>> pending = Optional.empty();

    private Watch(Session session) {
      this.session = session;
    }

    /** Whether the message was ended by the watchdog. */
    boolean fired() {
      return fired.get();
    }

    private void next(Duration delay, Runnable action) {
      pending = Optional.of(timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void cancel() {
      act("pg_cancel_backend");
      next(GRACE, this::terminate);
    }

    private void terminate() {
      act("pg_terminate_backend");
      next(
          GRACE,
          () -> {
            if (!done.get()) {
              session.abort();
            }
          });
    }

    /** Not while the message is being closed: what comes late would hit the next one. */
    private synchronized void act(String function) {
      if (!done.get()) {
        fired.set(true);
        signal(session, function);
      }
    }

    @Override
    public synchronized void close() {
      done.set(true);
      pending.ifPresent(task -> task.cancel(false));
    }
  }
}
