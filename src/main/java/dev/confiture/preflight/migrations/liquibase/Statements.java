package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The SQL of a change as Liquibase splits it, by a rule of its own that knows no dollar quotes and
 * no nested comments, and takes every word BEGIN for the start of a block that a word END ends.
 *
 * @param starts where each call of its driver begins
 * @param notSent the places that are not sent: comments and delimiters
 * @see <a href="https://docs.liquibase.com/change-types/sql.html">splitStatements, endDelimiter</a>
 */
record Statements(List<Integer> starts, List<Span> notSent) {

  private static final Pattern REPEATING = Pattern.compile("[*+?{}()|]");

  private static final String GO = "go";
  private static final String SLASH = "/";

  /** Lists prefixes of strings that Liquibase takes for no words of their own. */
  private static final List<String> PREFIXES = List.of("u", "e", "n", "r", "b", "rb", "_utf8");

  /** Lists words behind BEGIN and END that make them a transaction's, in some dialect. */
  private static final List<String> OF_TRANSACTIONS = List.of("transaction", "trans", "tran");

  private static final List<String> OF_MESSAGES = List.of("dialog", "conversation", "distributed");

  Statements {
    starts = List.copyOf(starts);
    notSent = List.copyOf(notSent);
  }

  /**
   * How a change is split.
   *
   * @param split false to send all of it in one call
   * @param stripComments true to leave out comments
   * @param endDelimiter what ends a statement; empty for a semicolon, or GO or a slash on a line
   */
  record Rule(boolean split, boolean stripComments, Optional<String> endDelimiter) {

    /** The rule of a change that says nothing of it. */
    static final Rule USUAL = new Rule(true, true, Optional.empty());
  }

  /** Splits a text. */
  static Statements of(SourceText text, Rule rule) {
    List<Token> tokens = new Tokens(text).read();
    List<Span> notSent = new ArrayList<>();
    List<Token> kept = new ArrayList<>();
    for (Token token : tokens) {
      if (token.kind() == Kind.COMMENT && rule.stripComments()) {
        notSent.add(new Span(token.start(), token.end()));
      } else {
        kept.add(token);
      }
    }
    return new Division(merged(kept, rule.endDelimiter()), rule, notSent).divide();
  }

  /** Returns true if what was moved to be placed is a part of a string that holds blanks. */
  static boolean changesStrings(PlacedText.InFile placed) {
    if (placed.moved().isEmpty()) {
      return false;
    }
    for (Token token : new Tokens(placed.text()).read()) {
      Span place = new Span(token.start(), token.end());
      if (token.kind() == Kind.WORD
          && (token.text().endsWith("'") || token.text().endsWith("\""))
          && token.text().chars().anyMatch(Character::isWhitespace)
          && placed.moved().stream()
              .anyMatch(moved -> moved.start() < place.end() && place.start() < moved.end())) {
        return true;
      }
    }
    return false;
  }

  /** Joins tokens that together are the delimiter, as Liquibase does. */
  private static List<Token> merged(List<Token> tokens, Optional<String> endDelimiter) {
    if (endDelimiter.isEmpty()) {
      return tokens;
    }
    String delimiter = endDelimiter.get();
    List<Token> all = new ArrayList<>();
    List<Token> possible = new ArrayList<>();
    for (Token token : tokens) {
      StringBuilder joined = new StringBuilder();
      possible.forEach(each -> joined.append(each.text()));
      joined.append(token.text());
      if (possible.isEmpty() && !delimiter.startsWith(token.text())) {
        all.add(token);
      } else if (!possible.isEmpty() && delimiter.contentEquals(joined)) {
        all.add(new Token(Kind.WORD, possible.getFirst().start(), token.end(), joined.toString()));
        possible.clear();
      } else if (delimiter.startsWith(joined.toString())) {
        possible.add(token);
        if (delimiter.contentEquals(joined)) {
          all.addAll(possible);
          possible.clear();
        }
      } else {
        all.addAll(possible);
        all.add(token);
        possible.clear();
      }
    }
    all.addAll(possible);
    return all;
  }

  private enum Kind {
    BLANK,
    COMMENT,
    WORD
  }

  private record Token(Kind kind, int start, int end, String text) {

    private boolean isWord(String word) {
      return text.equalsIgnoreCase(word);
    }

