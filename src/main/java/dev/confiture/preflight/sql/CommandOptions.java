package dev.confiture.preflight.sql;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a command in parentheses: {@code (VERBOSE, CONCURRENTLY off)}, {@code (create_slot
 * = false)}.
 */
final class CommandOptions {

  /** The values that {@code defGetBoolean} takes for false. */
  private static final Set<String> OFF = Set.of("false", "off", "0");

  private final Map<String, String> values = new HashMap<>();

  private CommandOptions() {}

  /** Takes the parentheses that open here, with their options; none where none open. */
  static CommandOptions take(TokenReader words) {
    CommandOptions options = new CommandOptions();
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
      value = words.peek().map(CommandOptions::text).orElse("");
      words.skipElement();
    }
    String last = value;
    name.ifPresent(token -> values.put(token.identifier(), last));
  }

  /** Returns the value of an option in lower case; an empty text where it has none. */
  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Returns true if an option is on, as one without a value is. */
  boolean isOn(String name, boolean otherwise) {
    return value(name).map(value -> !OFF.contains(value)).orElse(otherwise);
  }

  private static String text(Token value) {
    String text = value.kind() == TokenKind.STRING ? value.stringValue() : value.text();
    return text.toLowerCase(Locale.ROOT);
  }
}
