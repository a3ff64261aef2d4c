package dev.confiture.preflight.process;

/** Runs a clean-up once: when asked to, and at the latest when this process is told to end. */
public final class AtExit {

  private final Runnable cleanUp;
  private final Thread hook;
  private boolean done;

  private AtExit(Runnable cleanUp) {
    this.cleanUp = cleanUp;
    this.hook = new Thread(this::once, "preflight-clean-up");
  }

  /**
   * Registers a clean-up. Where the process is ending already it runs at once, and whoever goes on
   * then finds nothing to go on with.
   */
  public static AtExit run(Runnable cleanUp) {
    AtExit atExit = new AtExit(cleanUp);
    try {
      Runtime.getRuntime().addShutdownHook(atExit.hook);
    } catch (IllegalStateException ending) {
      atExit.once();
    }
    return atExit;
  }

  /** Runs the clean-up unless it has run, and waits for another thread that is running it. */
  public void runNow() {
    once();
    forget();
  }

  /** Removes the clean-up: there is nothing left to do. */
  public void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The hook runs, or has run.
    }
  }

  private synchronized void once() {
    if (!done) {
      done = true;
      cleanUp.run();
    }
  }
}
