package dev.confiture.preflight.sql;

import java.util.List;

/**
 * Whether a statement is inside the {@code BEGIN ATOMIC … END} body of a function (manual, CREATE
 * FUNCTION, "sql_body"): its semicolons end no statement. {@code CASE … END} nests in it.
 */
final class AtomicBody {

  private int depth;

  boolean isOpen() {
    return depth > 0;
  }

  /** Looks at the newest token of a statement. */
  void follow(List<Token> tokens) {
    Token token = tokens.getLast();
    if (depth == 0) {
      boolean opens =
          token.is("atomic")
              && tokens.size() > 4
              && tokens.get(tokens.size() - 2).is("begin")
              && !isName(tokens, tokens.size() - 2)
              && makesRoutine(tokens);
      depth = opens ? 1 : 0;
    } else if (token.is("case") || token.is("begin")) {
      depth++;
    } else if (token.is("end")) {
      depth--;
    }
  }

  /**
   * {@code function begin(atomic int)} has a parenthesis between; {@code f(begin atomic)} one open.
   */
  private static boolean isName(List<Token> tokens, int begin) {
    int parentheses = 0;
    for (int i = 0; i < begin; i++) {
      parentheses += tokens.get(i).isMark("(") ? 1 : tokens.get(i).isMark(")") ? -1 : 0;
    }
    return parentheses > 0;
  }

  private static boolean makesRoutine(List<Token> tokens) {
    if (!tokens.getFirst().is("create")) {
      return false;
    }
    int at = tokens.get(1).is("or") && tokens.get(2).is("replace") ? 3 : 1;
    return tokens.get(at).is("function") || tokens.get(at).is("procedure");
  }
}
