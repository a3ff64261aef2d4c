package dev.confiture.preflight.sql;

import java.util.List;

/** {@code COPY t [(columns)] FROM STDIN …}: the rows stand in the script. */
final class CopyStatement {

  private CopyStatement() {}

  static boolean readsStdin(List<Token> tokens) {
    if (tokens.isEmpty() || !tokens.getFirst().is("copy")) {
      return false;
    }
    int depth = 0;
    for (int i = 1; i + 1 < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.isMark("(") ? 1 : token.isMark(")") ? -1 : 0;
      if (depth == 0 && token.is("from")) {
        // The grammar takes either word in either direction (gram.y, copy_file_name).
        return tokens.get(i + 1).is("stdin") || tokens.get(i + 1).is("stdout");
      }
      if (depth == 0 && token.is("to")) {
        return false;
      }
    }
    return false;
  }
}
