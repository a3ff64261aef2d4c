package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.seed.RestoreGap;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Columns that restored tables lack, and that migrations hand on: to a table of another name, one
 * made {@code LIKE} it, a partition, a view of {@code SELECT *}.
 */
final class LostColumns {

  private final SearchPath path;
  private final List<Column> columns = new ArrayList<>();

  private record Column(DatabaseObject object, RestoreGap gap) {}

  /** Takes the columns that were lost to restore gaps. */
  LostColumns(List<RestoreGap> gaps, SearchPath path) {
    this.path = path;
    for (RestoreGap gap : gaps) {
      gap.lost().stream()
          .map(RestoreGap.LostObject::object)
          .filter(object -> object.kind() == ObjectKind.COLUMN && object.parent().isPresent())
          .forEach(object -> columns.add(new Column(object, gap)));
    }
  }

  /** Follows the columns through statements that took effect. */
  LostColumns after(List<Statement> statements) {
    if (!columns.isEmpty()) {
      statements.forEach(this::follow);
    }
    return this;
  }

  private void follow(Statement statement) {
    Set<QualifiedName> named = Mentions.relations(statement);
    List<Column> handedOn = new ArrayList<>();
    for (Effect effect : Effects.of(statement)) {
      DatabaseObject made = effect.object();
      if (effect.change() == Effect.Change.MAKES && made.kind() == ObjectKind.RELATION) {
        columns.stream()
            .filter(column -> isOfOne(column, named))
            .map(column -> new Column(in(made.name(), column), column.gap()))
            .filter(column -> !columns.contains(column))
            .forEach(handedOn::add);
      }
    }
    columns.addAll(handedOn);
  }

  private static DatabaseObject in(QualifiedName table, Column column) {
    return DatabaseObject.of(ObjectKind.COLUMN, column.object().name().name(), table);
  }

  private boolean isOfOne(Column column, Set<QualifiedName> tables) {
    QualifiedName parent = column.object().parent().orElseThrow();
    return tables.stream().anyMatch(table -> path.sameObject(table, parent));
  }

  /** Returns why a failure may be for want of such a column, as a sentence. */
  Optional<String> reason(ErrorWords words) {
    return columns.stream()
        .filter(column -> words.miss(column.object(), false, path))
        .findFirst()
        .map(
            column ->
                "it needs "
                    + column.object()
                    + ", which could not be restored: "
                    + column.gap().reason());
  }
}
