package dev.confiture.preflight.runner;

import java.util.LinkedHashMap;
import java.util.Map;

/** The grammar of GITHUB_OUTPUT: {@code name=value}, or a value between delimiters. */
public final class FileCommand {

  private FileCommand() {}

  /**
   * The values, in the order of their last assignment.
   *
   * @throws IllegalArgumentException where the runner fails the step
   */
  public static Map<String, String> read(String content) {
    Map<String, String> values = new LinkedHashMap<>();
    int at = 0;
    while (at < content.length()) {
      int end = endOfLine(content, at);
      String line = content.substring(at, end);
      at = Math.min(content.length(), end + 1);
      if (line.isEmpty()) {
        continue;
      }
      int equals = line.indexOf('=');
      int heredoc = line.indexOf("<<");
      if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
        put(values, line.substring(0, equals), line.substring(equals + 1));
      } else if (heredoc > 0 && heredoc + 2 < line.length()) {
        at = heredoc(content, at, line, heredoc, values);
      } else {
        throw new IllegalArgumentException("Invalid format '" + line + "'");
      }
    }
    return values;
  }

  private static int heredoc(
      String content, int start, String line, int heredoc, Map<String, String> values) {
    String delimiter = line.substring(heredoc + 2);
    StringBuilder value = new StringBuilder();
    int at = start;
    while (at < content.length()) {
      int end = endOfLine(content, at);
      String each = content.substring(at, end);
      at = Math.min(content.length(), end + 1);
      if (each.equals(delimiter)) {
        put(values, line.substring(0, heredoc), value.isEmpty() ? "" : value.substring(1));
        return at;
      }
      if (end == content.length()) {
        throw new IllegalArgumentException("EOF marker missing new line");
      }
      value.append('\n').append(each);
    }
    throw new IllegalArgumentException("Matching delimiter not found '" + delimiter + "'");
  }

  private static void put(Map<String, String> values, String name, String value) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("Invalid format: no name");
    }
    values.remove(name);
    values.put(name, value);
  }

  private static int endOfLine(String content, int from) {
    int end = content.indexOf('\n', from);
    return end < 0 ? content.length() : end;
  }
}
