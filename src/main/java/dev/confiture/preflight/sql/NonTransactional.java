package dev.confiture.preflight.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statements that PostgreSQL refuses inside a transaction block, as far as their words tell:
 * those of its {@code PreventInTransactionBlock}.
 *
 * <p>Words do not tell whether a table that is reindexed or clustered is partitioned, or what a
 * procedure does: there the server's answer decides. ALTER TYPE … ADD VALUE (from 12 on) and
 * CLUSTER of a table run in a block, a subscription's refresh before 14 does.
 */
public final class NonTransactional {

  private NonTransactional() {}

  /** Returns the names of the statements of a file that refuse a block, in their order. */
  public static List<String> in(List<Statement> statements) {
    List<String> found = new ArrayList<>();
    SubscriptionSlots slots = new SubscriptionSlots();
    for (Statement statement : statements) {
      of(statement).filter(_ -> !slots.dropsNoSlot(statement)).ifPresent(found::add);
      slots.follow(statement);
    }
    return found;
  }

  /**
   * Returns confiture's name for a statement that refuses a block: {@code CREATE INDEX
   * CONCURRENTLY: name}, else the bare command.
   */
  public static Optional<String> of(Statement statement) {
    TokenReader words = new TokenReader(statement.tokens());
    if (words.take("create")) {
      return created(words);
    }
    if (words.take("drop")) {
      return dropped(words);
    }
    if (words.take("alter")) {
      return altered(statement, words);
    }
    if (words.take("reindex")) {
      return reindexed(words);
    }
    if (words.take("cluster")) {
      return clustersEverything(words) ? Optional.of("CLUSTER") : Optional.empty();
    }
    return oneOf(words, "VACUUM", "DISCARD ALL", "COMMIT PREPARED", "ROLLBACK PREPARED");
  }

  private static Optional<String> created(TokenReader words) {
    if (words.take("subscription")) {
      return SubscriptionSlots.createsSlot(words)
          ? Optional.of("CREATE SUBSCRIPTION")
          : Optional.empty();
    }
    words.take("unique");
    if (words.takeAll("index", "concurrently")) {
      words.ifNotExists();
      // ON is reserved, and no name.
      Optional<Token> name = words.is("on") ? Optional.empty() : words.identifier();
      return Optional.of("CREATE INDEX CONCURRENTLY" + name.map(n -> ": " + written(n)).orElse(""));
    }
    return oneOf(words, "DATABASE", "TABLESPACE").map("CREATE "::concat);
  }

  private static Optional<String> dropped(TokenReader words) {
    return oneOf(words, "INDEX CONCURRENTLY", "DATABASE", "TABLESPACE", "SUBSCRIPTION")
        .map("DROP "::concat);
  }

  private static Optional<String> altered(Statement statement, TokenReader words) {
    if (words.take("system")) {
      return Optional.of("ALTER SYSTEM");
    }
    if (words.take("database")) {
      words.identifier();
      return movesDatabase(words) ? Optional.of("ALTER DATABASE SET TABLESPACE") : Optional.empty();
    }
    if (words.take("subscription")) {
      words.identifier();
      return oneOf(words, "REFRESH PUBLICATION")
          .or(
              () ->
                  oneOf(words, "SET PUBLICATION", "ADD PUBLICATION", "DROP PUBLICATION")
                      .filter(_ -> SubscriptionSlots.refreshes(words)))
          .map("ALTER SUBSCRIPTION "::concat);
    }
    return AlterTableAction.of(statement).stream().anyMatch(NonTransactional::detaches)
        ? Optional.of("ALTER TABLE DETACH PARTITION CONCURRENTLY")
        : Optional.empty();
  }

  /** Returns true for {@code SET TABLESPACE name}, also as one of the options behind WITH. */
  private static boolean movesDatabase(TokenReader words) {
    boolean set = words.take("set");
    words.take("with");
    if (!words.take("tablespace")) {
      return false;
    }
    // Behind SET another word could only be a setting of that name.
    return !set || (words.identifier().isPresent() && words.atEnd());
  }

