package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.AlterTableAction;
import dev.confiture.preflight.sql.AlterTableActions;
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

  static Optional<Token> find(Statement statement, ServerError error) {
    List<AlterTableAction> actions = suspects(statement, error);
    for (AlterTableAction action : actions) {
      Optional<Token> found = named(action.tokens(), error);
      if (found.isPresent()) {
        return found;
      }
    }
    // Known by the routine, though none of its tokens is named.
    if (actions.size() == 1 && AlterTableActions.of(statement).size() > 1) {
      return Optional.of(actions.getFirst().tokens().getFirst());
    }
    Optional<Token> inColumns = named(indexColumns(statement), error);
    if (inColumns.isPresent() && error.is(SqlState.UNDEFINED_COLUMN)) {
      return inColumns;
    }
    return named(statement.tokens(), error)
        .or(() -> label(statement, error))
        .or(() -> inDetail(statement, error));
  }

  /** A label of an enum stands in the statement as a string. */
  private static Optional<Token> label(Statement statement, ServerError error) {
    List<String> names = MessageNames.quoted(error.message());
    return statement.tokens().stream()
        .filter(token -> names.stream().anyMatch(token::isString))
        .findFirst();
  }

  /** {@code cannot alter type of a column used by a view or rule}: the detail names it. */
  private static Optional<Token> inDetail(Statement statement, ServerError error) {
    List<String> names = error.detail().map(MessageNames::quoted).orElse(List.of());
    return statement.tokens().stream()
        .filter(token -> token.isIdentifier() && names.contains(token.identifier()))
        .findFirst();
  }

  /** The first token that is the first of the message's names that the tokens hold. */
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
        names.addAll(MessageNames.quoted(error.message()));
        if (names.isEmpty()) {
          // function f(integer) does not exist; cannot drop view v because …
          MessageNames.all(error).stream()
              .filter(word -> !MESSAGE_WORDS.contains(word))
              .forEach(names::add);
        }
      }
      default -> names.addAll(MessageNames.quoted(error.message()));
    }
    return names;
  }

  /** The actions that the server's routine can have been at; all where it tells nothing. */
  private static List<AlterTableAction> suspects(Statement statement, ServerError error) {
    List<AlterTableAction> all = AlterTableActions.of(statement);
    List<List<String>> words = RoutineActions.words(error.routine().orElse(""));
    List<AlterTableAction> matching =
        all.stream()
            .filter(action -> words.stream().anyMatch(w -> holds(action.tokens(), w)))
            .toList();
    return words.isEmpty() || matching.isEmpty() ? all : matching;
  }

  /** Whether the tokens hold these words next to each other. */
  private static boolean holds(List<Token> tokens, List<String> words) {
    for (int i = 0; i + words.size() <= tokens.size(); i++) {
      boolean all = true;
      for (int j = 0; j < words.size() && all; j++) {
        all = tokens.get(i + j).is(words.get(j));
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  /** The tokens of {@code CREATE INDEX … ON t (here …)}: the index's own name is not a column. */
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
