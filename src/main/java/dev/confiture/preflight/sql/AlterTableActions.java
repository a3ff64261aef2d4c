package dev.confiture.preflight.sql;

import java.util.ArrayList;
import java.util.List;

/** The actions of an ALTER TABLE, which commas divide (manual, ALTER TABLE). */
public final class AlterTableActions {

  private AlterTableActions() {}

  /** The actions in order; none for another statement. */
  public static List<AlterTableAction> of(Statement statement) {
    Words words = new Words(statement.tokens());
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
    words.takeMark("*");
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
      depth += token.isMark("(") || token.isMark("[") ? 1 : 0;
      depth -= token.isMark(")") || token.isMark("]") ? 1 : 0;
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
