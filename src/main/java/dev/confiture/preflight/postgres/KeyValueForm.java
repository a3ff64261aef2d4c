package dev.confiture.preflight.postgres;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code host=localhost dbname='my db'}, with libpq's quotes and backslashes (manual, 34.1.1.1).
 */
final class KeyValueForm {

  private final String text;
  private int at;

  private KeyValueForm(String text) {
    this.text = text;
  }

  static Map<String, String> parse(String text) {
    KeyValueForm form = new KeyValueForm(text);
    Map<String, String> parameters = new LinkedHashMap<>();
    form.skipBlanks();
    while (form.at < text.length()) {
      String keyword = form.keyword();
      parameters.put(keyword, form.value());
      form.skipBlanks();
    }
    return parameters;
  }

  private String keyword() {
    int equals = text.indexOf('=', at);
    String keyword = equals < 0 ? "" : text.substring(at, equals).strip();
    if (keyword.isEmpty() || keyword.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(
          "a connection string of the form key=value has a part without \"=\"");
    }
    at = equals + 1;
    skipBlanks();
    return keyword;
  }

  private String value() {
    boolean quoted = at < text.length() && text.charAt(at) == '\'';
    StringBuilder value = new StringBuilder();
    at += quoted ? 1 : 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (quoted ? c == '\'' : Character.isWhitespace(c)) {
        return value.toString();
      }
      if (c != '\\') {
        value.append(c);
      } else if (at < text.length()) {
        value.append(text.charAt(at++));
      }
    }
    if (quoted) {
      throw new IllegalArgumentException(
          "a quoted value of the connection string has no closing quote");
    }
    return value.toString();
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
