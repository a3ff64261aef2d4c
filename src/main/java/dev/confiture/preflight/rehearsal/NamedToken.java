package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  private static final Set<String> BEFORE_A_COLUMN = Set.of("column", "alter", "drop", "rename");

  private NamedToken() {}

  /** Finds the token in a statement. */
  static Optional<Token> find(Statement statement, ServerError error) {
    if (error.is(SqlState.INVALID_COLUMN_REFERENCE) || error.is(SqlState.CARDINALITY_VIOLATION)) {
      Optional<Token> conflict = conflict(statement);
      if (conflict.isPresent()) {
        return conflict;
      }
    }
    if (!error.saysUndefined()) {
      return find(statement.tokens(), error);
    }
    List<Token> missing = notMade(statement);
    return (error.is(SqlState.UNDEFINED_COLUMN)
            ? named(columns(missing), error)
            : Optional.<Token>empty())
        .or(() -> named(missing, error))
        .or(() -> find(statement.tokens(), error));
  }

  /** Finds the token in a part of a statement. */
  static Optional<Token> find(List<Token> tokens, ServerError error) {
    return withQuote(tokens, error)
        .or(() -> named(tokens, error))
        .or(() -> label(tokens, error))
        .or(() -> inDetail(tokens, error))
        .or(() -> operator(tokens, error));
  }

  /**
   * Finds the first of the message's names, where it has a quote of its own: the server does not
   * double it, so that only the statement tells where the name ends.
   */
  private static Optional<Token> withQuote(List<Token> tokens, ServerError error) {
    return tokens.stream()
        .filter(token -> token.isIdentifier() && token.identifier().indexOf('"') >= 0)
        .filter(token -> quoted(token, error) >= 0)
        .min(Comparator.comparingInt(token -> quoted(token, error)))
        .filter(token -> quoted(token, error) == error.message().indexOf('"'));
  }

  private static int quoted(Token token, ServerError error) {
    return error.message().indexOf('"' + token.identifier() + '"');
  }

  /** Finds an operator that does not exist for its operands. */
  private static Optional<Token> operator(List<Token> tokens, ServerError error) {
    List<String> words = List.of(error.message().split("\\s+", -1));
    return tokens.stream()
        .filter(token -> error.is(SqlState.UNDEFINED_FUNCTION))
        .filter(token -> token.kind() == Token.Kind.OPERATOR && words.contains(token.text()))
        .findFirst();
  }

  /** Finds {@code ON CONFLICT}, or the columns that it names. */
  private static Optional<Token> conflict(Statement statement) {
    List<Token> tokens = statement.tokens();
    for (int i = 1; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).is("conflict") && tokens.get(i - 1).is("on")) {
        return Optional.of(tokens.get(i + 1).isMark("(") ? tokens.get(i + 1) : tokens.get(i - 1));
      }
    }
    return Optional.empty();
  }

  /** Returns the tokens but for the names of what the statement itself makes. */
  private static List<Token> notMade(Statement statement) {
    Set<Integer> made =
        Effects.of(statement).stream()
            .filter(effect -> effect.change() == Effect.Change.MAKES)
            .map(Effect::offset)
            .collect(Collectors.toSet());
    return statement.tokens().stream().filter(token -> !made.contains(token.start())).toList();
  }

  /** Returns those that name a column rather than its table. */
  private static List<Token> columns(List<Token> tokens) {
    List<Token> columns = new ArrayList<>();
    int depth = 0;
    for (int i = 1; i < tokens.size(); i++) {
      Token before = tokens.get(i - 1);
      depth += before.parenthesis();
      if (depth > 0 || BEFORE_A_COLUMN.stream().anyMatch(before::is)) {
        columns.add(tokens.get(i));
      }
    }
    return columns;
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

  /**
   * Finds the first of the message's names that is among the tokens: rather behind the word for its
   * kind that the message has, as in {@code constraint "city"}.
   */
  private static Optional<Token> named(List<Token> tokens, ServerError error) {
    for (String name : candidates(error)) {
      int quoted = error.message().indexOf('"' + name + '"');
      List<String> before = MessageNames.words(error.message().substring(0, Math.max(0, quoted)));
      for (int i = 1; !before.isEmpty() && i < tokens.size(); i++) {
        Token token = tokens.get(i);
        if (token.isIdentifier()
            && token.identifier().equals(name)
            && tokens.get(i - 1).is(before.getLast())) {
          return Optional.of(token);
        }
      }
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
}
