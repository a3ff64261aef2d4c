package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.AssembledText;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script as MyBatis Migrations reads it: up to the line with {@code @UNDO}, the variables of each
 * line replaced, sent as a whole or line by line: a statement ends at the last delimiter of a line,
 * whatever quotes are open, what is behind it is left out, and so are lines that are comments.
 *
 * @param sent the text that is sent, at the places of the file
 * @param starts where each call of the driver begins
 * @param hasUndo true if there is a part that undoes it
 * @param refusals the reasons for which MyBatis stops at the script
 */
record MyBatisText(SourceText sent, List<Integer> starts, boolean hasUndo, List<Refusal> refusals) {

  private static final Pattern UNDO =
      Pattern.compile("[ \\t]*(?:--|//)[ \\t]*//[ \\t]*@UNDO(?:\\s.*)?");

  private static final Pattern DELIMITER =
      Pattern.compile("(?:--|//)?\\s*+(?://\\s*+)?@DELIMITER\\s+(\\S+)", Pattern.CASE_INSENSITIVE);

  MyBatisText {
    starts = List.copyOf(starts);
    refusals = List.copyOf(refusals);
  }

  /** Returns true if a line of a text begins the part that undoes it. */
  static boolean hasUndo(SourceText text) {
    return undo(text) > 0;
  }

  private static int undo(SourceText text) {
    // A byte order mark is a part of the first line.
    for (int line = text.hasByteOrderMark() ? 2 : 1; line <= text.lineCount(); line++) {
      if (UNDO.matcher(text.line(line)).matches()) {
        return line;
      }
    }
    return 0;
  }

  /** Reads a script. */
  static MyBatisText of(SourceText file, MyBatisEnvironment environment) {
    int undo = undo(file);
    SourceText up =
        undo == 0 ? file : file.blanked(List.of(new Span(file.lineStart(undo), file.length())));
    SourceText sent =
        up.text().contains("${") ? new Replacing(up, environment.variables()).replaced() : up;
    return environment.fullScript()
        ? new MyBatisText(sent, List.of(0), undo > 0, List.of())
        : new Lines(sent, environment).read(undo > 0);
  }

  /** Cuts a text line by line. */
  private static final class Lines {

    private final SourceText text;
    private final boolean fullLine;
    private final List<Integer> starts = new ArrayList<>();
    private final List<Span> notSent = new ArrayList<>();
    private String delimiter;

    /** The first line of a statement that no delimiter has ended; 0 for none. */
    private int begun;

    Lines(SourceText text, MyBatisEnvironment environment) {
      this.text = text;
      this.fullLine = environment.fullLine();
      this.delimiter = environment.delimiter();
    }

    MyBatisText read(boolean hasUndo) {
      for (int line = 1; line <= text.lineCount(); line++) {
        read(line);
      }
      List<Refusal> refusals = new ArrayList<>();
      if (begun > 0) {
        int start = starts.removeLast();
        notSent.add(new Span(start, text.length()));
        refusals.add(
            new Refusal(
                Refusal.Stage.FILE,
                start,
                start + text.line(begun).stripTrailing().length(),
                "mybatis runs what is before it, and stops: Line missing end-of-line terminator ("
                    + delimiter
                    + ")",
                Optional.of("end the statement with " + delimiter)));
      }
      return new MyBatisText(text.blanked(notSent), starts, hasUndo, refusals);
    }

    private void read(int number) {
      boolean marked = number == 1 && text.hasByteOrderMark();
      String line = (marked ? "\uFEFF" : "") + text.line(number);
      int start = marked ? 0 : text.lineStart(number);
      String trimmed = line.trim();
      if (trimmed.startsWith("--") || trimmed.startsWith("//")) {
        Matcher other = DELIMITER.matcher(trimmed);
        if (other.lookingAt()) {
          delimiter = other.group(1);
        }
        notSent.add(span(start, line, 0));
      } else if (fullLine ? trimmed.equals(delimiter) : trimmed.contains(delimiter)) {
        begin(number, start);
        notSent.add(span(start, line, line.lastIndexOf(delimiter)));
        begun = 0;
      } else if (!trimmed.isEmpty()) {
        begin(number, start);
      }
    }

    private void begin(int number, int start) {
      if (begun == 0) {
        begun = number;
        starts.add(start);
      }
    }

    private static Span span(int start, String line, int from) {
      return new Span(
          start + line.codePointCount(0, from), start + line.codePointCount(0, line.length()));
    }
  }

  /** Replaces the variables of a text, each line by itself; one that is not known stays. */
  private static final class Replacing {

    private static final Pattern VARIABLE = Pattern.compile("\\\\\\$\\{|\\$\\{([^}\\r\\n]*)}");

    private final SourceText file;
    private final Map<String, String> variables;

    Replacing(SourceText file, Map<String, String> variables) {
      this.file = file;
      this.variables = variables;
    }

    SourceText replaced() {
      AssembledText sent = new AssembledText();
      sent.add(file, 0, file.length(), VARIABLE, this::value);
      return sent.text();
    }

    private String value(MatchResult found) {
      return found.group(1) == null
          ? "${"
          : Optional.ofNullable(variables.get(found.group(1))).orElse(found.group());
    }
  }
}
