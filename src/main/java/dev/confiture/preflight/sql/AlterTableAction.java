package dev.confiture.preflight.sql;

import java.util.List;

/**
 * An action of ALTER TABLE and its like.
 *
 * @param number from 1
 * @param tokens its tokens, never empty
 */
public record AlterTableAction(int number, List<Token> tokens) {

  public AlterTableAction {
    tokens = List.copyOf(tokens);
  }

  /** Its first code point. */
  public int start() {
    return tokens.getFirst().start();
  }

  /** The code point after its last. */
  public int end() {
    return tokens.getLast().end();
  }
}
