package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns to which a statement gives another type ({@code ALTER TABLE … ALTER c TYPE …}), or a
 * value of their own ({@code DEFAULT}, {@code GENERATED}).
 */
public final class ColumnTypes {

  private ColumnTypes() {}

  /** Returns the columns as objects that the statement makes. */
  public static List<Effect> of(Statement statement) {
    List<Effect> changed = new ArrayList<>(values(statement));
    TokenReader words = new TokenReader(statement.tokens());
    if (!words.takeAll("alter", "table")) {
      return changed;
    }
    words.ifExists();
    words.take("only");
    Optional<QualifiedName> table = words.name();
    if (table.isPresent()) {
      for (AlterTableAction action : AlterTableAction.of(statement)) {
        changed(action, table.get()).ifPresent(changed::add);
      }
    }
    return changed;
  }

  /** Returns the names of the types that CREATE TABLE gives its columns. */
  public static Set<String> named(Statement statement) {
    Set<String> types = new LinkedHashSet<>();
    if (statement.is(0, "create")) {
      for (TableParts.Part part : TableParts.of(statement).all()) {
        if (part.isWhole() && !TableElements.beginsConstraint(part.tokens().getFirst())) {
          new TokenReader(part.tokens(), 1).name().map(QualifiedName::name).ifPresent(types::add);
        }
      }
    }
    return types;
  }

  private static Optional<Effect> changed(AlterTableAction action, QualifiedName table) {
    TokenReader words = new TokenReader(action.tokens());
    if (!words.take("alter")) {
      return Optional.empty();
    }
    words.take("column");
    Optional<Token> column = words.identifier();
    Optional<ObjectKind> kind =
        words.take("type") || words.takeAll("set", "data", "type")
            ? Optional.of(ObjectKind.COLUMN_TYPE)
            : words.takeAll("set", "default")
                    || words.takeAll("add", "generated")
                    || words.takeAll("drop", "not", "null")
                ? Optional.of(ObjectKind.COLUMN_VALUE)
                : Optional.empty();
    return kind.flatMap(
        changed ->
            column.map(
                token ->
                    new Effect(
                        Effect.Change.MAKES,
                        DatabaseObject.of(changed, token.identifier(), table),
                        token.start())));
  }

  /** Returns the new columns that get a value by DEFAULT or GENERATED. */
  private static List<Effect> values(Statement statement) {
    List<Effect> columns =
        Effects.of(statement).stream()
            .filter(effect -> effect.object().kind() == ObjectKind.COLUMN)
            .toList();
    List<TableParts.Part> parts = TableParts.of(statement).all();
    List<Effect> values = new ArrayList<>();
    for (TableParts.Part part : parts) {
      if (part.kind() == TableParts.Kind.COLUMN_CONSTRAINT
          && part.tokens().stream().anyMatch(t -> t.is("default") || t.is("generated"))) {
        parts.stream()
            .filter(whole -> whole.isWhole() && whole.element() == part.element())
            .flatMap(
                whole -> columns.stream().filter(column -> whole.span().contains(column.offset())))
            .findFirst()
            .map(column -> column.object())
            .flatMap(
                column ->
                    column
                        .parent()
                        .map(
                            table ->
                                DatabaseObject.of(
                                    ObjectKind.COLUMN_VALUE, column.name().name(), table)))
            .ifPresent(
                value -> values.add(new Effect(Effect.Change.MAKES, value, part.span().start())));
      }
    }
    return values;
  }
}
