package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.rehearsal.Evidence;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.rehearsal.RehearsedMigration;
import dev.confiture.preflight.sql.AlterTableAction;
import dev.confiture.preflight.sql.ColumnTypes;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.WholeRows;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds statements that pass here and may fail in production, since what would stop them was not
 * restored: they make what production has already, or drop or retype what a lost object needs.
 *
 * <p>What PostgreSQL carries along by itself stops nothing: a rename, an index of a dropped column,
 * a trigger of a dropped table, whatever hangs on a DROP with CASCADE (<a
 * href="https://www.postgresql.org/docs/current/ddl-depend.html">Dependency Tracking</a>).
 */
final class LostUse {

  /** They end the same whatever rows there are. */
  private static final Set<String> WITHOUT_ROWS =
      Set.of("comment", "drop", "grant", "revoke", "security");

  private static final Set<String> WORDS_FOR_ROLES =
      Set.of("user", "current_user", "current_role", "session_user");

  /** Words of commands that change a schema or its rows. */
  private static final Set<String> CHANGING =
      Set.of("alter", "create", "delete", "drop", "insert", "rename", "truncate", "update");

  private static final Set<ObjectKind> INHERITED = Set.of(ObjectKind.COLUMN, ObjectKind.CONSTRAINT);

  private static final Set<ObjectKind> NAMES_OF_TYPES =
      Set.of(ObjectKind.RELATION, ObjectKind.TYPE);

  private final LostObjects objects;
  private final List<Lost> all;
  private final LostKeys keys;

  /** A statement's use of a lost object. */
  record Found(Failure failure, String reason) {}

  /** Takes what was lost, which it follows through the files that passed. */
  LostUse(LostObjects objects) {
    this.objects = objects;
    this.all = objects.all();
    this.keys = new LostKeys(objects);
  }

  /** Returns the first such use of a file that passed. */
  Optional<Found> of(RehearsedMigration migration) {
    Optional<Found> first = Optional.empty();
    if (!all.isEmpty()) {
      for (Statement statement : migration.withEffect()) {
        Optional<Found> found = of(statement);
        first = first.or(() -> found);
      }
    }
    return first;
  }

  private Optional<Found> of(Statement statement) {
    List<Effect> effects = Effects.of(statement);
    boolean cascades = statement.tokens().getLast().is("cascade");
    Optional<Found> found =
        ofReplacedView(statement, effects)
            .or(() -> ofSecondName(statement))
            .or(() -> ofParent(statement));
    objects.handOn(statement, effects);
    for (int i = 0; i < effects.size(); i++) {
      Effect effect = effects.get(i);
      boolean makes = effect.change() == Effect.Change.MAKES;
      if (LostObjects.isRename(effects, i)) {
        objects.rename(effect.object(), effects.get(i + 1).object());
      } else {
        found =
            found.or(
                () ->
                    makes
                        ? first(statement, "makes", effect, lost -> clash(lost, effect, statement))
                        : first(
                            statement,
                            "drops",
                            effect,
                            lost ->
                                isSame(lost.object(), effect.object())
                                    || (!cascades
                                        && (lost.keeps(effect.object())
                                            || keys.keeps(lost, effect.object())))));
      }
    }
    keys.after(effects);
    for (Effect retyped : Effects.ofTypes(statement)) {
      found =
          found.or(
              () ->
                  first(statement, "retypes", retyped, lost -> lost.keepsTypeOf(retyped.object())));
    }
    for (Effect given : statement.is(0, "alter") ? ColumnTypes.of(statement) : List.<Effect>of()) {
      if (given.object().kind() == ObjectKind.COLUMN_VALUE && hasWord(statement, "generated")) {
        found =
            found.or(
                () ->
                    first(
                        statement, "makes", given, lost -> isSame(lost.object(), given.object())));
      }
    }
    for (Effect filled : filled(statement, effects)) {
      QualifiedName table = filled.object().parent().orElseThrow();
      found = found.or(() -> first(statement, "fills", filled, lost -> lost.hasRowsOf(table)));
    }
    if (effects.isEmpty() && !Lost.isOfRights(statement)) {
      for (Effect altered : Effects.ofAltered(statement)) {
        found =
            found.or(
                () -> first(statement, "alters", altered, lost -> lost.alters(altered.object())));
      }
    }
    for (Effect made : Effects.ofPartitions(statement)) {
      found =
          found.or(
              () ->
                  first(
                      statement,
                      "makes",
                      made,
                      lost ->
                          isBeside(lost, made)
                              || (statement.is(0, "alter") && isUnlike(lost, made))));
    }
    for (QualifiedName row : WholeRows.counted(statement)) {
      found = found.or(() -> ofWholeRow(statement, row));
    }
    objects.drop(effects);
    return found.or(() -> ofRows(statement, cascades)).or(() -> ofComputed(statement));
  }

