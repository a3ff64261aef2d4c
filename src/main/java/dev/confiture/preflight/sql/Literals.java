package dev.confiture.preflight.sql;

/** The value of a plain string literal. */
final class Literals {

  private Literals() {}

  static String value(Token literal) {
    String text = literal.text();
    int open = text.indexOf('\'');
    return open < 0 || text.length() <= open + 1
        ? text
        : text.substring(open + 1, text.length() - 1).replace("''", "'");
  }
}
