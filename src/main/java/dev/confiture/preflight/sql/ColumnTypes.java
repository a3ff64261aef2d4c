package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The columns that a statement gives another type: {@code ALTER TABLE … ALTER c TYPE …}. */
public final class ColumnTypes {

  private ColumnTypes() {}

  /** Each as an object that is made. */
  public static List<Effect> of(Statement statement) {
    List<Effect> changed = new ArrayList<>();
    TokenReader words = new TokenReader(statement.tokens());
    if (!words.takeAll("alter", "table")) {
      return changed;
    }
    words.ifExists();
    words.take("only");
    Optional<QualifiedName> table = words.name();
    if (table.isPresent()) {
      for (AlterTableAction action : AlterTableActions.of(statement)) {
        column(action)
            .ifPresent(
                column ->
                    changed.add(
                        new Effect(
                            Effect.Change.MAKES,
                            DatabaseObject.of(
                                ObjectKind.COLUMN_TYPE, column.identifier(), table.get()),
                            column.start())));
      }
    }
    return changed;
  }

  private static Optional<Token> column(AlterTableAction action) {
    TokenReader words = new TokenReader(action.tokens());
    if (!words.take("alter")) {
      return Optional.empty();
    }
    words.take("column");
    Optional<Token> column = words.identifier();
    return words.take("type") || words.takeAll("set", "data", "type") ? column : Optional.empty();
  }
}
