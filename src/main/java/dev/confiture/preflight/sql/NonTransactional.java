package dev.confiture.preflight.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statements that PostgreSQL refuses inside a transaction block, as far as their words tell:
 * those of its {@code PreventInTransactionBlock}.
 *
 * <p>TokenReader do not tell whether a table that is reindexed or clustered is partitioned, or what
 * a procedure does: there the server's answer decides. ALTER TYPE … ADD VALUE (from 12 on) and
 * CLUSTER of a table run in a block, a subscription's refresh before 14 does.
 */
public final class NonTransactional {

  private NonTransactional() {}

  /** Descriptions of those among a file's statements, in the order of the text. */
  public static List<String> in(List<Statement> statements) {
    List<String> found = new ArrayList<>();
    Subscriptions subscriptions = new Subscriptions();
    for (Statement statement : statements) {
      of(statement).filter(_ -> !subscriptions.dropsNoSlot(statement)).ifPresent(found::add);
      subscriptions.follow(statement);
    }
    return found;
  }

  /**
   * What a statement is called if it refuses a block, as confiture calls it: {@code CREATE INDEX
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
      return Subscriptions.createsSlot(words)
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
                      .filter(_ -> Subscriptions.refreshes(words)))
          .map("ALTER SUBSCRIPTION "::concat);
    }
    return AlterTableActions.of(statement).stream().anyMatch(NonTransactional::detaches)
        ? Optional.of("ALTER TABLE DETACH PARTITION CONCURRENTLY")
        : Optional.empty();
  }

  /** {@code SET TABLESPACE name}, or as one of the options behind WITH. */
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
    boolean concurrently = OptionList.take(words).isOn("concurrently", false);
    Optional<String> several = oneOf(words, "SCHEMA", "DATABASE", "SYSTEM");
    if (several.isEmpty()) {
      words.skip();
    }
    return concurrently || words.is("concurrently")
        ? Optional.of("REINDEX CONCURRENTLY")
        : several.map("REINDEX "::concat);
  }

  private static boolean clustersEverything(TokenReader words) {
    OptionList.take(words);
    words.take("verbose");
    return words.atEnd();
  }

  /** The phrase of these that stands here; goes behind it. */
  private static Optional<String> oneOf(TokenReader words, String... phrases) {
    for (String phrase : phrases) {
      if (words.takeAll(List.of(phrase.split(" ", -1)))) {
        return Optional.of(phrase);
      }
    }
    return Optional.empty();
  }

  /** A name as it stands in the text, without its quotes. */
  private static String written(Token name) {
    return name.kind() == TokenKind.QUOTED_IDENTIFIER ? name.identifier() : name.text();
  }
}