    private boolean isBlank() {
      return kind == Kind.BLANK;
    }
  }

  /** Puts tokens together to statements. */
  private static final class Division {

    private final List<Token> tokens;
    private final Rule rule;
    private final List<Span> notSent;
    private final List<Integer> starts = new ArrayList<>();
    private final Optional<Pattern> ending;
    private int begun = -1;

    Division(List<Token> tokens, Rule rule, List<Span> notSent) {
      this.tokens = tokens;
      this.rule = rule;
      this.notSent = notSent;
      this.ending =
          rule.endDelimiter()
              .filter(delimiter -> delimiter.length() > 1)
              .map(delimiter -> Pattern.compile("[\\s\n\r]*" + regex(delimiter)));
    }

    /**
     * Liquibase takes the delimiter for a regular expression. One that repeats something is taken
     * for a text here: a file of a pull request is not to say how long matching takes.
     */
    private static String regex(String delimiter) {
      String lower = delimiter.toLowerCase(Locale.ROOT);
      try {
        return REPEATING.matcher(lower).find()
            ? Pattern.quote(lower)
            : Pattern.compile(lower).pattern();
      } catch (PatternSyntaxException none) {
        return Pattern.quote(lower);
      }
    }

    private Statements divide() {
      int blocks = 0;
      for (int i = 0; i < tokens.size(); i++) {
        Token token = tokens.get(i);
        if (token.isWord("begin") || token.isWord("end")) {
          String next = next(i);
          boolean ofTransaction = OF_TRANSACTIONS.contains(next);
          if (token.isWord("begin") && !ofTransaction && !OF_MESSAGES.contains(next)) {
            blocks++;
          } else if (token.isWord("end") && !ofTransaction && blocks > 0) {
            blocks--;
          }
        }
        if (blocks == 0 && rule.split() && isDelimiter(i)) {
          end(token);
        } else if (!token.isBlank() && begun < 0) {
          begun = token.start();
          starts.add(begun);
        }
      }
      return new Statements(starts, notSent);
    }

    private String next(int i) {
      for (int j = i + 1; j < tokens.size(); j++) {
        if (!tokens.get(j).isBlank()) {
          return tokens.get(j).text().toLowerCase(Locale.ROOT);
        }
      }
      return "";
    }

    private boolean isDelimiter(int i) {
      Token token = tokens.get(i);
      Optional<String> before = i == 0 ? Optional.empty() : Optional.of(tokens.get(i - 1).text());
      boolean beginsLine = before.map(piece -> piece.endsWith("\n")).orElse(true);
      if (rule.endDelimiter().isEmpty()) {
        return token.isWord(";") || ((token.isWord(GO) || token.isWord(SLASH)) && beginsLine);
      }
      String delimiter = rule.endDelimiter().get();
      return (token.isWord(delimiter) && (!delimiter.equals(SLASH) || beginsLine))
          || ending
              .filter(
                  pattern ->
                      pattern
                          .matcher((before.orElse("") + token.text()).toLowerCase(Locale.ROOT))
                          .matches())
              .isPresent();
    }

    private void end(Token delimiter) {
      notSent.add(new Span(delimiter.start(), delimiter.end()));
      begun = -1;
    }
  }

  /** Reads tokens as Liquibase's grammar has them: the longest that fits. */
  private static final class Tokens {

    private final SourceText text;
    private final int end;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    /** Where it was looked in vain for an end, so that nothing is looked through twice. */
    private int lastClose = Integer.MAX_VALUE;

    private Span noTick = new Span(0, 0);
    private Span noBracket = new Span(0, 0);

    Tokens(SourceText text) {
      this.text = text;
      this.end = text.length();
    }

    private List<Token> read() {
      while (at < end) {
        int start = at;
        add(kind(), start);
      }
      return tokens;
    }

    private void add(Kind kind, int start) {
      tokens.add(new Token(kind, start, at, text.substring(start, at)));
    }

    private int peek(int offset) {
      return offset < end ? text.codePointAt(offset) : -1;
    }

