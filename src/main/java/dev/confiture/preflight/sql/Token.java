package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.Identifiers;

/**
 * A token of SQL text.
 *
 * @param start the offset of its first code point
 * @param end the offset after its last
 * @param text the token as written
 */
public record Token(Kind kind, int start, int end, String text) {

  /** Returns true if the token is this keyword, unquoted and in any case. */
  public boolean is(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }

  /** Returns true if the token is this punctuation mark. */
  public boolean isMark(String mark) {
    return kind == Kind.PUNCTUATION && text.equals(mark);
  }

  /** Returns true for {@code *}, whatever it means. */
  boolean isStar() {
    return kind == Kind.OPERATOR && text.equals("*");
  }

  /** Returns 1 for an opening parenthesis, -1 for a closing one, else 0. */
  public int parenthesis() {
    return isMark("(") ? 1 : isMark(")") ? -1 : 0;
  }

  /** Returns 1 for an opening parenthesis or bracket, -1 for a closing one, else 0. */
  int bracket() {
    return isMark("[") ? 1 : isMark("]") ? -1 : parenthesis();
  }

  /** Returns true if the token can be a name: any word, or a quoted identifier. */
  public boolean isIdentifier() {
    return kind == Kind.WORD || kind == Kind.QUOTED_IDENTIFIER;
  }

  /**
   * Returns the name as PostgreSQL stores it: in lower case unless quoted, and truncated to 63
   * bytes.
   */
  public String identifier() {
    return Identifiers.truncated(kind == Kind.QUOTED_IDENTIFIER ? unquoted() : folded(text));
  }

  private String unquoted() {
    int open = text.indexOf('"');
    int close = text.length() > open + 1 ? text.length() - 1 : text.length();
    return text.substring(open + 1, close).replace("\"\"", "\"");
  }

  /** Returns true if the token is a string of this value, written without escapes. */
  public boolean isString(String value) {
    return kind == Kind.STRING && stringValue().equals(value);
  }

  /** Returns the value of a string in plain quotes; escapes stay as they are written. */
  public String stringValue() {
    int open = text.indexOf('\'');
    return open < 0 || text.length() <= open + 1
        ? text
        : text.substring(open + 1, text.length() - 1).replace("''", "'");
  }

  /** Folds as {@code downcase_identifier} does: in UTF-8, ASCII letters only. */
  private static String folded(String word) {
    StringBuilder folded = new StringBuilder(word);
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return folded.toString();
  }

  boolean isTrivia() {
    return kind == Kind.WHITESPACE || kind == Kind.COMMENT;
  }

  /**
   * The kinds of token in PostgreSQL's <a
   * href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">lexical structure</a>.
   */
  public enum Kind {
    /** A keyword or unquoted identifier. */
    WORD,
    /** {@code "…"}, also {@code U&"…"}. */
    QUOTED_IDENTIFIER,
    /** {@code '…'} with any prefix. */
    STRING,
    /** {@code $tag$…$tag$}. */
    DOLLAR_STRING,
    NUMBER,
    /** {@code $1}. */
    PARAMETER,
    OPERATOR,
    /** One of {@code , ; ( ) [ ] . :} and {@code ::}. */
    PUNCTUATION,
    COMMENT,
    WHITESPACE,
    /** A string, name or comment that the text ends in the middle of. */
    UNTERMINATED
  }
}
