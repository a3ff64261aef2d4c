package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.sql.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a text as tern does where it opens no transaction: at each semicolon outside of quotes and
 * comments, those of a body in {@code BEGIN ATOMIC} too.
 */
final class TernSplitter {

  private final SourceText text;
  private final List<Integer> starts = new ArrayList<>();
  private int at;

  private TernSplitter(SourceText text) {
    this.text = text;
  }

  /** Returns where the statements start; what is blank is none. */
  static List<Integer> starts(SourceText text) {
    TernSplitter splitter = new TernSplitter(text);
    splitter.split();
    return splitter.starts;
  }

  private void split() {
    int start = 0;
    while (at < text.length()) {
      int c = next();
      switch (c) {
        case 'e', 'E' -> {
          if (is(0, '\'')) {
            at++;
            quoted('\'', true);
          }
        }
        case '\'', '"' -> quoted(c, false);
        case '$' -> dollarQuoted();
        case '-' -> {
          if (is(0, '-')) {
            while (at < text.length() && !is(0, '\n') && !is(0, '\r')) {
              at++;
            }
          }
        }
        case '/' -> {
          if (is(0, '*')) {
            at++;
            comment();
          }
        }
        case ';' -> {
          add(start);
          start = at;
        }
        default -> {}
      }
    }
    add(start);
  }

  private void add(int start) {
    if (!text.substring(start, at).isBlank()) {
      starts.add(start);
    }
  }

  private int next() {
    return text.codePointAt(at++);
  }

  private boolean is(int ahead, int c) {
    return at + ahead < text.length() && text.codePointAt(at + ahead) == c;
  }

  private void quoted(int quote, boolean escapes) {
    while (at < text.length()) {
      int c = next();
      if (escapes && c == '\\' && at < text.length()) {
        at++;
      } else if (c == quote) {
        if (!is(0, quote)) {
          return;
        }
        at++;
      }
    }
  }

  private void dollarQuoted() {
    Optional<String> tag = tag();
    if (tag.isEmpty()) {
      return;
    }
    at += tag.get().length() + 1;
    while (at < text.length()) {
      if (next() == '$' && tag().equals(tag)) {
        at += tag.get().length() + 1;
        return;
      }
    }
  }

  /** Returns the tag that begins here and ends in a dollar sign, if one does. */
  private Optional<String> tag() {
    int end = at;
    while (end < text.length()
        && (Character.isLetter(text.codePointAt(end))
            || text.codePointAt(end) == '_'
            || (end > at && text.codePointAt(end) >= '0' && text.codePointAt(end) <= '9'))) {
      end++;
    }
    return end < text.length() && text.codePointAt(end) == '$'
        ? Optional.of(text.substring(at, end))
        : Optional.empty();
  }

  private void comment() {
    int open = 1;
    while (at < text.length() && open > 0) {
      int c = next();
      if (c == '/' && is(0, '*')) {
        at++;
        open++;
      } else if (c == '*' && is(0, '/')) {
        at++;
        open--;
      }
    }
  }
}
