package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.sql.Piece.MetaCommand;
import dev.confiture.preflight.sql.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command of <a href="https://www.postgresql.org/docs/current/app-psql.html">psql</a>'s own, as
 * psql reads its line: what it refuses ends a file under {@code ON_ERROR_STOP}.
 */
final class PsqlCommand {

  private static final Set<String> BOOLEAN_OPTIONS =
      Set.of("t", "tuples_only", "footer", "numericlocale");

  /** The options of {@code \pset} that take any text, or a number that is 0 where it is none. */
  private static final Set<String> OTHER_OPTIONS =
      Set.of(
          "border",
          "columns",
          "csv_fieldsep",
          "fieldsep",
          "fieldsep_zero",
          "null",
          "pager_min_lines",
          "recordsep",
          "recordsep_zero",
          "T",
          "tableattr",
          "C",
          "title",
          "xheader_width");

  private static final List<String> FORMATS =
      List.of(
          "aligned",
          "asciidoc",
          "csv",
          "html",
          "latex",
          "latex-longtable",
          "troff-ms",
          "unaligned",
          "wrapped");

  private static final List<String> LINE_STYLES = List.of("ascii", "old-ascii", "unicode");
  private static final List<String> UNICODE_STYLES = List.of("single", "double");

  /** All commands of psql up to 18, but for {@code \d…}. */
  private static final Set<String> KNOWN =
      Set.of(
          "!",
          "?",
          "a",
          "bind",
          "bind_named",
          "C",
          "c",
          "cd",
          "close_prepared",
          "connect",
          "conninfo",
          "copy",
          "copyright",
          "crosstabview",
          "e",
          "echo",
          "edit",
          "ef",
          "elif",
          "else",
          "encoding",
          "endif",
          "endpipeline",
          "errverbose",
          "ev",
          "f",
          "flush",
          "flushrequest",
          "g",
          "gdesc",
          "getenv",
          "getresults",
          "gexec",
          "gset",
          "gx",
          "H",
          "h",
          "help",
          "html",
          "i",
          "if",
          "include",
          "include_relative",
          "ir",
          "l",
          "l+",
          "list",
          "list+",
          "lo_export",
          "lo_import",
          "lo_list",
          "lo_list+",
          "lo_unlink",
          "lx",
          "lx+",
          "listx",
          "listx+",
          "o",
          "out",
          "p",
          "parse",
          "password",
          "print",
          "prompt",
          "pset",
          "q",
          "qecho",
          "quit",
          "r",
          "reset",
          "restrict",
          "s",
          "sendpipeline",
          "set",
          "setenv",
          "sf",
          "sf+",
          "startpipeline",
          "sv",
          "sv+",
          "syncpipeline",
          "T",
          "t",
          "timing",
          "unrestrict",
          "unset",
          "w",
          "warn",
          "watch",
          "write",
          "x",
          "z",
          "zS",
          "zx",
          "zSx");

  /** Maps characters behind a backslash in single quotes to what they mean, if not themselves. */
  private static final Map<Character, Character> ESCAPES =
      Map.of('n', '\n', 't', '\t', 'b', '\b', 'r', '\r', 'f', '\f');

  private final String name;
  private final PsqlVariables variables;
  private final List<String> arguments = new ArrayList<>();
  private final Set<String> unknown = new LinkedHashSet<>();
  private boolean program;

  /**
   * Reads a command's line.
   *
   * @param variables what the names in it stand for
   */
  PsqlCommand(SourceText source, MetaCommand command, PsqlVariables variables) {
    this.name = command.name();
    this.variables = variables;
    String text =
        source.substring(
            command.start() + 1 + name.codePointCount(0, name.length()), command.end());
    split(text.endsWith("\\\\") ? text.substring(0, text.length() - 2) : text);
  }

  /** Returns the arguments, as psql reads them. */
  List<String> arguments() {
    return List.copyOf(arguments);
  }

  /** Returns the variables in its arguments whose values are not known here. */
  Set<String> unknown() {
    return unknown;
  }

  /** Returns true if an argument is what a program prints. */
  boolean runsProgram() {
    return program;
  }

