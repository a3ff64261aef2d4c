package dev.confiture.preflight.sql;

import java.util.ArrayList;
import java.util.List;

/** The tokens of a part of a text, without blanks and comments. */
final class Tokens {

  private Tokens() {}

  static List<Token> of(SourceText source, int start, int end) {
    List<Token> tokens = new ArrayList<>();
    Lexer lexer = new Lexer(source, start, end);
    while (lexer.hasNext()) {
      Token token = lexer.next(false);
      if (!token.isTrivia()) {
        tokens.add(token);
      }
    }
    return tokens;
  }
}