    /** Passes one token and returns its kind. */
    private Kind kind() {
      int c = peek(at);
      int next = peek(at + 1);
      if (isBlank(c)) {
        while (isBlank(peek(at))) {
          at++;
        }
        return Kind.BLANK;
      }
      if (c == '-' && next == '-') {
        while (at < end && peek(at) != '\n' && peek(at) != '\r') {
          at++;
        }
        return Kind.COMMENT;
      }
      if (c == '/' && next == '*') {
        int close = close();
        at = close < 0 ? at + 1 : close;
        return close < 0 ? Kind.WORD : Kind.COMMENT;
      }
      int behind = name(at);
      at = behind > at ? dotted(behind) : at + 1;
      return Kind.WORD;
    }

    /** Returns the offset behind a block comment, in which none is nested; -1 for an open one. */
    private int close() {
      if (at >= lastClose) {
        return -1;
      }
      for (int i = at + 2; i + 1 < end; i++) {
        if (peek(i) == '*' && peek(i + 1) == '/') {
          return i + 2;
        }
      }
      lastClose = at;
      return -1;
    }

    /** Returns the offset behind a word, number, string or quoted name; the same for none. */
    private int name(int from) {
      int quote = from;
      int i = from;
      if (isLetter(peek(i))) {
        while (isLetter(peek(i)) || isDigit(peek(i)) || peek(i) == '#' || peek(i) == '@') {
          i++;
        }
        boolean prefix =
            i - from <= 5 && PREFIXES.contains(text.substring(from, i).toLowerCase(Locale.ROOT));
        if (!prefix) {
          return i;
        }
        quote = i;
      }
      int behind = quoted(quote);
      if (behind > quote) {
        return behind;
      }
      if (i == from) {
        while (isDigit(peek(i))) {
          i++;
        }
      }
      return i;
    }

    private int quoted(int from) {
      return switch (peek(from)) {
        case '\'', '"' -> string(from, peek(from));
        case '`' -> onOneLine(from, '`');
        case '[' -> isDigit(peek(from + 1)) || peek(from + 1) == ']' ? from : onOneLine(from, ']');
        default -> from;
      };
    }

    private int onOneLine(int from, int close) {
      Span looked = close == '`' ? noTick : noBracket;
      if (looked.start() <= from && from < looked.end()) {
        return from;
      }
      int i = from + 1;
      while (i < end && peek(i) != '\n' && peek(i) != '\r') {
        if (peek(i) == close) {
          return i == from + 1 ? from : i + 1;
        }
        i++;
      }
      if (close == '`') {
        noTick = new Span(from, i);
      } else {
        noBracket = new Span(from, i);
      }
      return from;
    }

    /**
     * Returns the offset behind a string: a backslash before its quote may end it or not, and the
     * longer one counts.
     */
    private int string(int from, int quote) {
      int shorter = from;
      int i = from + 1;
      while (i < end) {
        int c = peek(i);
        if (c == quote && peek(i + 1) == quote) {
          shorter = i + 1;
          i += 2;
        } else if (c == quote) {
          return i + 1;
        } else if (c == '\\') {
          int escaped = peek(i + 1);
          if (escaped == quote) {
            shorter = i + 2;
          } else if (escaped < 0 || "'\"ntbrf\\0".indexOf(escaped) < 0) {
            return shorter;
          }
          i += 2;
        } else {
          i++;
        }
      }
      return shorter;
    }

    /** Returns the offset behind further names, each behind a dot. */
    private int dotted(int from) {
      int behind = from;
      if (isDigit(peek(at)) || peek(at) == '\'') {
        return behind;
      }
      while (true) {
        int dot = lineBlanks(behind);
        int name = peek(dot) == '.' ? lineBlanks(dot + 1) : dot;
        int last =
            peek(dot) == '.' && (isLetter(peek(name)) || "\"`[".indexOf(peek(name)) >= 0)
                ? name(name)
                : name;
        if (last == name) {
          return behind;
        }
        behind = last;
      }
    }

    private int lineBlanks(int from) {
      int i = from;
      while (peek(i) == ' ' || peek(i) == '\n' || peek(i) == '\r') {
        i++;
      }
      return i;
    }

    private static boolean isBlank(int c) {
      return c >= 0
          && (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85 || c == 0xFEFF);
    }

    private static boolean isLetter(int c) {
      return c == '_' || c == '$' || (c >= 0 && Character.isLetter(c));
    }

    private static boolean isDigit(int c) {
      return c >= '0' && c <= '9';
    }
  }
}