  /** Returns true if psql has such a command, or takes it for SQL as it does {@code \;}. */
  boolean isKnown() {
    return KNOWN.contains(name) || name.startsWith("d") || name.equals(";") || name.equals(":");
  }

  /**
   * Returns psql's own words about a line that it refuses: of a command that changes what it shows,
   * or of none that it has.
   */
  Optional<String> refusal() {
    if (!isKnown()) {
      return Optional.of("invalid command \\" + name);
    }
    if (program || !unknown.isEmpty()) {
      return Optional.empty();
    }
    return switch (name) {
      case "t" -> notBoolean("tuples_only", withoutSemicolons(argument(0)));
      case "x" -> notOneOf("expanded", withoutSemicolons(argument(0)), "auto");
      case "timing" -> notBoolean("\\timing", argument(0));
      case "pset" -> argument(0).flatMap(option -> ofOption(option, argument(1)));
      case "set" -> argument(0).flatMap(this::ofVariable);
      case "restrict", "unrestrict" ->
          arguments.isEmpty()
              ? Optional.of("\\" + name + ": missing required argument")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /**
   * Returns why psql refuses it behind {@code \restrict}.
   *
   * @param key the one that ends this
   */
  Optional<String> whileRestricted(String key) {
    if (!name.equals("unrestrict")) {
      return Optional.of("backslash commands are restricted; only \\unrestrict is allowed");
    }
    return refusal()
        .or(
            () ->
                arguments.getFirst().equals(key)
                    ? Optional.empty()
                    : Optional.of("\\unrestrict: wrong key"));
  }

  /** Returns true if the line is an expression that psql takes for true. */
  boolean isTrue() {
    return isTrue(String.join(" ", arguments));
  }

  /** Returns true for a value that psql's {@code ParseVariableBool} takes for true. */
  static boolean isTrue(String text) {
    String value = text.toLowerCase(Locale.ROOT);
    return value.equals("1")
        || (!value.isEmpty()
            && !value.equals("o")
            && List.of("true", "yes", "on").stream().anyMatch(word -> word.startsWith(value)));
  }

  private Optional<String> argument(int index) {
    return index < arguments.size() ? Optional.of(arguments.get(index)) : Optional.empty();
  }

  private static Optional<String> withoutSemicolons(Optional<String> argument) {
    return argument.map(text -> text.replaceFirst(";+$", "")).filter(text -> !text.isEmpty());
  }

  private static Optional<String> ofOption(String option, Optional<String> value) {
    return switch (option) {
      case "x", "expanded", "vertical" -> notOneOf(option, value, "auto");
      case "pager" -> notOneOf(option, value, "always");
      case "format" -> notAbbreviated("formats", value, FORMATS);
      case "linestyle" -> notAbbreviated("line styles", value, LINE_STYLES);
      case "unicode_border_linestyle" ->
          notAbbreviated("Unicode border line styles", value, UNICODE_STYLES);
      case "unicode_column_linestyle" ->
          notAbbreviated("Unicode column line styles", value, UNICODE_STYLES);
      case "unicode_header_linestyle" ->
          notAbbreviated("Unicode header line styles", value, UNICODE_STYLES);
      default ->
          BOOLEAN_OPTIONS.contains(option)
              ? notBoolean(option, value)
              : OTHER_OPTIONS.contains(option)
                  ? Optional.empty()
                  : Optional.of("\\pset: unknown option: " + option);
    };
  }

  private Optional<String> ofVariable(String variable) {
    String value = String.join("", arguments.subList(1, arguments.size()));
    return switch (variable) {
      case "ON_ERROR_STOP", "QUIET" ->
          notBoolean(variable, Optional.of(value).filter(text -> !text.isEmpty()));
      case "ECHO" -> notAmong(variable, value, List.of("none", "errors", "queries", "all"));
      case "VERBOSITY" ->
          notAmong(variable, value, List.of("default", "verbose", "terse", "sqlstate"));
      case "SHOW_CONTEXT" -> notAmong(variable, value, List.of("never", "errors", "always"));
      default -> Optional.empty();
    };
  }

  private static Optional<String> notAmong(String variable, String value, List<String> values) {
    return values.stream().anyMatch(value::equalsIgnoreCase)
        ? Optional.empty()
        : Optional.of(
            unrecognized(value, variable) + ", available values are: " + String.join(", ", values));
  }

  private static Optional<String> notAbbreviated(
      String what, Optional<String> value, List<String> values) {
    return value
        .map(text -> text.toLowerCase(Locale.ROOT))
        .filter(text -> values.stream().noneMatch(known -> known.startsWith(text)))
        .map(_ -> "\\pset: allowed " + what + " are " + String.join(", ", values));
  }

  private static Optional<String> notOneOf(String option, Optional<String> value, String third) {
    return value
        .filter(text -> !text.equalsIgnoreCase(third) && !isBoolean(text))
        .map(text -> unrecognized(text, option) + ", available values are: on, off, " + third);
  }

  private static Optional<String> notBoolean(String option, Optional<String> value) {
    return value
        .filter(text -> !isBoolean(text))
        .map(text -> unrecognized(text, option) + ": Boolean expected");
  }

  private static String unrecognized(String value, String name) {
    return "unrecognized value \"" + value + "\" for \"" + name + "\"";
  }

  /** Reads a value as psql's {@code ParseVariableBool} does: abbreviated, but {@code o}. */
  private static boolean isBoolean(String text) {
    String value = text.toLowerCase(Locale.ROOT);
    return value.equals("1")
        || value.equals("0")
        || (!value.equals("o")
            && List.of("true", "false", "yes", "no", "on", "off").stream()
                .anyMatch(word -> word.startsWith(value)));
  }

  private void split(String text) {
    int at = 0;
    while (at < text.length()) {
      if (isBlank(text.charAt(at))) {
        at++;
        continue;
      }
      StringBuilder argument = new StringBuilder();
      while (at < text.length() && !isBlank(text.charAt(at))) {
        char c = text.charAt(at);
        if (c == '\'' || c == '"' || c == '`') {
          at = quoted(text, at, argument);
        } else if (c == ':') {
          at = variable(text, at, argument);
        } else {
          argument.append(c);
          at++;
        }
      }
      arguments.add(argument.toString());
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Reads a colon, and the name of a variable behind it. */
  private int variable(String text, int colon, StringBuilder argument) {
    Optional<PsqlVariables.Use> use = PsqlVariables.use(text, colon);
    if (use.isEmpty()) {
      argument.append(':');
      return colon + 1;
    }
    Optional<String> value = variables.value(use.get());
    if (value.isEmpty() && !variables.isUnset(use.get().name())) {
      unknown.add(use.get().name());
    }
    argument.append(value.orElseGet(() -> text.substring(colon, use.get().end())));
    return use.get().end();
  }

  /** Reads a quoted part; double quotes stay, and a quote that is not closed goes to the end. */
  private int quoted(String text, int open, StringBuilder argument) {
    char quote = text.charAt(open);
    program |= quote == '`';
    int at = open + 1;
    argument.append(quote == '"' ? "\"" : "");
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean last = at + 1 == text.length();
      if (quote == '\'' && c == '\\' && !last) {
        at = escaped(text, at + 1, argument);
      } else if (quote == '\'' && c == quote && !last && text.charAt(at + 1) == quote) {
        argument.append(quote);
        at += 2;
      } else if (c == quote) {
        break;
      } else {
        argument.append(c);
        at++;
      }
    }
    argument.append(quote == '"' ? "\"" : "");
    return Math.min(at + 1, text.length());
  }

  /** Reads what stands behind a backslash in single quotes. */
  private static int escaped(String text, int at, StringBuilder argument) {
    char c = text.charAt(at);
    boolean hex =
        c == 'x' && at + 1 < text.length() && Character.digit(text.charAt(at + 1), 16) >= 0;
    int radix = hex ? 16 : 8;
    int first = hex ? at + 1 : at;
    int end = first;
    while (end < text.length()
        && end < first + (hex ? 2 : 3)
        && Character.digit(text.charAt(end), radix) >= 0) {
      end++;
    }
    if (end > first) {
      argument.append((char) (Integer.parseInt(text.substring(first, end), radix) & 0xFF));
      return end;
    }
    argument.append(ESCAPES.getOrDefault(c, c).charValue());
    return at + 1;
  }
}
