package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The string literals of a Python file (<a
 * href="https://docs.python.org/3/reference/lexical_analysis.html">lexical analysis</a>), as they
 * are written, but for those of {@code down}.
 */
final class PythonStrings {

  /**
   * A string.
   *
   * @param start its first code point, behind the quote
   * @param end the code point after its last
   */
  private record Literal(int start, int end) {}

  private final SourceText file;
  private final List<Literal> literals = new ArrayList<>();
  private int at;

  /** The indentation of the {@code down} that is being read; -1 outside of one. */
  private int back = -1;

  private PythonStrings(SourceText file) {
    this.file = file;
  }

  /** Returns the strings of a file. */
  static List<String> texts(SourceText file) {
    return literals(file).stream()
        .map(literal -> file.substring(literal.start(), literal.end()))
        .toList();
  }

  /** Returns the statements in them, which the file may execute. */
  static List<Statement> statements(SourceText file) {
    return literals(file).stream()
        .flatMap(literal -> Script.of(file, literal.start(), literal.end()).statements().stream())
        // The names in a formatted string are not known.
        .filter(statement -> !statement.text().contains("{"))
        .toList();
  }

  private static List<Literal> literals(SourceText file) {
    PythonStrings strings = new PythonStrings(file);
    strings.read();
    return strings.literals;
  }

  private void read() {
    boolean lineStarts = true;
    while (at < file.length()) {
      int c = file.codePointAt(at);
      if (lineStarts && !isLineEnd(c)) {
        line();
        lineStarts = false;
        c = file.codePointAt(at);
      }
      if (c == '#') {
        skipLine();
      } else if (c == '"' || c == '\'') {
        string(c);
      } else {
        lineStarts = lineStarts || c == '\n';
        at++;
      }
    }
  }

  /** Looks whether a line that is not blank, outside of strings, belongs to {@code down}. */
  private void line() {
    int start = at;
    while (at + 1 < file.length() && isBlank(file.codePointAt(at))) {
      at++;
    }
    String text = file.substring(at, Math.min(file.length(), at + 20));
    if (text.startsWith("#") || isLineEnd(file.codePointAt(at))) {
      return;
    }
    int indentation = at - start;
    if (text.startsWith("def down(") || text.startsWith("down_sql")) {
      back = indentation;
    } else if (indentation <= back) {
      back = -1;
    }
  }

  private void string(int quote) {
    boolean triple = isTripled(quote);
    int marks = triple ? 3 : 1;
    int start = at + marks;
    at = start;
    while (at < file.length() && !ends(quote, triple)) {
      at += file.codePointAt(at) == '\\' ? 2 : 1;
    }
    int end = Math.min(at, file.length());
    at = Math.min(end + marks, file.length());
    if (back < 0) {
      literals.add(new Literal(start, end));
    }
  }

  private boolean ends(int quote, boolean triple) {
    return triple
        ? isTripled(quote)
        : file.codePointAt(at) == quote || isLineEnd(file.codePointAt(at));
  }

  private boolean isTripled(int quote) {
    return at + 2 < file.length()
        && file.codePointAt(at) == quote
        && file.codePointAt(at + 1) == quote
        && file.codePointAt(at + 2) == quote;
  }

  private void skipLine() {
    while (at < file.length() && !isLineEnd(file.codePointAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }
}
