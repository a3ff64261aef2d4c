package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file as <a href="https://ollycope.com/software/yoyo/">yoyo</a> reads it: split into statements
 * as sqlparse does, which knows no nested comments and counts parentheses and the words of bodies;
 * the comments before the first one are its directives.
 *
 * @param statements the places of what is sent, each by itself
 * @param transactional the value of the directive of this name
 * @param depends the ids of the migrations on which it depends
 */
record YoyoText(List<Span> statements, Optional<String> transactional, List<String> depends) {

  private static final Pattern DIRECTIVE =
      Pattern.compile("^\\s*--\\s*(transactional|depends)\\s*:\\s*(.*)$");
  private static final Pattern COMMENT_OR_EMPTY = Pattern.compile("^(?:\\s*|\\s*--.*)$");

  YoyoText {
    statements = List.copyOf(statements);
    depends = List.copyOf(depends);
  }

  /** Reads a file. */
  static YoyoText of(SourceText file) {
    String text = file.text();
    List<int[]> found = new Splitter(text).split();
    List<String> depends = new ArrayList<>();
    Optional<String> transactional = Optional.empty();
    if (!found.isEmpty()) {
      int[] first = found.getFirst();
      int at = first[0];
      // The first statement is what is behind its comments.
      for (String line : text.substring(first[0], first[1]).strip().split("\\r\\n|\\r|\\n", -1)) {
        at = text.indexOf(line, at);
        Matcher directive = DIRECTIVE.matcher(line);
        if (directive.matches()) {
          if (directive.group(1).equals("depends")) {
            depends.addAll(words(directive.group(2)));
          } else {
            String value = directive.group(2);
            transactional = Optional.of(transactional.map(v -> v + " " + value).orElse(value));
          }
        } else if (!COMMENT_OR_EMPTY.matcher(line).matches()) {
          break;
        }
        at += line.length();
      }
      first[0] = Math.min(at, first[1]);
    }
    List<Span> statements = new ArrayList<>();
    int point = 0;
    int from = 0;
    for (int[] each : found) {
      while (each[0] < each[1] && Character.isWhitespace(text.charAt(each[0]))) {
        each[0]++;
      }
      if (each[0] < each[1]) {
        int start = point + text.codePointCount(from, each[0]);
        point = start + text.codePointCount(each[0], each[1]);
        from = each[1];
        statements.add(new Span(start, point));
      }
    }
    return new YoyoText(statements, transactional, depends);
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
  }

  /** Returns true unless the file wants no transaction. */
  boolean isTransactional() {
    return transactional.filter(value -> value.toLowerCase(Locale.ROOT).equals("false")).isEmpty();
  }

  /** Returns true for a file without directives, or with such as yoyo knows. */
  boolean isValid() {
    return transactional
        .map(value -> value.toLowerCase(Locale.ROOT))
        .filter(value -> !value.equals("true") && !value.equals("false"))
        .isEmpty();
  }

  /** Returns where each statement begins. */
  List<Integer> starts() {
    return statements.stream().map(Span::start).toList();
  }

  /** Splits a text as sqlparse 0.4 does, by the rules of its lexer that tell in this. */
  private static final class Splitter {

    /** Limits how often the text is read in vain: a file is not to say how long that takes. */
    private static final int MOST_READ = 50;

    private static final int FLAGS =
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;
    private static final String LETTER = "[A-Z\u00C0-\u00DC]";
    private static final String NO_LETTER = "[_A-Z\u00C0-\u00DC]";

