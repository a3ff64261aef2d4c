package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.sql.Piece.MetaCommand;
import dev.confiture.preflight.sql.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  private final String name;
  private final List<String> arguments;

  /** A part of the line has a value that only a running psql knows. */
  private final boolean computed;

  PsqlCommand(SourceText source, MetaCommand command) {
    this.name = command.name();
    String text =
        source.substring(
            command.start() + 1 + name.codePointCount(0, name.length()), command.end());
    this.arguments = new ArrayList<>();
    this.computed = split(text.endsWith("\\\\") ? text.substring(0, text.length() - 2) : text);
  }

  /** Returns the arguments, as psql reads them. */
  List<String> arguments() {
    return List.copyOf(arguments);
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
    if (computed) {
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

  /** Reads the arguments, and returns true if one of them has a variable or a program in it. */
  private boolean split(String text) {
    boolean unknown = false;
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
        continue;
      }
      StringBuilder argument = new StringBuilder();
      while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
        char c = text.charAt(at);
        boolean variable = c == ':' && at + 1 < text.length() && isOfVariable(text.charAt(at + 1));
        unknown |= c == '`' || variable;
        at = c == '\'' || c == '"' || c == '`' ? quoted(text, at, argument) : at + 1;
        if (c != '\'' && c != '"' && c != '`') {
          argument.append(c);
        }
      }
      arguments.add(argument.toString());
    }
    return unknown;
  }

  private static boolean isOfVariable(char c) {
    return Character.isLetterOrDigit(c) || "_'\"{".indexOf(c) >= 0;
  }

  /** Reads a quoted part; double quotes stay, and a quote that is not closed goes to the end. */
  private static int quoted(String text, int open, StringBuilder argument) {
    char quote = text.charAt(open);
    int at = open + 1;
    argument.append(quote == '"' ? "\"" : "");
    while (at < text.length() && text.charAt(at) != quote) {
      at += quote == '\'' && text.charAt(at) == '\\' && at + 1 < text.length() ? 1 : 0;
      argument.append(text.charAt(at++));
    }
    argument.append(quote == '"' ? "\"" : "");
    return Math.min(at + 1, text.length());
  }
}
