package dev.confiture.preflight.sandbox;

/** A clean-up that is done once: when asked, or at the latest when the process is told to end. */
final class AtExit {

  private final Runnable cleanUp;
  private final Thread hook;
  private boolean done;

  private AtExit(Runnable cleanUp) {
    this.cleanUp = cleanUp;
    this.hook = new Thread(this::once, "preflight-clean-up");
  }

  static AtExit run(Runnable cleanUp) {
    AtExit atExit = new AtExit(cleanUp);
    Runtime.getRuntime().addShutdownHook(atExit.hook);
    return atExit;
  }

  /** Does it, unless it is done; waits for another thread that is doing it. */
  void runNow() {
    once();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The hook runs, and finds nothing to do.
    }
  }

  private synchronized void once() {
    if (!done) {
      done = true;
      cleanUp.run();
    }
  }
}
