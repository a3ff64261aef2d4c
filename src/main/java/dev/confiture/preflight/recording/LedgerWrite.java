package dev.confiture.preflight.recording;

import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row that a statement writes into a ledger.
 *
 * @param values the constants that it gives to columns, by the columns' names
 */
record LedgerWrite(Map<String, String> values) {

  LedgerWrite {
    values = Map.copyOf(values);
  }

  /** Reads an INSERT or UPDATE of a table of this name; empty for any other statement. */
  static Optional<LedgerWrite> of(Statement statement, String ledger) {
    List<Token> tokens = statement.tokens();
    int at = statement.startsWith("insert", "into") ? 2 : statement.is(0, "update") ? 1 : -1;
    if (at < 0) {
      return Optional.empty();
    }
    while (at + 2 < tokens.size() && tokens.get(at + 1).isMark(".")) {
      at += 2;
    }
    if (at >= tokens.size()
        || !tokens.get(at).isIdentifier()
        || !tokens.get(at).identifier().equals(ledger)) {
      return Optional.empty();
    }
    return Optional.of(
        new LedgerWrite(
            statement.is(0, "update") ? assigned(tokens, at + 1) : inserted(tokens, at + 1)));
  }

  private static Map<String, String> assigned(List<Token> tokens, int from) {
    Map<String, String> values = new HashMap<>();
    for (int i = from; i + 2 < tokens.size() && !tokens.get(i).is("where"); i++) {
      if (tokens.get(i).isIdentifier() && tokens.get(i + 1).text().equals("=")) {
        values.put(tokens.get(i).identifier(), value(tokens.get(i + 2)));
      }
    }
    return values;
  }

  private static Map<String, String> inserted(List<Token> tokens, int from) {
    int close = from;
    while (close < tokens.size() && !tokens.get(close).isMark(")")) {
      close++;
    }
    List<String> columns = new ArrayList<>();
    for (Token token : tokens.subList(from, close)) {
      if (token.isIdentifier()) {
        columns.add(token.identifier());
      }
    }
    Map<String, String> values = new HashMap<>();
    int open = close;
    while (open < tokens.size() && !tokens.get(open).isMark("(")) {
      open++;
    }
    int column = 0;
    int depth = 0;
    for (Token token : tokens.subList(Math.min(open + 1, tokens.size()), tokens.size())) {
      depth += token.parenthesis();
      if (depth < 0) {
        break;
      }
      if (depth == 0 && token.isMark(",")) {
        column++;
      } else if (depth == 0 && column < columns.size()) {
        values.putIfAbsent(columns.get(column), value(token));
      }
    }
    return values;
  }

  private static String value(Token token) {
    return token.kind() == Token.Kind.STRING ? token.stringValue() : token.text();
  }
}
