package dev.confiture.preflight.cli;

import dev.confiture.preflight.Progress;
import dev.confiture.preflight.report.Look;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The streams of the process, and what they are connected to. */
final class Terminal {

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private int shown;

  Terminal(PrintStream out, PrintStream err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** How the report looks on stdout. */
  Look look(Colour colour) {
    boolean colours =
        switch (colour) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO ->
              isTerminal(1)
                  && environment.getOrDefault("NO_COLOR", "").isEmpty()
                  && !environment.getOrDefault("TERM", "").equals("dumb");
        };
    return new Look(colours, out.charset().equals(StandardCharsets.UTF_8));
  }

  /** How a file that is written in UTF-8 looks. */
  static Look plainFile() {
    return new Look(false, true);
  }

  /** A line that is rewritten in place, on a terminal; nothing elsewhere. */
  Progress progress() {
    return isTerminal(2) ? this::show : Progress.NONE;
  }

  private void show(String text) {
    String line = text.length() > 79 ? text.substring(0, 79) : text;
    err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
    err.flush();
    shown = line.length();
  }

  /** Takes the progress line away. */
  void clear() {
    if (shown > 0) {
      err.print("\r" + " ".repeat(shown) + "\r");
      err.flush();
      shown = 0;
    }
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
