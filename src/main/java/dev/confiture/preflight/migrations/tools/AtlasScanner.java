package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a file into statements as Atlas does for PostgreSQL (sql/migrate/lex.go): comments do not
 * nest, a backslash escapes nothing, parentheses must match, and what stands between {@code BEGIN}
 * and {@code END} is one statement.
 */
final class AtlasScanner {

  /**
   * The statements of a file.
   *
   * @param statements their places, without what separates them
   * @param fault what Atlas cannot scan, if there is something
   */
  record Scanned(List<Span> statements, Optional<Refusal> fault) {
    Scanned {
      statements = List.copyOf(statements);
    }
  }

  private static final String USUAL = ";";
  private static final String COMMAND = "DELIMITER";
  private static final String BEGIN = "BEGIN";
  private static final String ATOMIC = "ATOMIC";
  private static final String END = "END";
  private static final Pattern DIRECTIVE =
      Pattern.compile("(?d)-- atlas:delimiter(?!\\w)(?: +(.+))?");

  /** Limits how deep blocks nest, and how often the text is read in looking for their ends. */
  private static final int DEEPEST = 50;

  private static final int MOST_READ = 50;

  private final SourceText text;
  private final Effort effort;
  private final int level;

  /** Marks where the present statement begins. */
  private int input;

  private int at;
  private String delimiter = USUAL;

  /** Counts down the characters that all scanners of a file may read. */
  private static final class Effort {
    private long left;

    /** The places from which on each of the ends of comments is known not to come. */
    private final Map<String, Integer> endless = new HashMap<>();

    private Effort(long left) {
      this.left = left;
    }
  }

  /** A text that Atlas does not scan to its end. */
  private static final class Fault extends Exception {

    private static final long serialVersionUID = 1;
    private final int place;

    private Fault(int place, String message) {
      super(message);
      this.place = place;
    }
  }

  private AtlasScanner(SourceText text, int start, int level, Effort effort) {
    this.text = text;
    this.input = start;
    this.at = start;
    this.level = level;
    this.effort = effort;
  }

  /**
   * Splits a file.
   *
   * @param fileName its name, for what is said of it
   */
  static Scanned scan(SourceText text, String fileName) {
    AtlasScanner scanner =
        new AtlasScanner(text, 0, 0, new Effort((long) text.length() * MOST_READ));
    List<Span> statements = new ArrayList<>();
    try {
      scanner.readDirective();
      for (Optional<Span> next = scanner.next(); next.isPresent(); next = scanner.next()) {
        statements.add(next.get());
      }
      return new Scanned(statements, Optional.empty());
    } catch (Fault fault) {
      int end = Math.min(text.length(), Math.max(fault.place, 1));
      return new Scanned(
          List.of(),
          Optional.of(
              new Refusal(
                  Refusal.Stage.NOT_RUN,
                  Math.max(0, end - 1),
                  end,
                  "atlas stops at the file: sql/migrate: scanning statements from \""
                      + fileName
                      + "\": "
                      + fault.getMessage(),
                  Optional.of(
                      "write it so that atlas can scan it: it knows neither a backslash in E'…' nor"
                          + " comments in comments; -- atlas:delimiter changes where it cuts"))));
    }
  }

  /** Reads the delimiter that the first line may name. */
  private void readDirective() throws Fault {
    Matcher directive = DIRECTIVE.matcher(text.text());
    if (directive.lookingAt()) {
      String named = Optional.ofNullable(directive.group(1)).orElse("");
      setDelimiter(named);
      int line = indexOf("\n", 0);
      if (line < 0) {
        throw new Fault(0, where(0) + "no input found after delimiter \"" + named + "\"");
      }
      input = line + 1;
      at = input;
    }
  }

  /** Returns the place of the next statement, if there is one. */
  private Optional<Span> next() throws Fault {
    int depth = 0;
    int opening = 0;
    skipSpaces();
    while (at < text.length()) {
      int from = at;
      int c = text.codePointAt(at++);
      effort.left--;
      if (c == '(') {
        opening = depth == 0 ? at : opening;
        depth++;
      } else if (c == ')') {
        if (depth == 0) {
          throw new Fault(at, where(at) + "unexpected ')'");
        }
        depth--;
      } else if (c == '\'' || c == '"' || c == '`') {
        skipQuoted(c);
      } else if (at - input == 1
          && startsWith(from, COMMAND)
          && text.length() - input > COMMAND.length()) {
        readCommand();
      } else if (depth == 0 && text.length() - from >= length(delimiter) && isDelimiter(from)) {
        at = from + length(delimiter);
        return Optional.of(emitted());
      } else if (c == '$' && tag(from).isPresent()) {
        skipDollarQuoted(tag(from).get());
      } else if (c == '-' && is(at, '-')) {
        at++;
        skipComment("\n");
      } else if (c == '/' && is(at, '*')) {
        at++;
        skipComment("*/");
      } else if (delimiter.equals(USUAL) && skipsBlock(from)) {
        return Optional.of(emitted());
      }
    }
    if (depth > 0) {
      throw new Fault(opening, where(opening) + "unclosed '('");
    }
    return at > input ? Optional.of(emitted()) : Optional.empty();
  }

  private Span emitted() {
    int start = input;
    int end = at;
    input = at;
    int length = length(delimiter);
    if (!delimiter.equals(USUAL) && end - start >= length && isDelimiter(end - length)) {
      end -= length;
    }
    while (start < end && isSpace(text.codePointAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.codePointAt(end - 1))) {
      end--;
    }
    return new Span(start, end);
  }

  private void skipSpaces() {
    while (at < text.length() && isSpace(text.codePointAt(at))) {
      at++;
    }
    input = at;
  }

