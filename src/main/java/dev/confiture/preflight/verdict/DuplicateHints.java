package dev.confiture.preflight.verdict;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.RelationFacts;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what is known of an object that a statement would make and that exists already: what the
 * schema has, what the file would make of it, and which migration of the run made it.
 */
public final class DuplicateHints {

  /**
   * The words that end a column's type (<a
   * href="https://www.postgresql.org/docs/current/sql-createtable.html">manual</a>).
   */
  private static final Set<String> AFTER_TYPE =
      Set.of(
          "storage",
          "compression",
          "collate",
          "constraint",
          "not",
          "null",
          "check",
          "default",
          "generated",
          "unique",
          "primary",
          "references");

  /**
   * An object that exists already.
   *
   * @param relation what the schema has, where it is a relation
   * @param fileColumns the columns that the file gives the table; empty where it is no table, or
   *     they come from elsewhere
   * @param earlier the earlier migration of the run that made it
   */
  public record DuplicateObject(
      Optional<RelationFacts> relation,
      List<RelationFacts.Column> fileColumns,
      Optional<Earlier> earlier) {
    public DuplicateObject {
      fileColumns = List.copyOf(fileColumns);
    }
  }

  /**
   * An earlier migration of the run that made an object.
   *
   * @param line of its file
   * @param ifNotExists true if it makes the object only where there is none
   */
  public record Earlier(MigrationFile file, int line, boolean ifNotExists) {}

  /**
   * A statement's effect that took place.
   *
   * @param order the number of its migration in the run
   * @param unlessThere true if it says IF NOT EXISTS, so that it may have done nothing
   */
  private record Made(
      int order, MigrationFile file, Effect effect, int line, boolean unlessThere) {}

  private final Map<MigrationFile, Integer> orders = new HashMap<>();
  private final Map<String, List<Made>> byName = new HashMap<>();

  private DuplicateHints() {}

  static DuplicateHints of(List<JudgedMigration> all) {
    DuplicateHints created = new DuplicateHints();
    for (JudgedMigration migration : all) {
      created.orders.put(migration.rehearsed().migration().file(), created.orders.size());
      created.add(migration);
    }
    return created;
  }

  /** Returns what is known of an object that the statement would make and that exists. */
  Optional<DuplicateObject> of(Failure failure, MigrationFile file) {
    if (!failure.error().saysDuplicate()) {
      return Optional.empty();
    }
    Optional<String> name = FailureHints.namedObject(failure);
    Optional<RelationFacts> relation =
        failure.error().is(SqlState.DUPLICATE_TABLE)
            ? failure.evidence().relations().stream()
                .filter(r -> name.filter(r.name().name()::equals).isPresent())
                .findFirst()
            : Optional.empty();
    List<RelationFacts.Column> columns = new ArrayList<>();
    if (relation.filter(r -> r.kind().equals("table")).isPresent()) {
      failure
          .statement()
          .ifPresent(place -> columns.addAll(columns(place.statement(), name.orElseThrow())));
    }
    return Optional.of(
        new DuplicateObject(relation, columns, name.flatMap(n -> earlier(n, failure, file))));
  }

  /** Returns the earlier migration that made what this file would make again. */
  private Optional<Earlier> earlier(String name, Failure failure, MigrationFile file) {
    Optional<String> table = FailureHints.namedTable(failure);
    int before = orders.getOrDefault(file, 0);
    return byName.getOrDefault(name, List.of()).stream()
        .filter(made -> made.order() < before)
        .filter(made -> isIt(made.effect().object(), table, failure))
        .reduce((_, last) -> last)
        .filter(made -> made.effect().change() == Effect.Change.MAKES)
        .map(made -> new Earlier(made.file(), made.line(), made.unlessThere()));
  }

  private void add(JudgedMigration migration) {
    MigrationFile file = migration.rehearsed().migration().file();
    for (Statement statement : migration.rehearsed().withEffect()) {
      boolean unlessThere = statement.isConditional();
      for (Effect effect : Effects.of(statement)) {
        int line = statement.source().position(effect.offset()).line();
        byName
            .computeIfAbsent(effect.object().name().name(), _ -> new ArrayList<>())
            .add(new Made(orders.size() - 1, file, effect, line, unlessThere));
      }
    }
  }

  private static boolean isIt(DatabaseObject object, Optional<String> table, Failure failure) {
    boolean kind = new ErrorWords(failure).mayExist(object.kind());
    return kind
        && isThere(object.name(), failure)
        && (object.parent().isEmpty()
            || table.isEmpty()
            || object.parent().get().name().equals(table.get()));
  }

  /** Returns false for a table that is in the way in another schema than this name's. */
  private static boolean isThere(QualifiedName name, Failure failure) {
    return name.schema().isEmpty()
        || !failure.error().is(SqlState.DUPLICATE_TABLE)
        || failure.evidence().relations().stream().anyMatch(r -> r.name().equals(name));
  }

  /**
   * Returns the columns that a CREATE TABLE spells out; none where the statement takes columns from
   * elsewhere too.
   */
  static List<RelationFacts.Column> columns(Statement statement, String table) {
    for (Token token : statement.tokens()) {
      if (token.is("like") || token.is("inherits") || token.is("partition") || token.is("select")) {
        return List.of();
      }
    }
    List<RelationFacts.Column> columns = new ArrayList<>();
    for (Effect effect : Effects.of(statement)) {
      if (effect.change() == Effect.Change.MAKES
          && effect.object().kind() == ObjectKind.COLUMN
          && effect.object().parent().filter(p -> p.name().equals(table)).isPresent()) {
        columns.add(
            new RelationFacts.Column(
                effect.object().name().name(), type(statement, effect.offset())));
      }
    }
    return columns;
  }

  /** Returns the type as it is written behind the name at this offset. */
  private static String type(Statement statement, int name) {
    StringBuilder type = new StringBuilder();
    int depth = 0;
    int end = -1;
    for (Token token : statement.tokens()) {
      if (token.start() <= name) {
        continue;
      }
      depth += token.parenthesis();
      if (depth < 0
          || (depth == 0 && (token.isMark(",") || AFTER_TYPE.stream().anyMatch(token::is)))) {
        break;
      }
      // As close as the file has it: numeric(10,2), but double precision.
      type.append(end >= 0 && token.start() > end ? " " : "").append(token.text());
      end = token.end();
    }
    return type.toString();
  }
}
