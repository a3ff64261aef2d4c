package dev.confiture.preflight.cli;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.Progress;
import dev.confiture.preflight.action.OnRunner;
import dev.confiture.preflight.report.Cells;
import dev.confiture.preflight.report.Look;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The standard streams of the process; whether each is a terminal decides how they are used. */
final class Terminal {

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final ProgressLine progress;
  private final boolean shown;
  private final boolean watched;

  /**
   * Uses these streams.
   *
   * @param shown true if {@code out} is a terminal
   * @param watched true if {@code err} is one
   */
  Terminal(
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      boolean shown,
      boolean watched) {
    this.out = out;
    this.err = err;
    this.environment = environment;
    this.shown = shown;
    this.watched = watched;
    this.progress = new ProgressLine(err, watched);
  }

  /** Uses the streams of this process. */
  static Terminal ofProcess(PrintStream out, PrintStream err, Map<String, String> environment) {
    return new Terminal(out, err, environment, isTerminal(1), isTerminal(2));
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  void print(String text) {
    out.print(text);
    out.flush();
  }

  /** Prints JSON, which is UTF-8 whatever the terminal's characters are. */
  void printJson(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Prints on stderr a text that may come from anywhere. */
  void complain(String text) {
    text.lines().map(Cells::printable).forEach(err::println);
  }

  /** Returns the look of the report on stdout. */
  Look look(Option.Color color) {
    boolean colours =
        switch (color) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO ->
              shown
                  && environment.getOrDefault("NO_COLOR", "").isEmpty()
                  && !environment.getOrDefault("TERM", "").equals("dumb");
        };
    return new Look(colours, out.charset().equals(StandardCharsets.UTF_8));
  }

  /** Returns the line that shows the steps; none where a program reads the report. */
  Progress progress(Option.Format format) {
    return watched || format == Option.Format.TABLE ? progress : Progress.NONE;
  }

  /** Returns what shows the report to the runner of a workflow, where one has started us. */
  Optional<OnRunner> onRunner() {
    return OnRunner.of(environment, err);
  }

  /** Removes the progress line. */
  void clear() {
    progress.clear();
  }

  /** Returns true if a file descriptor of this process is a terminal. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  /**
   * Shows the steps: on a terminal a line that is rewritten in place, elsewhere one now and then.
   */
  private static final class ProgressLine implements Progress {

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

    @Override
    public synchronized void output(String line) {
      clear();
      err.println("  | " + Cells.printable(line));
    }

    synchronized void clear() {
      if (shown > 0) {
        err.print("\r" + " ".repeat(shown) + "\r");
        err.flush();
        shown = 0;
      }
    }
  }
}
