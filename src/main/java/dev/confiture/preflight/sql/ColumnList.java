package dev.confiture.preflight.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads names between parentheses, as they go into a generated name. */
final class ColumnList {

  private ColumnList() {}

  /**
   * Returns a name for each element, as <a
   * href="https://www.postgresql.org/docs/current/sql-createindex.html">CREATE INDEX</a> does: the
   * column, or the function of an expression, else {@code expr}.
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

  /** Returns every word between the parentheses. */
  static Set<String> anywhereIn(TokenReader words) {
    Set<String> names = new LinkedHashSet<>();
    int end = words.afterParentheses();
    while (words.index() < end) {
      words.identifier().map(Token::identifier).ifPresentOrElse(names::add, words::skip);
    }
    return names;
  }
}
