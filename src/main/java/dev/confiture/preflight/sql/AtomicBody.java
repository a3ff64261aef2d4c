package dev.confiture.preflight.sql;

import java.util.List;

/**
 * Whether a statement is inside the {@code BEGIN ATOMIC … END} body of a function (manual, CREATE
 * FUNCTION, "sql_body"): its semicolons end no statement. {@code CASE … END} nests in it; what
 * stands in parentheses is balanced, or a column's name as in {@code (t.end)}.
 */
final class AtomicBody {

  private int depth;
  private int parentheses;

  boolean isOpen() {
    return depth > 0;
  }

  /** Looks at the newest token of a statement. */
  void follow(List<Token> tokens) {
    Token token = tokens.getLast();
    parentheses = Math.max(0, parentheses + (token.isMark("(") ? 1 : token.isMark(")") ? -1 : 0));
    if (parentheses > 0) {
      return;
    }
    if (depth == 0) {
      boolean opens =
          token.is("atomic")
              && tokens.size() > 4
              && tokens.get(tokens.size() - 2).is("begin")
              && makesRoutine(tokens);
      depth = opens ? 1 : 0;
    } else if (token.is("case") || token.is("begin")) {
      depth++;
    } else if (token.is("end")) {
      depth--;
    }
  }

  private static boolean makesRoutine(List<Token> tokens) {
    if (!tokens.getFirst().is("create")) {
      return false;
    }
    int at = tokens.get(1).is("or") && tokens.get(2).is("replace") ? 3 : 1;
    return tokens.get(at).is("function") || tokens.get(at).is("procedure");
  }
}
