package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An action of <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER
 * TABLE</a> and its like.
 *
 * @param number from 1
 * @param tokens its tokens, never empty
 */
public record AlterTableAction(int number, List<Token> tokens) {

  public AlterTableAction {
    tokens = List.copyOf(tokens);
  }

  /** Returns the offset of its first code point. */
  public int start() {
    return tokens.getFirst().start();
  }

  /** Returns the offset after its last. */
  public int end() {
    return tokens.getLast().end();
  }

  /** Returns the table of {@code INHERIT table}. */
  public Optional<QualifiedName> inherited() {
    TokenReader words = new TokenReader(tokens);
    return words.take("inherit") ? words.name() : Optional.empty();
  }

  /**
   * Returns the actions of a statement in their order, which commas divide; none for another one.
   */
  public static List<AlterTableAction> of(Statement statement) {
    TokenReader words = new TokenReader(statement.tokens());
    if (!words.take("alter")) {
      return List.of();
    }
    words.take("foreign");
    words.take("materialized");
    if (!words.take("table") && !words.take("view") && !words.take("type")) {
      return List.of();
    }
    words.takeAll("if", "exists");
    words.take("only");
    if (words.name().isEmpty()) {
      return List.of();
    }
    words.takeStar();
    List<AlterTableAction> actions = new ArrayList<>();
    for (List<Token> action :
        commaSeparated(statement.tokens().subList(words.index(), statement.tokens().size()))) {
      if (!action.isEmpty()) {
        actions.add(new AlterTableAction(actions.size() + 1, action));
      }
    }
    return actions;
  }

  /** Returns what the commas outside parentheses divide. */
  static List<List<Token>> commaSeparated(List<Token> tokens) {
    List<List<Token>> elements = new ArrayList<>();
    List<Token> element = new ArrayList<>();
    int depth = 0;
    for (Token token : tokens) {
      depth += token.bracket();
      if (depth == 0 && token.isMark(",")) {
        elements.add(element);
        element = new ArrayList<>();
      } else {
        element.add(token);
      }
    }
    elements.add(element);
    return elements;
  }
}
