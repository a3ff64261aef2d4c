package dev.confiture.preflight.sql;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Options between parentheses: {@code (VERBOSE, CONCURRENTLY off)}, {@code (create_slot = false)}.
 */
final class OptionList {

  /** What {@code defGetBoolean} takes for false. */
  private static final Set<String> OFF = Set.of("false", "off", "0");

  private final Map<String, String> values = new HashMap<>();

  private OptionList() {}

  /** The list that is open here, and goes behind it; without one, no option. */
  static OptionList take(TokenReader words) {
    OptionList options = new OptionList();
    if (words.takeMark("(")) {
      while (!words.atEnd() && !words.isMark(")")) {
        options.option(words);
        words.takeMark(",");
      }
      words.skip();
    }
    return options;
  }

  private void option(TokenReader words) {
    Optional<Token> name = words.identifier();
    String value = "";
    while (!words.atEnd() && !words.isMark(",") && !words.isMark(")")) {
      value = words.peek().map(OptionList::text).orElse("");
      words.skipElement();
    }
    String last = value;
    name.ifPresent(token -> values.put(token.identifier(), last));
  }

  /** The value of an option in lower case; empty for one that is named only. */
  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Whether an option is on, as one that is named only is. */
  boolean isOn(String name, boolean otherwise) {
    return value(name).map(value -> !OFF.contains(value)).orElse(otherwise);
  }

  private static String text(Token value) {
    String text = value.kind() == TokenKind.STRING ? value.stringValue() : value.text();
    return text.toLowerCase(Locale.ROOT);
  }
}
