package dev.confiture.preflight.process;

/** A clean-up that is done once: when asked, or at the latest when the process is told to end. */
public final class AtExit {

  private final Runnable cleanUp;
  private final Thread hook;
  private boolean done;

  private AtExit(Runnable cleanUp) {
    this.cleanUp = cleanUp;
    this.hook = new Thread(this::once, "preflight-clean-up");
  }

  /**
   * From now on. Where the process is ending already it is done at once, and whoever goes on then
   * finds nothing to go on with.
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

  /** Does it, unless it is done; waits for another thread that is doing it. */
  public void runNow() {
    once();
    forget();
  }

  /** It need not be done any more. */
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