    private static final Pattern HINT_OR_COMMENT = rule("(?:--|# )");
    private static final Pattern SPACE = rule("\\s");
    private static final Pattern TAG = rule("\\$(?:[_A-Z\u00C0-\u00DC]\\w*)?\\$");
    private static final Pattern PLACEHOLDER =
        rule(":=|::|\\*|\\?|%(?:\\(\\w+\\))?s|(?<!\\w)[$:?]\\w+|\\\\\\w+|(?:NOT\\s+)?IN\\b");
    private static final Pattern CASE = rule("(?:CASE|VALUES|USING|FROM|AS)\\b");
    private static final Pattern NAME =
        rule(
            "(?:@|##|#)"
                + LETTER
                + "\\w+|"
                + LETTER
                + "\\w*(?=\\s*\\.)|(?<=\\.)"
                + LETTER
                + "\\w*|"
                + LETTER
                + "\\w*(?=\\()|-?0x[\\dA-F]+|-?\\d+(?:\\.\\d+)?E-?\\d+|(?!"
                + NO_LETTER
                + ")-?(?:\\d+(?:\\.\\d*)|\\.\\d+)(?!"
                + NO_LETTER
                + ")|(?!"
                + NO_LETTER
                + ")-?\\d+(?!"
                + NO_LETTER
                + ")");
    private static final Pattern BRACKETS = rule("(?<![\\w\\])])\\[[^\\]\\[]+\\]");
    private static final Pattern KEYWORD =
        rule("END(?:\\s+IF|\\s+LOOP|\\s+WHILE)?\\b|CREATE(?:\\s+OR\\s+REPLACE)?\\b");
    private static final Pattern OTHER =
        rule(
            "JOIN\\b|NOT\\s+NULL\\b|NULLS\\s+(?:FIRST|LAST)\\b|UNION\\s+ALL\\b|DOUBLE\\s+PRECISION\\b"
                + "|(?:GROUP|ORDER)\\s+BY\\b|HANDLER\\s+FOR\\b"
                + "|(?:AT|WITH')\\s+TIME\\s+ZONE\\s+'[^']+'|(?:NOT\\s+)?(?:I|R)?LIKE\\b");
    private static final Pattern WORD = rule("[0-9_A-Z\u00C0-\u00DC][_$#\\w]*");
    private static final Pattern OPERATOR = rule("[<>=~!]+|[+/@#%^&|^-]+");

    private final String text;
    private int at;

    /** The place from which on no comment ends. */
    private int endless = Integer.MAX_VALUE;

    /** Counts down what may be read in looking for ends of dollar quotes that are not there. */
    private long effort;

    /** Counts how deep the statement is in parentheses and bodies. */
    private int level;

    private int begins;
    private boolean creates;

    Splitter(String text) {
      this.text = text;
      this.effort = (long) text.length() * MOST_READ;
    }

    private static Pattern rule(String regex) {
      return Pattern.compile(regex, FLAGS);
    }

    /** The kinds of tokens between which the end of a statement tells. */
    private enum Kind {
      BLANK,
      OTHER,
      END
    }

    List<int[]> split() {
      List<int[]> statements = new ArrayList<>();
      int start = 0;
      boolean ended = false;
      while (at < text.length()) {
        int before = at;
        Kind kind = next();
        if (ended && kind != Kind.BLANK) {
          statements.add(new int[] {start, before});
          start = before;
          ended = false;
          int after = at;
          reset();
          // The token counts for the statement that it begins.
          at = before;
          kind = next();
          at = after;
        }
        ended |= kind == Kind.END;
      }
      if (!text.substring(start).isBlank()) {
        statements.add(new int[] {start, text.length()});
      }
      return statements;
    }

    private void reset() {
      level = 0;
      begins = 0;
      creates = false;
    }

