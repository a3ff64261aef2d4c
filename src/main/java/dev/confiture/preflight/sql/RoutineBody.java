package dev.confiture.preflight.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * The quoted body of a DO block, a function or a procedure.
 *
 * @param openingOffset the offset of its opening quote: PL/pgSQL counts lines from the one that
 *     holds it
 * @param contentStart the offset of the body's first code point
 * @param contentEnd the offset after its last
 * @param text the body as written
 */
public record RoutineBody(int openingOffset, int contentStart, int contentEnd, String text) {

  private static final List<String> BRANCHING =
      List.of("if", "case", "loop", "exit", "return", "exception");

  /** Returns the bodies of a DO, CREATE FUNCTION or CREATE PROCEDURE in order, else none. */
  public static List<RoutineBody> of(Statement statement) {
    boolean block = statement.is(0, "do");
    if (!block && !statement.is(0, "create")) {
      return List.of();
    }
    List<RoutineBody> bodies = new ArrayList<>();
    List<Token> tokens = statement.tokens();
    for (int i = 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean string =
          token.kind() == Token.Kind.DOLLAR_STRING || token.kind() == Token.Kind.STRING;
      if (string && (block ? !tokens.get(i - 1).is("language") : tokens.get(i - 1).is("as"))) {
        bodies.add(in(token));
      }
    }
    return bodies;
  }

  /** Returns true if the body of a DO block may leave out a part of itself, or repeat one. */
  public static boolean branches(Statement block) {
    return of(block).stream()
        .flatMap(
            body -> Lexer.tokens(block.source(), body.contentStart(), body.contentEnd()).stream())
        .anyMatch(token -> BRANCHING.stream().anyMatch(token::is));
  }

  private static RoutineBody in(Token string) {
    String text = string.text();
    boolean dollar = string.kind() == Token.Kind.DOLLAR_STRING;
    int open = dollar ? text.indexOf('$', 1) + 1 : text.indexOf('\'') + 1;
    int close = dollar ? text.length() - open : text.length() - 1;
    int prefix = text.codePointCount(0, open);
    int suffix = text.codePointCount(close, text.length());
    return new RoutineBody(
        string.start(),
        string.start() + prefix,
        string.end() - suffix,
        text.substring(open, close));
  }
}
