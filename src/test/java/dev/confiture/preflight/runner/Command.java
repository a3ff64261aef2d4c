package dev.confiture.preflight.runner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A workflow command as the runner reads it from a line.
 *
 * @param properties by their names in lower case
 */
public record Command(String name, Map<String, String> properties, String data) {

  /** The current form, at a line's start, and the older one, anywhere in it. */
  static Optional<Command> parse(String line, Set<String> registered) {
    return v2(line, registered).or(() -> v1(line, registered));
  }

  private static Optional<Command> v2(String line, Set<String> registered) {
    String trimmed = trimmed(line);
    int end = trimmed.startsWith("::") ? trimmed.indexOf("::", 2) : -1;
    if (end < 0) {
      return Optional.empty();
    }
    return read(
        trimmed.substring(2, end),
        trimmed.substring(end + 2),
        ",",
        true,
        List.of("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%"),
        List.of("%0D", "\r", "%0A", "\n", "%25", "%"),
        registered);
  }

  /** Trims as .NET does: also blanks that Java's white space leaves out. */
  private static String trimmed(String line) {
    int start = 0;
    while (start < line.length()
        && (Character.isWhitespace(line.charAt(start))
            || Character.isSpaceChar(line.charAt(start))
            || line.charAt(start) == 0x85)) {
      start++;
    }
    return line.substring(start);
  }

  private static Optional<Command> v1(String line, Set<String> registered) {
    int start = line.indexOf("##[");
    int end = start < 0 ? -1 : line.indexOf(']', start);
    if (end < 0) {
      return Optional.empty();
    }
    List<String> escapes = List.of("%3B", ";", "%0D", "\r", "%0A", "\n", "%5D", "]", "%25", "%");
    return read(
        line.substring(start + 3, end),
        line.substring(end + 1),
        ";",
        false,
        escapes,
        escapes,
        registered);
  }

  private static Optional<Command> read(
      String info,
      String data,
      String separator,
      boolean trims,
      List<String> valueEscapes,
      List<String> dataEscapes,
      Set<String> registered) {
    int space = info.indexOf(' ');
    String name = (space < 0 ? info : info.substring(0, space)).toLowerCase(Locale.ROOT);
    if (!registered.contains(name)) {
      return Optional.empty();
    }
    String rest = space < 0 ? "" : info.substring(space + 1);
    Map<String, String> properties = new LinkedHashMap<>();
    for (String property : (trims ? rest.strip() : rest).split(separator, -1)) {
      int equals = property.indexOf('=');
      if (equals > 0 && equals < property.length() - 1) {
        properties.put(
            property.substring(0, equals).toLowerCase(Locale.ROOT),
            unescape(property.substring(equals + 1), valueEscapes));
      }
    }
    return Optional.of(new Command(name, properties, unescape(data, dataEscapes)));
  }

  private static String unescape(String text, List<String> escapes) {
    String plain = text;
    for (int i = 0; i < escapes.size(); i += 2) {
      plain = plain.replace(escapes.get(i), escapes.get(i + 1));
    }
    return plain;
  }
}