    private Kind next() {
      char c = text.charAt(at);
      if (is(HINT_OR_COMMENT)) {
        int body = at + 2;
        boolean hint = body < text.length() && text.charAt(body) == '+';
        at = endOfLine(body);
        return hint ? Kind.OTHER : Kind.BLANK;
      }
      if (text.startsWith("/*", at) && at < endless) {
        int end = text.indexOf("*/", at + 2);
        if (end >= 0) {
          at = end + 2;
          return Kind.OTHER;
        }
        endless = at;
      }
      if (c == '\n' || c == '\r') {
        at += text.startsWith("\r\n", at) ? 2 : 1;
        return Kind.OTHER;
      }
      if (is(SPACE)) {
        at++;
        return Kind.BLANK;
      }
      if (c == '$' && dollarQuoted()) {
        return Kind.OTHER;
      }
      if ((c == '`' || c == '\u00B4') && quoted(c, _ -> false)) {
        return Kind.OTHER;
      }
      if (take(PLACEHOLDER)) {
        return Kind.OTHER;
      }
      int before = at;
      if (take(CASE)) {
        keyword(text.substring(before, at));
        return Kind.OTHER;
      }
      if (take(NAME)
          || ((c == '\'' || c == '"') && quoted(c, i -> text.charAt(i) == '\\'))
          || take(BRACKETS)) {
        return Kind.OTHER;
      }
      if (take(KEYWORD)) {
        keyword(text.substring(before, at));
        return Kind.OTHER;
      }
      if (take(OTHER)) {
        return Kind.OTHER;
      }
      if (take(WORD)) {
        keyword(text.substring(before, at));
        return Kind.OTHER;
      }
      if (take(OPERATOR)) {
        return Kind.OTHER;
      }
      at++;
      switch (c) {
        case '(' -> level++;
        case ')' -> level--;
        case ';' -> {
          return level <= 0 ? Kind.END : Kind.OTHER;
        }
        default -> {}
      }
      return Kind.OTHER;
    }

    private boolean is(Pattern pattern) {
      return matcher(pattern).lookingAt();
    }

    private boolean take(Pattern pattern) {
      Matcher matcher = matcher(pattern);
      if (matcher.lookingAt()) {
        at = matcher.end();
        return true;
      }
      return false;
    }

    private Matcher matcher(Pattern pattern) {
      return pattern
          .matcher(text)
          .region(at, text.length())
          .useTransparentBounds(true)
          .useAnchoringBounds(false);
    }

    private int endOfLine(int from) {
      int end = from;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      return end == text.length() ? end : end + (text.startsWith("\r\n", end) ? 2 : 1);
    }

    /** A quote with a word before it is none. */
    private boolean dollarQuoted() {
      Matcher tag = matcher(TAG);
      if (effort < 0
          || (at > 0 && !Character.isWhitespace(text.charAt(at - 1)))
          || !tag.lookingAt()) {
        return false;
      }
      String mark = tag.group();
      for (int end = text.indexOf('$', tag.end()); end >= 0; end = text.indexOf('$', end + 1)) {
        if (text.regionMatches(true, end, mark, 0, mark.length())) {
          at = end + mark.length();
          return true;
        }
      }
      effort -= text.length() - at;
      return false;
    }

    /**
     * Takes a text in quotes, in which a doubled quote is one, and one behind a mark of escape; as
     * a pattern does, it takes the last of these for the end where there is no other.
     */
    private boolean quoted(char quote, IntPredicate escapes) {
      int last = -1;
      for (int i = at + 1; i < text.length(); i++) {
        if (text.charAt(i) == quote) {
          if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
            last = i + 1;
            i++;
          } else {
            at = i + 1;
            return true;
          }
        } else if (i + 1 < text.length() && escapes.test(i) && text.charAt(i + 1) == quote) {
          last = i + 2;
          i++;
        }
      }
      if (last < 0) {
        return false;
      }
      at = last;
      return true;
    }

    private void keyword(String written) {
      String word = written.toUpperCase(Locale.ROOT);
      if (word.startsWith("CREATE") && KEYWORD.matcher(written).matches()) {
        creates = true;
        return;
      }
      switch (word) {
        case "DECLARE" -> {
          if (creates && begins == 0) {
            level++;
          }
        }
        case "BEGIN" -> {
          begins++;
          level += creates ? 1 : 0;
        }
        case "END" -> {
          begins = Math.max(0, begins - 1);
          level--;
        }
        case "IF", "FOR", "WHILE", "CASE" -> level += creates && begins > 0 ? 1 : 0;
        case "END IF", "END FOR", "END WHILE" -> level--;
        default -> {}
      }
    }
  }
}
