package dev.confiture.preflight.action;

import dev.confiture.preflight.report.Annotations.Annotation;
import dev.confiture.preflight.report.Cells;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Writes the step's standard output, in which the runner looks for commands.
 *
 * <p>Nothing else writes there: what this class prints is a command or a line of ours; what comes
 * from a file or a database is printed while <a
 * href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">commands</a>
 * are stopped, and defused besides for runners that do not know of that.
 */
final class StepLog {

  private static final int MOST_ANNOTATIONS = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final PrintStream out;

  StepLog(PrintStream out) {
    this.out = out;
  }

  /** Has the runner hide a value in everything that is printed from now on. */
  synchronized void mask(String value) {
    command("add-mask", List.of(), value);
  }

  /**
   * Writes annotations, their paths relative to the repository's root. The runner keeps the first
   * ten of a level and drops the others in silence: the tenth says how many there are.
   */
  void annotate(List<Annotation> annotations) {
    for (Annotation.Level level : Annotation.Level.values()) {
      List<Annotation> same = annotations.stream().filter(a -> a.level() == level).toList();
      if (same.size() <= MOST_ANNOTATIONS) {
        same.forEach(this::annotate);
      } else {
        int more = same.size() - MOST_ANNOTATIONS + 1;
        same.subList(0, MOST_ANNOTATIONS - 1).forEach(this::annotate);
        annotate(
            Annotation.of(
                level,
                more + " more",
                more + " more of this kind are in the step's log and in the job summary"));
      }
    }
  }

  /** Writes an annotation. */
  synchronized void annotate(Annotation annotation) {
    List<String> properties = new ArrayList<>();
    annotation.file().ifPresent(file -> properties.add("file=" + property(file)));
    number(properties, "line", annotation.line());
    number(properties, "endLine", annotation.endLine());
    number(properties, "col", annotation.column());
    number(properties, "endColumn", annotation.endColumn());
    properties.add("title=" + property(annotation.title()));
    command(annotation.level().name().toLowerCase(Locale.ROOT), properties, annotation.message());
  }

  /** Prints lines of ours, with words from elsewhere in them perhaps. */
  synchronized void say(String text) {
    text.lines().map(StepLog::defused).forEach(out::println);
    out.flush();
  }

  /** Prints lines that are not ours, folded under a title. */
  synchronized void quote(String title, String text) {
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    command("group", List.of(), title);
    command("stop-commands", List.of(), token);
    try {
      text.lines().map(StepLog::defused).forEach(out::println);
    } finally {
      out.println("::" + token + "::");
      command("endgroup", List.of(), "");
    }
  }

  private static void number(List<String> properties, String name, OptionalInt value) {
    value.ifPresent(number -> properties.add(name + "=" + number));
  }

  private void command(String name, List<String> properties, String data) {
    out.println(
        "::"
            + name
            + (properties.isEmpty() ? "" : " " + String.join(",", properties))
            + "::"
            + data(data));
    out.flush();
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  /**
   * Spoils a command: it stands at a line's start, or is {@code ##[…]} anywhere in it. The runner
   * is a .NET program, whose white space at the start is more than Java's.
   */
  private static String defused(String line) {
    String broken = Cells.printable(line).replace("##[", "## [");
    int start = 0;
    while (start < broken.length() && !Character.isLetterOrDigit(broken.charAt(start))) {
      if (broken.startsWith("::", start)) {
        return "| " + broken;
      }
      start++;
    }
    return broken;
  }
}