  /** Looks for a column of a view that another query takes the place of: it must stay. */
  private Optional<Found> ofReplacedView(Statement statement, List<Effect> effects) {
    if (!statement.startsWith("create", "or") || !WholeRows.copied(statement).isEmpty()) {
      return Optional.empty();
    }
    return effects.stream()
        .filter(effect -> effect.object().kind() == ObjectKind.RELATION)
        .findFirst()
        .flatMap(
            view ->
                first(
                    statement,
                    "replaces",
                    view,
                    lost ->
                        lost.object().kind() == ObjectKind.COLUMN
                            && objects.isPartOf(lost, view.object().name())));
  }

  /**
   * Looks for a lost column whose name the statement has for another one: in a query of both it is
   * ambiguous, in a relation that gets both it stands twice.
   */
  private Optional<Found> ofSecondName(Statement statement) {
    Set<QualifiedName> read = Mentions.reads(statement);
    Set<QualifiedName> copied = WholeRows.copied(statement);
    return all.stream()
        .filter(lost -> lost.object().kind() == ObjectKind.COLUMN)
        .filter(
            lost ->
                (read.size() > 1
                        && isPartOfAny(lost, read)
                        && Mentions.unqualified(statement).contains(lost.object().name().name()))
                    || (isPartOfAny(lost, copied)
                        && Mentions.columns(statement).contains(lost.object().name().name())))
        .findFirst()
        .map(
            lost ->
                found(
                    statement,
                    "it has another "
                        + lost.object().name()
                        + " beside "
                        + lost.object()
                        + ", and passes here, where that is missing",
                    statement.start(),
                    lost));
  }

  private boolean isPartOfAny(Lost lost, Set<QualifiedName> tables) {
    return tables.stream().anyMatch(table -> objects.isPartOf(lost, table));
  }

  /** Looks for a column or constraint that a table must have to inherit from another one. */
  private Optional<Found> ofParent(Statement statement) {
    Optional<QualifiedName> child =
        Effects.ofAltered(statement).stream().map(each -> each.object().name()).findFirst();
    for (AlterTableAction action : AlterTableAction.of(statement)) {
      Optional<QualifiedName> parent = action.inherited();
      if (parent.isPresent() && child.isPresent()) {
        return all.stream()
            .filter(lost -> INHERITED.contains(lost.object().kind()))
            .filter(lost -> objects.isPartOf(lost, parent.get()))
            .filter(lost -> !has(child.get(), lost))
            .findFirst()
            .map(
                lost ->
                    found(
                        statement,
                        "it inherits from "
                            + parent.get()
                            + ", and passes here, where "
                            + lost.object()
                            + " is missing",
                        action.start(),
                        lost));
      }
    }
    return Optional.empty();
  }

  /** Returns true if a table lost the same part. */
  private boolean has(QualifiedName table, Lost part) {
    return all.stream()
        .filter(other -> other.object().kind() == part.object().kind())
        .filter(other -> objects.isPartOf(other, table))
        .anyMatch(other -> other.object().name().equals(part.object().name()));
  }

  private static boolean hasWord(Statement statement, String word) {
    return statement.tokens().stream().anyMatch(token -> token.is(word));
  }

  /** Returns the values of columns that an existing table gets: its rows are written anew. */
  private static List<Effect> filled(Statement statement, List<Effect> effects) {
    return statement.is(0, "alter")
        ? ColumnTypes.of(statement).stream()
            .filter(value -> value.object().kind() == ObjectKind.COLUMN_VALUE)
            .filter(
                value ->
                    effects.stream()
                        .anyMatch(
                            made ->
                                made.object().kind() == ObjectKind.COLUMN
                                    && made.object().name().equals(value.object().name())))
            .toList()
        : List.of();
  }

