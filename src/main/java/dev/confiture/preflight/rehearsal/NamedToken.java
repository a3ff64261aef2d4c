package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The token that an error without position is about: found by the names of its message, as whole
 * tokens, in the part of the statement that the server's routine worked on.
 */
final class NamedToken {

  /** Words of messages that name objects without quotes; a name that is one of them is rare. */
  private static final Set<String> MESSAGE_WORDS =
      Set.of(
          "cannot",
          "drop",
          "alter",
          "column",
          "of",
          "table",
          "view",
          "materialized",
          "because",
          "other",
          "objects",
          "depend",
          "on",
          "it",
          "function",
          "procedure",
          "type",
          "schema",
          "constraint",
          "index",
          "sequence",
          "trigger",
          "policy",
          "role",
          "does",
          "not",
          "exist",
          "already",
          "exists",
          "must",
          "be",
          "owner",
          "permission",
          "denied",
          "for",
          "relation",
          "domain",
          "extension",
          "the",
          "a",
          "to",
          "is",
          "add",
          "in",
          "as",
          "by");

  private NamedToken() {}

  /**
   * Finds the token in a statement; in CREATE INDEX a column is none of the words before the
   * columns.
   */
  static Optional<Token> find(Statement statement, ServerError error) {
    Optional<Token> inColumns =
        error.is(SqlState.UNDEFINED_COLUMN)
            ? named(indexColumns(statement), error)
            : Optional.empty();
    return inColumns.isPresent() ? inColumns : find(statement.tokens(), error);
  }

  /** Finds the token in a part of a statement. */
  static Optional<Token> find(List<Token> tokens, ServerError error) {
    return named(tokens, error).or(() -> label(tokens, error)).or(() -> inDetail(tokens, error));
  }

  /** Finds the label of an enum, which stands in the statement as a string. */
  private static Optional<Token> label(List<Token> tokens, ServerError error) {
    List<String> names = MessageNames.quotedAndParts(error.message());
    return tokens.stream().filter(token -> names.stream().anyMatch(token::isString)).findFirst();
  }

  /**
   * Finds the name that the detail tells, as of {@code cannot alter type of a column used by a view
   * or rule}.
   */
  private static Optional<Token> inDetail(List<Token> tokens, ServerError error) {
    List<String> names = error.detail().map(MessageNames::quotedAndParts).orElse(List.of());
    return tokens.stream()
        .filter(token -> token.isIdentifier() && names.contains(token.identifier()))
        .findFirst();
  }

  /** Finds the first of the message's names that is among the tokens. */
  private static Optional<Token> named(List<Token> tokens, ServerError error) {
    for (String name : candidates(error)) {
      for (Token token : tokens) {
        if (token.isIdentifier() && token.identifier().equals(name)) {
          return Optional.of(token);
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> candidates(ServerError error) {
    String kind = error.sqlState().substring(0, Math.min(2, error.sqlState().length()));
    List<String> names = new ArrayList<>();
    switch (kind) {
      // Integrity: the constraint if the text names it, else the column.
      case "23" -> {
        error.constraint().ifPresent(names::add);
        error.column().ifPresent(names::add);
      }
      case "42", "2B", "3F", "0A", "55", "0L", "22" -> {
        names.addAll(MessageNames.quotedAndParts(error.message()));
        if (names.isEmpty()) {
          // function f(integer) does not exist; cannot drop view v because …
          MessageNames.words(error.message()).stream()
              .filter(word -> !MESSAGE_WORDS.contains(word))
              .forEach(names::add);
        }
      }
      default -> names.addAll(MessageNames.quotedAndParts(error.message()));
    }
    return names;
  }

  /**
   * Returns the tokens of {@code CREATE INDEX … ON t (here …)}: the index's own name is not a
   * column.
   */
  private static List<Token> indexColumns(Statement statement) {
    List<Token> tokens = statement.tokens();
    boolean index = false;
    for (int i = 0; i < tokens.size(); i++) {
      index |= i < 4 && tokens.get(i).is("index");
      if (index && tokens.get(i).is("on")) {
        int open = i + 1;
        while (open < tokens.size() && !tokens.get(open).text().equals("(")) {
          open++;
        }
        return tokens.subList(Math.min(open, tokens.size()), tokens.size());
      }
    }
    return List.of();
  }
}
