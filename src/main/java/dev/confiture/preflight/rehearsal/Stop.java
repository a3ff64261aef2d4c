package dev.confiture.preflight.rehearsal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request to end the rehearsal early, from another thread.
 *
 * <p>The first request counts.
 */
public final class Stop {

  private final AtomicReference<Optional<Interruption>> requested =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Runnable> listener = new AtomicReference<>(() -> {});

  /** Asks the rehearsal to end; a statement that runs is cancelled on the server. */
  public void request(Interruption reason) {
    if (requested.compareAndSet(Optional.empty(), Optional.of(reason))) {
      listener.get().run();
    }
  }

  /** Returns why the rehearsal was asked to end, if it was. */
  public Optional<Interruption> requested() {
    return requested.get();
  }

  void onRequest(Runnable action) {
    listener.set(action);
    if (requested().isPresent()) {
      action.run();
    }
  }
}
