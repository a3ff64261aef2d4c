package dev.confiture.preflight.cli;

import dev.confiture.preflight.Progress;
import dev.confiture.preflight.report.Cells;
import java.io.PrintStream;

/** On a terminal a line that is rewritten in place; elsewhere a line now and then. */
final class ProgressLine implements Progress {

  private static final int WIDEST = 79;
  private static final long QUIET_NANOS = 10_000_000_000L;

  private final PrintStream err;
  private final boolean inPlace;
  private int shown;
  private long last = System.nanoTime();

  ProgressLine(PrintStream err, boolean inPlace) {
    this.err = err;
    this.inPlace = inPlace;
  }

  @Override
  public synchronized void step(String text) {
    String line = Cells.cut(Cells.printable(text), WIDEST);
    if (inPlace) {
      int width = Cells.width(line);
      err.print("\r" + line + " ".repeat(Math.max(0, shown - width)));
      err.flush();
      shown = width;
    } else if (System.nanoTime() - last > QUIET_NANOS) {
      err.println("preflight: " + line);
      last = System.nanoTime();
    }
  }

  /** Takes the line away. */
  synchronized void clear() {
    if (shown > 0) {
      err.print("\r" + " ".repeat(shown) + "\r");
      err.flush();
      shown = 0;
    }
  }
}
