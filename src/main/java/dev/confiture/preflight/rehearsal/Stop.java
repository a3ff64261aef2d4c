package dev.confiture.preflight.rehearsal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request to end the rehearsal early, from another thread.
 *
 * <p>The first request counts.
 */
public final class Stop {

  private final AtomicReference<Optional<Interruption>> requested =
      new AtomicReference<>(Optional.empty());
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Asks the rehearsal to end; a statement that runs is cancelled on the server. */
  public void request(Interruption reason) {
    if (requested.compareAndSet(Optional.empty(), Optional.of(reason))) {
      listeners.forEach(Runnable::run);
    }
  }

  /** Returns why the rehearsal was asked to end, if it was. */
  public Optional<Interruption> requested() {
    return requested.get();
  }

  /**
   * Has an action run when the request comes, or at once where it has come already; twice perhaps.
   *
   * @return ends that
   */
  public Listening onRequest(Runnable action) {
    listeners.add(action);
    if (requested().isPresent()) {
      action.run();
    }
    return () -> listeners.remove(action);
  }

  /** An action that waits for the request. */
  @FunctionalInterface
  public interface Listening extends AutoCloseable {

    /** Lets the action run no more. */
    @Override
    void close();
  }
}
