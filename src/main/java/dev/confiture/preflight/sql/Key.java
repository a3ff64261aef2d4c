package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.GeneratedName;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A primary key, or a unique constraint or index: what a foreign key, or ON CONFLICT, needs of a
 * table.
 *
 * @param name that of its index too
 * @param columns those of the key, an expression by the name that a generated one has for it; none
 *     where the statement does not tell them
 * @param included those that its index holds besides
 * @param primary true for a primary key
 * @param span the part of the statement that makes it
 */
public record Key(
    QualifiedName table,
    String name,
    List<String> columns,
    List<String> included,
    boolean primary,
    Span span) {

  public Key {
    columns = List.copyOf(columns);
    included = List.copyOf(included);
  }

  /**
   * What needs a key.
   *
   * @param columns none where it is the primary key that is needed
   */
  public record Need(QualifiedName table, List<String> columns) {

    public Need {
      columns = List.copyOf(columns);
    }

    /** Returns true if the key is the one, as far as its columns are known; in any order. */
    public boolean isMetBy(Key key) {
      Set<String> needed = new HashSet<>(columns);
      return table.matches(key.table)
          && (columns.isEmpty()
              ? key.primary
              : key.columns.isEmpty() || needed.equals(new HashSet<>(key.columns)));
    }
  }

  /** Returns the keys that a statement makes, as far as its words tell. */
  public static List<Key> of(Statement statement) {
    List<Key> keys = new ArrayList<>();
    TokenReader words = new TokenReader(statement.tokens());
    if (words.takeAll("create", "unique", "index")) {
      index(words, statement, keys);
      return keys;
    }
    table(statement)
        .ifPresent(
            table -> {
              for (TableParts.Part part : TableParts.of(statement).all()) {
                if (part.isWhole()) {
                  element(table, part, keys);
                }
              }
            });
    return keys;
  }

  /** Returns the keys that foreign keys and ON CONFLICT of a statement need. */
  public static List<Need> needed(Statement statement) {
    List<Need> needs = new ArrayList<>();
    List<Token> tokens = statement.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      TokenReader words = new TokenReader(tokens, i);
      if (words.take("references")) {
        words.name().ifPresent(table -> needs.add(new Need(table, words.columns())));
      } else if (words.takeAll("on", "conflict") && words.isMark("(")) {
        List<String> columns = words.columns();
        inserted(tokens).ifPresent(table -> needs.add(new Need(table, columns)));
      }
    }
    return needs;
  }

  private static Optional<QualifiedName> inserted(List<Token> tokens) {
    TokenReader words = new TokenReader(tokens);
    return words.seek("insert") && words.takeAll("insert", "into")
        ? words.name()
        : Optional.empty();
  }

  /** Returns the table that CREATE TABLE or ALTER TABLE names. */
  private static Optional<QualifiedName> table(Statement statement) {
    TokenReader words = new TokenReader(statement.tokens());
    if (!words.take("create") && !words.take("alter")) {
      return Optional.empty();
    }
    while (words.is("global")
        || words.is("local")
        || words.is("temp")
        || words.is("temporary")
        || words.is("unlogged")) {
      words.skip();
    }
    if (!words.take("table")) {
      return Optional.empty();
    }
    words.ifExists();
    words.ifNotExists();
    words.take("only");
    return words.name();
  }

  private static void index(TokenReader words, Statement statement, List<Key> keys) {
    words.take("concurrently");
    words.ifNotExists();
    Optional<QualifiedName> name = words.is("on") ? Optional.empty() : words.name();
    if (!words.take("on")) {
      return;
    }
    words.take("only");
    Optional<QualifiedName> table = words.name();
    if (words.take("using")) {
      words.skip();
    }
    List<String> columns = words.columns();
    List<String> included = words.take("include") ? words.columns() : List.of();
    table.ifPresent(
        of ->
            keys.add(
                new Key(
                    of,
                    name.map(QualifiedName::name)
                        .orElseGet(() -> GeneratedName.of(of.name(), columns, "idx")),
                    columns,
                    included,
                    false,
                    new Span(statement.start(), statement.end()))));
  }

  private static void element(QualifiedName table, TableParts.Part part, List<Key> keys) {
    TokenReader words = new TokenReader(part.tokens());
    if (words.take("add")) {
      words.take("column");
      words.ifNotExists();
    }
    Optional<String> column =
        words.peek().filter(TableElements::beginsConstraint).isPresent()
            ? Optional.empty()
            : words.identifier().map(Token::identifier);
    Optional<String> name = Optional.empty();
    while (!words.atEnd()) {
      boolean primary = words.is("primary");
      if (words.take("constraint")) {
        name = words.identifier().map(Token::identifier);
      } else if (primary || words.is("unique")) {
        words.skip();
        words.take("key");
        words.take("nulls");
        words.take("not");
        words.take("distinct");
        List<String> columns = column.map(List::of).orElseGet(words::columns);
        List<String> included = words.take("include") ? words.columns() : List.of();
        keys.add(
            new Key(
                table,
                name.orElseGet(
                    () ->
                        primary
                            ? GeneratedName.of(table.name(), List.of(), "pkey")
                            : GeneratedName.of(table.name(), columns, "key")),
                columns,
                included,
                primary,
                part.span()));
        name = Optional.empty();
      } else {
        if (words.is("check") || words.is("references") || words.is("not")) {
          name = Optional.empty();
        }
        words.skipElement();
      }
    }
  }
}
