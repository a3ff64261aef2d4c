package dev.confiture.preflight.sql;

import java.util.List;

/**
 * One SQL statement.
 *
 * @param start its first token
 * @param end after its semicolon, or after its last token where it has none
 * @param tokens without blanks, comments and the semicolon; never empty
 */
public record Statement(SourceText source, int start, int end, List<Token> tokens)
    implements Piece {

  public Statement {
    tokens = List.copyOf(tokens);
  }

  /** Its text, without the semicolon and without blanks or comments around it. */
  public String text() {
    return source.substring(start, tokens.getLast().end());
  }

  /** Whether it starts with these keywords. */
  public boolean startsWith(String... keywords) {
    for (int i = 0; i < keywords.length; i++) {
      if (!is(i, keywords[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the token of this index exists and is this keyword. */
  public boolean is(int index, String keyword) {
    return index >= 0 && index < tokens.size() && tokens.get(index).is(keyword);
  }

  /** Whether it says {@code IF EXISTS}, {@code IF NOT EXISTS} or {@code OR REPLACE}. */
  public boolean isConditional() {
    for (int i = 1; i + 1 < tokens.size(); i++) {
      boolean exists =
          is(i, "if") && (is(i + 1, "exists") || (is(i + 1, "not") && is(i + 2, "exists")));
      if (exists || (is(i, "or") && is(i + 1, "replace"))) {
        return true;
      }
    }
    return false;
  }

  /** Whether data lines follow it. */
  public boolean isCopyFromStdin() {
    return CopyStatement.readsStdin(tokens);
  }

  /** Whether it sends rows to the client in COPY's own protocol. */
  public boolean isCopyToStdout() {
    return CopyStatement.writesStdout(tokens);
  }
}
