package dev.confiture.preflight.sql;

import java.util.List;

/** COPY, and where its rows come from or go to. */
final class CopyStatement {

  private CopyStatement() {}

  /** {@code COPY t [(columns)] FROM STDIN …}: the rows stand in the script. */
  static boolean readsStdin(List<Token> tokens) {
    return direction(tokens, "from", "stdin");
  }

  /** {@code COPY … TO STDOUT …}: the rows come to the client. */
  static boolean writesStdout(List<Token> tokens) {
    return direction(tokens, "to", "stdout");
  }

  private static boolean direction(List<Token> tokens, String way, String end) {
    if (tokens.isEmpty() || !tokens.getFirst().is("copy")) {
      return false;
    }
    int depth = 0;
    for (int i = 1; i + 1 < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.isMark("(") ? 1 : token.isMark(")") ? -1 : 0;
      if (depth == 0 && (token.is("from") || token.is("to"))) {
        return token.is(way) && tokens.get(i + 1).is(end);
      }
    }
    return false;
  }
}
