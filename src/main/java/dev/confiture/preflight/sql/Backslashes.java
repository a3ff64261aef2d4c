package dev.confiture.preflight.sql;

import java.util.List;

/**
 * Whether a backslash escapes in {@code '…'}: follows {@code SET standard_conforming_strings}
 * through a script (manual, 20.13.1).
 */
final class Backslashes {

  private static final String SETTING = "standard_conforming_strings";

  private boolean escape;

  boolean escape() {
    return escape;
  }

  void after(Statement statement) {
    List<Token> tokens = statement.tokens();
    if (statement.is(0, "reset")) {
      escape = escape && !(statement.is(1, SETTING) || statement.is(1, "all"));
      return;
    }
    if (!statement.is(0, "set") && !statement.is(0, "select")) {
      return;
    }
    boolean named = false;
    for (Token token : tokens) {
      String word = token.text().replace("'", "").replace("\"", "");
      if (word.equalsIgnoreCase(SETTING)) {
        named = true;
      } else if (named && isOff(word)) {
        escape = true;
      } else if (named && (isOn(word) || token.is("default"))) {
        escape = false;
      }
    }
  }

  private static boolean isOff(String word) {
    return word.equalsIgnoreCase("off") || word.equalsIgnoreCase("false") || word.equals("0");
  }

  private static boolean isOn(String word) {
    return word.equalsIgnoreCase("on") || word.equalsIgnoreCase("true") || word.equals("1");
  }
}
