package dev.confiture.preflight.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names between parentheses, as they go into a generated name. */
final class ColumnList {

  private ColumnList() {}

  /**
   * One of each element: the column, or the function of an expression, else {@code expr} (manual,
   * CREATE INDEX).
   */
  static List<String> of(TokenReader words) {
    List<String> columns = new ArrayList<>();
    if (!words.takeMark("(")) {
      return columns;
    }
    while (!words.atEnd() && !words.isMark(")")) {
      columns.add(words.identifier().map(Token::identifier).orElse("expr"));
      while (!words.atEnd() && !words.isMark(",") && !words.isMark(")")) {
        words.skipElement();
      }
      words.takeMark(",");
    }
    words.skip();
    return columns;
  }

  /** Every word, whatever it is. */
  static Set<String> anywhereIn(TokenReader words) {
    Set<String> names = new LinkedHashSet<>();
    int end = words.afterParentheses();
    while (words.index() < end) {
      words.identifier().map(Token::identifier).ifPresentOrElse(names::add, words::skip);
    }
    return names;
  }
}
