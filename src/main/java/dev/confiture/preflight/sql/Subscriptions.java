package dev.confiture.preflight.sql;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which commands on subscriptions speak to the publisher, where no rollback reaches (manual, CREATE
 * SUBSCRIPTION and ALTER SUBSCRIPTION); follows the statements of a file.
 */
final class Subscriptions {

  private final Set<String> withoutSlot = new HashSet<>();

  /** Behind {@code CREATE SUBSCRIPTION}: whether it makes a slot there. */
  static boolean createsSlot(TokenReader words) {
    OptionList options = options(words);
    // Without a connection no slot is made; that without a slot's name is refused in any case.
    return options.isOn("create_slot", options.isOn("connect", true)) && !isSlotless(options);
  }

  /** Behind {@code SET}, {@code ADD} or {@code DROP PUBLICATION}: whether tables are asked for. */
  static boolean refreshes(TokenReader words) {
    return options(words).isOn("refresh", true);
  }

  /** Whether it is a DROP SUBSCRIPTION that finds no slot to drop, by what the file did before. */
  boolean dropsNoSlot(Statement statement) {
    TokenReader words = new TokenReader(statement.tokens());
    if (!words.takeAll("drop", "subscription")) {
      return false;
    }
    words.ifExists();
    return words.identifier().map(Token::identifier).filter(withoutSlot::contains).isPresent();
  }

  /** Notes which subscription has a slot from this statement on. */
  void follow(Statement statement) {
    TokenReader words = new TokenReader(statement.tokens());
    boolean creates = words.takeAll("create", "subscription");
    if (!creates && !words.takeAll("alter", "subscription")) {
      return;
    }
    Optional<String> name = words.identifier().map(Token::identifier);
    words.take("set");
    OptionList options = creates ? options(words) : OptionList.take(words);
    if (options.value("slot_name").isPresent()) {
      name.ifPresent(isSlotless(options) ? withoutSlot::add : withoutSlot::remove);
    }
  }

  private static boolean isSlotless(OptionList options) {
    return options.value("slot_name").filter("none"::equals).isPresent();
  }

  /** Those of {@code WITH (…)}. */
  private static OptionList options(TokenReader words) {
    if (words.seek("with")) {
      words.skip();
    }
    return OptionList.take(words);
  }
}