  private void skipQuoted(int quote) throws Fault {
    int start = at;
    while (at < text.length()) {
      effort.left--;
      if (text.codePointAt(at++) == quote) {
        return;
      }
    }
    throw new Fault(
        start,
        where(start) + "unclosed quote '" + (quote == '\'' ? "\\" : "") + (char) quote + "'");
  }

  /** Skips to the end of the text where the closing tag is missing. */
  private void skipDollarQuoted(String tag) {
    at += tag.length() - 1;
    int end = indexOf(tag, at);
    effort.left -= (end < 0 ? text.length() : end) - at;
    at = end < 0 ? text.length() : end + tag.length();
  }

  /** Skips a comment; one that does not end is none. */
  private void skipComment(String right) {
    if (at >= effort.endless.getOrDefault(right, Integer.MAX_VALUE)) {
      return;
    }
    int end = indexOf(right, at);
    if (end < 0) {
      effort.left -= text.length() - at;
      effort.endless.put(right, at);
      return;
    }
    boolean first = at - input == 2;
    effort.left -= end - at;
    at = end + right.length();
    if (first) {
      skipSpaces();
    }
  }

  /** Reads {@code DELIMITER //}, which is MySQL's. */
  private void readCommand() throws Fault {
    at = input + COMMAND.length();
    if (!is(at, ' ')) {
      return;
    }
    int line = indexOf("\n", at);
    int end = line < 0 ? text.length() : line + 1;
    String named = text.substring(at, end).strip();
    at = end;
    setDelimiter(
        named.length() > 1 && named.startsWith("'") && named.endsWith("'")
            ? named.substring(1, named.length() - 1).replace("''", "'")
            : named);
    skipSpaces();
  }

  private void setDelimiter(String named) throws Fault {
    if (named.isEmpty()) {
      throw new Fault(0, "empty delimiter");
    }
    delimiter = named.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
  }

  /** Skips a block that begins here; one whose end is not found is none. */
  private boolean skipsBlock(int from) {
    if (!startsWith(from, BEGIN)) {
      return false;
    }
    int atomic = behind(ATOMIC, behind(BEGIN, from));
    int body = atomic > 0 ? atomic : isWord(from) ? behind(BEGIN, from) : 0;
    if (body == 0) {
      return false;
    }
    at = body;
    if (level >= DEEPEST || effort.left < 0) {
      return false;
    }
    AtlasScanner inside = new AtlasScanner(text, body, level + 1, effort);
    try {
      for (Optional<Span> next = inside.next(); next.isPresent(); next = inside.next()) {
        if (isEnd(next.get(), atomic > 0)) {
          at = inside.at;
          return true;
        }
      }
    } catch (Fault fault) {
      // Atlas takes it for no block.
      return false;
    }
    return false;
  }

  /** Returns true if a word begins here, and is not the end of one. */
  private boolean isWord(int from) {
    return at - input == 1 || isWhite(text.codePointAt(from - 1));
  }

  /** Returns the place behind a word that is here and the white space behind it; 0 for another. */
  private int behind(String word, int from) {
    int end = skipWhite(from + word.length());
    return startsWith(from, word) && end > from + word.length() ? end : 0;
  }

  private boolean isEnd(Span statement, boolean atomic) {
    if (!startsWith(statement.start(), END)) {
      return false;
    }
    int rest = skipWhite(statement.start() + END.length());
    return atomic
        || rest >= statement.end()
        || text.substring(rest, statement.end()).equals(delimiter);
  }

  private int skipWhite(int from) {
    int place = from;
    while (place < text.length() && isWhite(text.codePointAt(place))) {
      place++;
    }
    return place;
  }

  private static boolean isWhite(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
  }

  private boolean startsWith(int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (from + i >= text.length()
          || Character.toUpperCase(text.codePointAt(from + i)) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isDelimiter(int from) {
    return text.codePointAt(from) == delimiter.codePointAt(0)
        && text.substring(from, from + length(delimiter)).equals(delimiter);
  }

  private boolean is(int place, int c) {
    return place < text.length() && text.codePointAt(place) == c;
  }

  private static int length(String word) {
    return word.codePointCount(0, word.length());
  }

  /** Returns the tag of a dollar quote that begins here, with its dollar signs. */
  private Optional<String> tag(int from) {
    int end = from + 1;
    while (end < text.length() && isOfTag(text.codePointAt(end), end == from + 1)) {
      end++;
    }
    return is(end, '$') ? Optional.of(text.substring(from, end + 1)) : Optional.empty();
  }

  private static boolean isOfTag(int c, boolean first) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'È' && c <= 'ÿ')
        || c == '_'
        || (!first && c >= '0' && c <= '9');
  }

  private int indexOf(String word, int from) {
    for (int i = from; i + word.length() <= text.length(); i++) {
      if (text.codePointAt(i) == word.charAt(0) && matches(word, i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean matches(String word, int from) {
    for (int i = 1; i < word.length(); i++) {
      if (text.codePointAt(from + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns true for what Go calls white space. */
  private static boolean isSpace(int c) {
    return (c >= '\t' && c <= '\r')
        || c == ' '
        || c == 0x85
        || c == 0xA0
        || (c > 0xFF && Character.isSpaceChar(c));
  }

  /** Returns a place as Atlas tells it: in bytes. */
  private String where(int place) {
    int line = text.lineOf(Math.min(place, text.length()));
    int column =
        text.substring(text.lineStart(line), place).getBytes(StandardCharsets.UTF_8).length;
    return String.format(Locale.ROOT, "%d:%d: ", line, column);
  }
}
