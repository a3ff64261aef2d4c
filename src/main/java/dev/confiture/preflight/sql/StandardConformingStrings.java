package dev.confiture.preflight.sql;

import java.util.Locale;
import java.util.Set;

/**
 * Follows the setting <a
 * href="https://www.postgresql.org/docs/current/runtime-config-compatible.html#GUC-STANDARD-CONFORMING-STRINGS">standard_conforming_strings</a>
 * through a script: it decides whether a backslash escapes in {@code '…'}.
 */
final class StandardConformingStrings {

  private static final String SETTING = "standard_conforming_strings";

  /**
   * The words for false, of which any unambiguous <a
   * href="https://www.postgresql.org/docs/current/config-setting.html">prefix</a> will do.
   */
  private static final Set<String> FALSE =
      Set.of("off", "of", "false", "fals", "fal", "fa", "f", "no", "n", "0");

  private static final Set<String> TRUE =
      Set.of("on", "true", "tru", "tr", "t", "yes", "ye", "y", "1");

  private boolean escape;

  StandardConformingStrings(boolean escape) {
    this.escape = escape;
  }

  boolean escape() {
    return escape;
  }

  void after(Statement statement) {
    TokenReader words = new TokenReader(statement.tokens());
    if (words.take("set")) {
      words.take("session");
      words.take("local");
      if (takeSetting(words) && (words.take("to") || words.takeMark("="))) {
        set(words);
      }
    } else if (words.take("reset")) {
      escape = escape && !(words.is("all") || takeSetting(words));
    } else if (words.takeAll("discard", "all")) {
      escape = false;
    } else if (words.take("select")) {
      setConfig(words);
    }
  }

  /** Follows {@code set_config('standard_conforming_strings', …)}, as pg_dump calls it. */
  private void setConfig(TokenReader words) {
    while (!words.atEnd()) {
      boolean call = words.take("set_config");
      if (call && words.takeMark("(") && takeSetting(words) && words.takeMark(",")) {
        set(words);
      }
      words.skip();
    }
  }

  private static boolean takeSetting(TokenReader words) {
    boolean is = words.peek().filter(t -> value(t).equals(SETTING)).isPresent();
    if (is) {
      words.skip();
    }
    return is;
  }

  private void set(TokenReader words) {
    String value = words.peek().map(StandardConformingStrings::value).orElse("");
    if (FALSE.contains(value)) {
      escape = true;
    } else if (TRUE.contains(value) || value.equals("default")) {
      escape = false;
    }
  }

  private static String value(Token token) {
    String text = token.kind() == Token.Kind.STRING ? token.stringValue() : token.identifier();
    return text.toLowerCase(Locale.ROOT);
  }
}
