package dev.confiture.preflight.seed;

import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;

/** Functions whose code is not SQL's but the server's own process. */
final class NativeCode {

  private NativeCode() {}

  /** Whether the statement makes a function or procedure in C, or of the server's inner ones. */
  static boolean isMadeBy(Statement s) {
    int at = s.is(1, "or") ? 3 : 1;
    return (s.is(at, "function") || s.is(at, "procedure")) && isInLanguageC(s);
  }

  /** Any {@code LANGUAGE} outside parentheses: a parameter may have that name too. */
  private static boolean isInLanguageC(Statement s) {
    int depth = 0;
    for (int i = 0; i + 1 < s.tokens().size(); i++) {
      Token token = s.tokens().get(i);
      depth += token.isMark("(") ? 1 : token.isMark(")") ? -1 : 0;
      if (depth == 0 && token.is("language") && isC(s.tokens().get(i + 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isC(Token language) {
    String text = language.text();
    return switch (language.kind()) {
      case WORD -> isNamed(text);
      case STRING, QUOTED_IDENTIFIER ->
          // With a prefix there may be escapes, which nobody writes to say "sql".
          (!text.startsWith("'") && !text.startsWith("\""))
              || isNamed(text.substring(1, text.length() - 1));
      default -> true;
    };
  }

  private static boolean isNamed(String language) {
    return language.equalsIgnoreCase("c") || language.equalsIgnoreCase("internal");
  }
}