  /**
   * Looks for a block that puts together a command that changes something, and has the name of a
   * lost object, or of a table that one is about.
   */
  private Optional<Found> ofComputed(Statement statement) {
    Set<String> words = Effects.computed(statement);
    return CHANGING.stream().noneMatch(words::contains)
        ? Optional.empty()
        : all.stream()
            .filter(lost -> lost.isAbout(words))
            .findFirst()
            .map(
                lost ->
                    found(
                        statement,
                        "it puts a command together from names of "
                            + lost.object()
                            + ", and passes here, where that is missing",
                        statement.start(),
                        lost));
  }

  /** Looks for what would stop or change a statement that passes on rows. */
  private Optional<Found> ofRows(Statement statement, boolean cascades) {
    List<Effect> changes = Effects.ofRows(statement);
    Set<String> assigned = Effects.assigned(statement);
    // Which of its actions it takes, rows decide.
    boolean merges = statement.tokens().stream().anyMatch(token -> token.is("merge"));
    Optional<Found> found = Optional.empty();
    for (Effect change : changes) {
      QualifiedName named = change.object().name();
      Set<QualifiedName> tables = objects.behindViews(named);
      Set<String> events = merges ? Set.of("insert", "update") : events(change, changes);
      boolean empties = statement.is(0, "truncate") && !cascades;
      boolean adds = change.change() == Effect.Change.MAKES && !statement.is(0, "update");
      boolean listed = adds && Effects.listsColumns(statement, change);
      found =
          found.or(
              () ->
                  first(
                      statement,
                      "changes",
                      change,
                      lost ->
                          tables.stream().anyMatch(table -> lost.watches(table, events, assigned))
                              || (adds && isPartOfAny(lost, tables) && mustBeGiven(lost))
                              || (adds
                                  && !listed
                                  && lost.object().kind() == ObjectKind.COLUMN
                                  && objects.isPartOf(lost, named))
                              || (empties && lost.refersTo(named))));
    }
    return found.or(() -> ofLostRows(statement));
  }

  /** Returns true for a column, itself or its domain NOT NULL, that has no value of its own. */
  private boolean mustBeGiven(Lost lost) {
    return lost.object().kind() == ObjectKind.COLUMN
        && !lost.hasValue()
        && (lost.isNeverNull()
            || all.stream()
                .filter(type -> type.object().kind() == ObjectKind.TYPE && type.isNeverNull())
                .filter(type -> !type.hasValue())
                .anyMatch(type -> lost.words().contains(type.object().name().name())));
  }

  /** Returns the words for what happens to the rows. */
  private static Set<String> events(Effect change, List<Effect> all) {
    Set<String> events = new HashSet<>();
    for (Effect each : all) {
      if (each.offset() == change.offset()) {
        events.addAll(
            each.change() == Effect.Change.MAKES ? Set.of("insert") : Set.of("delete", "truncate"));
      }
    }
    return events.contains("insert") && events.contains("delete") ? Set.of("update") : events;
  }

  /** Looks for rows of the schema file that a statement reads, adds to or checks. */
  private Optional<Found> ofLostRows(Statement statement) {
    boolean checks =
        statement.is(0, "create")
            ? statement.is(1, "unique")
            : !WITHOUT_ROWS.contains(statement.tokens().getFirst().identifier());
    Set<QualifiedName> tables = checks ? Mentions.relations(statement) : Set.of();
    return all.stream()
        .filter(lost -> lost.object().kind() == ObjectKind.ROWS)
        .filter(
            lost -> tables.stream().anyMatch(table -> objects.isSame(lost.object().name(), table)))
        .findFirst()
        .map(
            lost ->
                found(
                    statement,
                    "it depends on " + lost.object() + ", and passes here, where they are missing",
                    statement.start(),
                    lost));
  }

