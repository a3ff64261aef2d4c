package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sandbox.MigratedDatabase;
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
 * <p>It goes by the wall clock: it cancels, then terminates the backend, then cuts the connection.
 */
final class Watchdog implements AutoCloseable {

  /** The time that each means is given to work before the next one. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final MigratedDatabase database;
  private final ScheduledThreadPoolExecutor timer;

  Watchdog(MigratedDatabase database) {
    this.database = database;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "preflight-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    // Once the watchdog is closed there is nothing left to end.
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  /** Runs an action once, after a time. */
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
    watch.begin(limit);
    return watch;
  }

  /** Terminates a session's backend, from any thread. */
  void terminate(Session session) {
    signal(session, "pg_terminate_backend");
    var _ = timer.schedule(session::abort, 2 * GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends a session that was left, and waits until its backend is gone. */
  void end(Session session) {
    String pid = String.valueOf(session.backendPid());
    try (Session control = database.openControl()) {
      control.query("SELECT pg_catalog.pg_terminate_backend(" + pid + ")");
      long end = System.nanoTime() + GRACE.toNanos();
      while (System.nanoTime() < end
          && !control
              .query("SELECT FROM pg_catalog.pg_stat_activity WHERE pid = " + pid)
              .isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (SessionException unreachable) {
      session.abort();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Calls the function in a thread of its own, so that a server that is stuck does not delay the
   * next means.
   */
  private Thread signal(Session session, String function) {
    return Thread.ofVirtual()
        .name("preflight-" + function)
        .start(
            () -> {
              try (Session control = database.openControl()) {
                control.query("SELECT pg_catalog." + function + "(" + session.backendPid() + ")");
              } catch (SessionException unreachable) {
                session.abort();
              }
            });
  }

  /** Watches nothing any more. */
  void end() {
    timer.shutdownNow();
  }

  @Override
  public void close() {
    end();
  }

  /** One message that is being watched. */
  final class Watch implements AutoCloseable {

    private final Session session;
    private final AtomicBoolean fired = new AtomicBoolean();
    private final AtomicBoolean done = new AtomicBoolean();
    private long end;
    private Optional<ScheduledFuture<?>> pending = Optional.empty();
    private Optional<Thread> signalling = Optional.empty();

    private Watch(Session session) {
      this.session = session;
    }

    /** Gives the server its time once more: it answered, and goes on with the next message. */
    synchronized void again(Duration limit) {
      end = System.nanoTime() + limit.plus(GRACE).toNanos();
    }

    private void begin(Duration limit) {
      if (!limit.isZero()) {
        again(limit);
        next(limit.plus(GRACE), this::cancel);
      }
    }

    /** Returns true if the watchdog ended the message. */
    boolean fired() {
      return fired.get();
    }

    private synchronized void next(Duration delay, Runnable action) {
      pending = Optional.of(timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void cancel() {
      Duration left = left();
      if (left.isPositive()) {
        next(left, this::cancel);
        return;
      }
      act("pg_cancel_backend");
      next(GRACE, this::terminate);
    }

    private synchronized Duration left() {
      return Duration.ofNanos(end - System.nanoTime());
    }

    private void terminate() {
      if (left().isPositive()) {
        // It was cancelled, and goes on with the next message.
        next(left(), this::cancel);
        return;
      }
      act("pg_terminate_backend");
      next(
          GRACE,
          () -> {
            if (!done.get()) {
              session.abort();
            }
          });
    }

    private synchronized void act(String function) {
      if (!done.get()) {
        fired.set(true);
        signalling = Optional.of(signal(session, function));
      }
    }

    /** Waits for a signal that is on its way: a late one would hit the next message. */
    @Override
    public void close() {
      Optional<Thread> late;
      synchronized (this) {
        done.set(true);
        pending.ifPresent(task -> task.cancel(false));
        late = signalling;
      }
      try {
        if (late.isPresent() && !late.get().join(GRACE)) {
          session.abort();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
