package dev.confiture.preflight.sql;

import java.util.ArrayList;
import java.util.List;

/** The quoted bodies in DO, CREATE FUNCTION and CREATE PROCEDURE. */
public final class Bodies {

  private Bodies() {}

  /** The bodies of a statement in order; none where it has none. */
  public static List<Body> of(Statement statement) {
    boolean block = statement.is(0, "do");
    if (!block && !statement.is(0, "create")) {
      return List.of();
    }
    List<Body> bodies = new ArrayList<>();
    List<Token> tokens = statement.tokens();
    for (int i = 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean string = token.kind() == TokenKind.DOLLAR_STRING || token.kind() == TokenKind.STRING;
      if (string && (block ? !tokens.get(i - 1).is("language") : tokens.get(i - 1).is("as"))) {
        bodies.add(body(token));
      }
    }
    return bodies;
  }

  private static Body body(Token token) {
    String text = token.text();
    int open =
        token.kind() == TokenKind.DOLLAR_STRING ? text.indexOf('$', 1) + 1 : text.indexOf('\'') + 1;
    int close = token.kind() == TokenKind.DOLLAR_STRING ? text.length() - open : text.length() - 1;
    int prefix = text.codePointCount(0, open);
    int suffix = text.codePointCount(close, text.length());
    return new Body(
        token.start(), token.start() + prefix, token.end() - suffix, text.substring(open, close));
  }
}
