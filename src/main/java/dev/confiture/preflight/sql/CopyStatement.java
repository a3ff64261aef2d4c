package dev.confiture.preflight.sql;

import java.util.List;

/** COPY, and where its rows come from or go to. */
final class CopyStatement {

  private CopyStatement() {}

  /** {@code COPY t [(columns)] FROM STDIN …}: the rows stand in the script. */
  static boolean readsStdin(List<Token> tokens) {
    return direction(tokens, "from");
  }

  /** {@code COPY … TO STDOUT …}: the rows come to the client. */
  static boolean writesStdout(List<Token> tokens) {
    return direction(tokens, "to");
  }

  private static boolean direction(List<Token> tokens, String way) {
    if (tokens.isEmpty() || !tokens.getFirst().is("copy")) {
      return false;
    }
    int depth = 0;
    for (int i = 1; i + 1 < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.isMark("(") ? 1 : token.isMark(")") ? -1 : 0;
      if (depth == 0 && (token.is("from") || token.is("to"))) {
        // The grammar takes either word in either direction (gram.y, copy_file_name).
        Token end = tokens.get(i + 1);
        return token.is(way) && (end.is("stdin") || end.is("stdout"));
      }
    }
    return false;
  }
}
