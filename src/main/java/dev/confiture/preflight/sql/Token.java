package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.Identifiers;

/**
 * A token.
 *
 * @param start its first code point
 * @param end the one after its last
 * @param text as written
 */
public record Token(TokenKind kind, int start, int end, String text) {

  /** Whether it is this keyword, written without quotes in any case. */
  public boolean is(String keyword) {
    return kind == TokenKind.WORD && text.equalsIgnoreCase(keyword);
  }

  /** Whether it is this punctuation mark. */
  public boolean isMark(String mark) {
    return kind == TokenKind.PUNCTUATION && text.equals(mark);
  }

  /** Whether it can be a name: any word, or a quoted identifier. */
  public boolean isIdentifier() {
    return kind == TokenKind.WORD || kind == TokenKind.QUOTED_IDENTIFIER;
  }

  /**
   * The name as PostgreSQL takes it: ASCII letters in lower case unless quoted, cut where it is too
   * long.
   */
  public String identifier() {
    return Identifiers.truncated(kind == TokenKind.QUOTED_IDENTIFIER ? unquoted() : folded(text));
  }

  private String unquoted() {
    int open = text.indexOf('"');
    int close = text.length() > open + 1 ? text.length() - 1 : text.length();
    return text.substring(open + 1, close).replace("\"\"", "\"");
  }

  /** Whether it is a string whose value this is, as far as it is written without escapes. */
  public boolean isString(String value) {
    return kind == TokenKind.STRING && stringValue().equals(value);
  }

  /** Returns the value of a string in plain quotes; escapes stay as they are written. */
  String stringValue() {
    int open = text.indexOf('\'');
    return open < 0 || text.length() <= open + 1
        ? text
        : text.substring(open + 1, text.length() - 1).replace("''", "'");
  }

  /** {@code downcase_identifier}: in UTF-8 no other letter changes. */
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
    return kind == TokenKind.WHITESPACE || kind == TokenKind.COMMENT;
  }
}
