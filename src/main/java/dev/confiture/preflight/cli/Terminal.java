package dev.confiture.preflight.cli;

import dev.confiture.preflight.Progress;
import dev.confiture.preflight.report.Cells;
import dev.confiture.preflight.report.Look;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The streams of the process, and what they are connected to. */
final class Terminal {

  /** How a file that is written in UTF-8 looks. */
  static final Look FILE = new Look(false, true);

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final ProgressLine progress;
  private final boolean shown;
  private final boolean watched;

  /**
   * With what the streams are connected to.
   *
   * @param shown whether {@code out} is a terminal
   * @param watched whether {@code err} is one
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

  /** With the streams of this process. */
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

  /** JSON is UTF-8, whatever the terminal's characters are. */
  void printJson(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Writes to stderr a text that may come from anywhere. */
  void complain(String text) {
    text.lines().map(Cells::printable).forEach(err::println);
  }

  /** How the report looks on stdout. */
  Look look(Colour colour) {
    boolean colours =
        switch (colour) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO ->
              shown
                  && environment.getOrDefault("NO_COLOR", "").isEmpty()
                  && !environment.getOrDefault("TERM", "").equals("dumb");
        };
    return new Look(colours, out.charset().equals(StandardCharsets.UTF_8));
  }

  /** Whom to tell of the steps: nobody where a program reads. */
  Progress progress(Format format) {
    return watched || format == Format.TABLE ? progress : Progress.NONE;
  }

  /** Takes the progress line away. */
  void clear() {
    progress.clear();
  }

  /** Whether a file descriptor of this process is a terminal. */
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
}