  private boolean isSame(DatabaseObject lost, DatabaseObject other) {
    if (lost.kind() != other.kind()) {
      return false;
    }
    if (lost.parent().isEmpty() || other.parent().isEmpty()) {
      return objects.isSame(lost.name(), other.name());
    }
    return lost.name().matches(other.name())
        && objects.isSame(lost.parent().get(), other.parent().get());
  }

  /**
   * Returns true if production has such an object already, the one that it is a part of, or one
   * that takes its place: a table has a type of its name, and one primary key at most.
   */
  private boolean clash(Lost lost, Effect made, Statement by) {
    DatabaseObject one = lost.object();
    DatabaseObject other = made.object();
    boolean typeAndTable =
        one.kind() != other.kind()
            && NAMES_OF_TYPES.contains(one.kind())
            && NAMES_OF_TYPES.contains(other.kind())
            && objects.isSame(one.name(), other.name());
    boolean partOfIt =
        other
            .parent()
            .filter(_ -> one.parent().isEmpty() || one.kind() == ObjectKind.PARTITION)
            .filter(parent -> one.kind() != ObjectKind.ROWS && objects.isSame(one.name(), parent))
            .isPresent();
    boolean secondKey =
        one.kind() == ObjectKind.CONSTRAINT
            && other.kind() == ObjectKind.CONSTRAINT
            && lost.words().contains("primary")
            && by.tokens().stream().anyMatch(token -> token.is("primary"))
            && objects.isSame(one.parent().orElseThrow(), other.parent().orElseThrow());
    // CURRENT_USER and its like stand for the role that migrates, which may have one.
    boolean ownMapping =
        one.kind() == ObjectKind.USER_MAPPING
            && other.kind() == ObjectKind.USER_MAPPING
            && one.parent().equals(other.parent())
            && !one.name().name().equals("public")
            && WORDS_FOR_ROLES.contains(other.name().name());
    return isSame(one, other) || typeAndTable || partOfIt || secondKey || ownMapping;
  }

  /** Returns true for another partition of the same table, whose bounds may overlap. */
  private boolean isBeside(Lost lost, Effect made) {
    return lost.object().kind() == ObjectKind.PARTITION
        && objects.isSame(
            lost.object().parent().orElseThrow(), made.object().parent().orElseThrow());
  }

  private Optional<Found> ofWholeRow(Statement statement, QualifiedName table) {
    List<Effect> added = Effects.ofRows(statement);
    return all.stream()
        .filter(lost -> lost.object().kind() == ObjectKind.COLUMN && objects.isPartOf(lost, table))
        .filter(lost -> added.stream().noneMatch(rows -> has(rows.object().name(), lost)))
        .findFirst()
        .map(
            lost ->
                found(
                    statement,
                    "it takes all columns of "
                        + table
                        + ", and passes here, where "
                        + lost.object()
                        + " is missing",
                    statement.start(),
                    lost));
  }

  /**
   * Returns true for a column of a table that a partition lacks, or has where the table lacks it.
   */
  private boolean isUnlike(Lost lost, Effect partition) {
    DatabaseObject column = lost.object();
    return column.kind() == ObjectKind.COLUMN
        && objects.isPartOf(lost, partition.object().parent().orElseThrow())
        && !has(partition.object().name(), lost);
  }

  private Optional<Found> first(
      Statement statement, String deed, Effect effect, Predicate<Lost> isUsed) {
    return all.stream()
        .filter(isUsed)
        .findFirst()
        .map(
            lost ->
                found(
                    statement,
                    "it %s %s, and passes here, where %s is missing"
                        .formatted(deed, effect.object(), lost.object()),
                    effect.offset(),
                    lost));
  }

  private static Found found(Statement statement, String message, int offset, Lost lost) {
    Place place =
        new Place(
            statement.source().position(offset),
            statement.source().position(statement.end()),
            Place.FoundBy.STATEMENT);
    Failure failure =
        new Failure(
            Failure.Source.UNSUPPORTED,
            ServerError.of("", message, Optional.empty()),
            place,
            Optional.empty(),
            Evidence.NONE);
    return new Found(
        failure,
        "production has "
            + lost.object()
            + ", by line "
            + lost.line()
            + " of the schema, which could not be restored: "
            + lost.gap().reason());
  }
}