  private static boolean detaches(AlterTableAction action) {
    return action.tokens().getFirst().is("detach") && action.tokens().getLast().is("concurrently");
  }

  private static Optional<String> reindexed(TokenReader words) {
    boolean concurrently = CommandOptions.take(words).isOn("concurrently", false);
    Optional<String> several = oneOf(words, "SCHEMA", "DATABASE", "SYSTEM");
    if (several.isEmpty()) {
      words.skip();
    }
    return concurrently || words.is("concurrently")
        ? Optional.of("REINDEX CONCURRENTLY")
        : several.map("REINDEX "::concat);
  }

  private static boolean clustersEverything(TokenReader words) {
    CommandOptions.take(words);
    words.take("verbose");
    return words.atEnd();
  }

  /** Takes the one of these phrases that stands here. */
  private static Optional<String> oneOf(TokenReader words, String... phrases) {
    for (String phrase : phrases) {
      if (words.takeAll(List.of(phrase.split(" ", -1)))) {
        return Optional.of(phrase);
      }
    }
    return Optional.empty();
  }

  /** Returns a name as it is written, without its quotes. */
  private static String written(Token name) {
    return name.kind() == Token.Kind.QUOTED_IDENTIFIER ? name.identifier() : name.text();
  }

  /**
   * Follows which <a
   * href="https://www.postgresql.org/docs/current/logical-replication-subscription.html">subscriptions</a>
   * of a file have a slot on the publisher, where no rollback reaches.
   */
  private static final class SubscriptionSlots {

    private final Set<String> withoutSlot = new HashSet<>();

    /** Returns true if a CREATE SUBSCRIPTION, read up to its name, makes a slot. */
    static boolean createsSlot(TokenReader words) {
      CommandOptions options = options(words);
      // Without a connection no slot is made; that without a slot's name is refused in any case.
      return options.isOn("create_slot", options.isOn("connect", true)) && !isSlotless(options);
    }

    /** Returns true if a SET, ADD or DROP PUBLICATION, read up to there, asks for tables. */
    static boolean refreshes(TokenReader words) {
      return options(words).isOn("refresh", true);
    }

    /**
     * Returns true for a DROP SUBSCRIPTION that has no slot to drop, by what the file did before.
     */
    boolean dropsNoSlot(Statement statement) {
      TokenReader words = new TokenReader(statement.tokens());
      if (!words.takeAll("drop", "subscription")) {
        return false;
      }
      words.ifExists();
      return words.identifier().map(Token::identifier).filter(withoutSlot::contains).isPresent();
    }

    /** Takes account of a statement that sets or removes the slot of a subscription. */
    void follow(Statement statement) {
      TokenReader words = new TokenReader(statement.tokens());
      boolean creates = words.takeAll("create", "subscription");
      if (!creates && !words.takeAll("alter", "subscription")) {
        return;
      }
      Optional<String> name = words.identifier().map(Token::identifier);
      words.take("set");
      CommandOptions options = creates ? options(words) : CommandOptions.take(words);
      if (options.value("slot_name").isPresent()) {
        name.ifPresent(isSlotless(options) ? withoutSlot::add : withoutSlot::remove);
      }
    }

    private static boolean isSlotless(CommandOptions options) {
      return options.value("slot_name").filter("none"::equals).isPresent();
    }

    /** Reads the options of {@code WITH (…)}. */
    private static CommandOptions options(TokenReader words) {
      if (words.seek("with")) {
        words.skip();
      }
      return CommandOptions.take(words);
    }
  }

  /**
   * The options of a command in parentheses: {@code (VERBOSE, CONCURRENTLY off)}, {@code
   * (create_slot = false)}.
   */
  private static final class CommandOptions {

    /** The values that {@code defGetBoolean} reads as false. */
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
      String text = value.kind() == Token.Kind.STRING ? value.stringValue() : value.text();
      return text.toLowerCase(Locale.ROOT);
    }
  }
}
