package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.seed.RestoreGap;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.WholeRows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What was lost, as it would be in production behind the statements that took effect: renamed,
 * dropped with its table, and handed on to a table or view that has its columns of that one.
 */
final class LostObjects {

  private static final Set<ObjectKind> OF_TABLES =
      Set.of(ObjectKind.COLUMN, ObjectKind.COLUMN_VALUE, ObjectKind.CONSTRAINT);

  private final SearchPath path;
  private final List<Lost> all;

  /** Maps the views of the schema and of later statements to what they read. */
  private final Map<QualifiedName, Set<QualifiedName>> views;

  private final List<Statement> schema;

  private LostObjects(
      SearchPath path,
      List<Lost> all,
      Map<QualifiedName, Set<QualifiedName>> views,
      List<Statement> schema) {
    this.path = path;
    this.all = all;
    this.schema = schema;
    this.views = views;
  }

  /**
   * Takes what was lost.
   *
   * @param path where a name without a schema is looked up
   */
  static LostObjects of(List<RestoreGap> gaps, SearchPath path) {
    List<Lost> all = new ArrayList<>();
    for (RestoreGap gap : gaps) {
      gap.lost().forEach(lost -> all.add(Lost.of(lost, gap)));
      gap.undone().forEach(statement -> all.add(Lost.of(statement, gap)));
    }
    List<Statement> schema =
        all.stream()
            .flatMap(lost -> lost.by().stream())
            .map(Statement::source)
            .findFirst()
            .map(text -> Script.of(text).statements())
            .orElse(List.of());
    LostObjects objects = new LostObjects(path, all, new HashMap<>(), schema);
    schema.forEach(objects::noteView);
    return objects;
  }

  /** Returns the statements of the schema; none where nothing of it was lost. */
  List<Statement> schema() {
    return schema;
  }

  /** Returns them as they are now; what is done to this set changes the list. */
  List<Lost> all() {
    return all;
  }

  /** Returns a set of its own that goes on behind these statements. */
  LostObjects behind(List<Statement> statements) {
    LostObjects copy = new LostObjects(path, new ArrayList<>(all), new HashMap<>(views), schema);
    if (!all.isEmpty()) {
      statements.forEach(copy::follow);
    }
    return copy;
  }

  /** Follows them through a statement. */
  void follow(Statement statement) {
    List<Effect> effects = Effects.of(statement);
    handOn(statement, effects);
    for (int i = 0; i < effects.size(); i++) {
      if (isRename(effects, i)) {
        rename(effects.get(i).object(), effects.get(i + 1).object());
      }
    }
    drop(effects);
  }

  /** Hands parts of tables on to a relation that the statement makes of these. */
  void handOn(Statement statement, List<Effect> effects) {
    noteView(statement);
    Set<QualifiedName> from = all.isEmpty() ? Set.of() : WholeRows.copied(statement);
    if (from.isEmpty()) {
      return;
    }
    boolean more =
        statement.tokens().stream()
            .anyMatch(
                token -> token.is("inherits") || token.is("partition") || token.is("including"));
    for (Effect effect : effects) {
      DatabaseObject made = effect.object();
      if (effect.change() == Effect.Change.MAKES
          && made.kind() == ObjectKind.RELATION
          && made.parent().isEmpty()) {
        List<Lost> parts =
            all.stream()
                .filter(lost -> more || lost.object().kind() == ObjectKind.COLUMN)
                .filter(lost -> OF_TABLES.contains(lost.object().kind()))
                .filter(lost -> from.stream().anyMatch(table -> isPartOf(lost, table)))
                .map(lost -> lost.in(made.name()))
                .toList();
        all.addAll(parts);
      }
    }
  }

  private void noteView(Statement statement) {
    if (statement.is(0, "create") && statement.tokens().stream().anyMatch(t -> t.is("view"))) {
      Effects.of(statement).stream()
          .map(Effect::object)
          .filter(made -> made.kind() == ObjectKind.RELATION)
          .findFirst()
          .ifPresent(view -> views.put(view.name(), Mentions.reads(statement)));
    }
  }

  /**
   * Returns the relations whose rows a change of this one's rows may change: itself, and what a
   * view reads.
   */
  Set<QualifiedName> behindViews(QualifiedName relation) {
    Set<QualifiedName> behind = new LinkedHashSet<>(List.of(relation));
    Deque<QualifiedName> open = new ArrayDeque<>(behind);
    while (!open.isEmpty()) {
      QualifiedName each = open.pop();
      views.forEach(
          (view, read) -> {
            if (isSame(view, each)) {
              read.stream().filter(behind::add).forEach(open::push);
            }
          });
    }
    return behind;
  }

  /** Returns true for the old name of a rename: the new one follows it. */
  static boolean isRename(List<Effect> effects, int at) {
    return effects.get(at).change() == Effect.Change.REMOVES
        && at + 1 < effects.size()
        && effects.get(at + 1).change() == Effect.Change.MAKES
        && effects.get(at + 1).object().kind() == effects.get(at).object().kind()
        && effects.get(at + 1).object().parent().equals(effects.get(at).object().parent());
  }

  /** Gives the new name to what is a part of the object, or names it. */
  void rename(DatabaseObject from, DatabaseObject to) {
    if (from.kind() == ObjectKind.RELATION) {
      QualifiedName name = from.name();
      Optional<String> schema = to.name().schema().or(name::schema);
      QualifiedName renamed = new QualifiedName(schema, to.name().name());
      all.replaceAll(lost -> isPartOf(lost, name) ? lost.in(renamed) : lost);
      renameViews(view -> isSame(view, name) ? renamed : view);
    }
    if (from.kind() == ObjectKind.SCHEMA) {
      String old = from.name().name();
      String renamed = to.name().name();
      all.replaceAll(lost -> lost.moved(old, renamed));
      renameViews(view -> view.moved(old, renamed));
    }
    if (from.kind() == ObjectKind.COLUMN) {
      QualifiedName table = from.parent().orElseThrow();
      all.replaceAll(
          lost ->
              lost.object().kind() == ObjectKind.COLUMN_VALUE
                      && lost.object().name().equals(from.name())
                      && isPartOf(lost, table)
                  ? lost.named(to.name())
                  : lost);
    }
    all.stream()
        .filter(lost -> lost.names(from))
        .forEach(lost -> lost.words().add(to.name().name()));
  }

  private void renameViews(UnaryOperator<QualifiedName> renamed) {
    Map<QualifiedName, Set<QualifiedName>> before = Map.copyOf(views);
    views.clear();
    before.forEach(
        (view, read) ->
            views.put(renamed.apply(view), read.stream().map(renamed).collect(Collectors.toSet())));
  }

  /** Forgets the parts of tables that are dropped. */
  void drop(List<Effect> effects) {
    for (int i = 0; i < effects.size(); i++) {
      DatabaseObject object = effects.get(i).object();
      if (effects.get(i).change() == Effect.Change.REMOVES
          && object.kind() == ObjectKind.RELATION
          && !isRename(effects, i)) {
        all.removeIf(lost -> isPartOf(lost, object.name()));
        views.keySet().removeIf(view -> isSame(view, object.name()));
      }
    }
  }

  /** Returns true for a part of a table. */
  boolean isPartOf(Lost lost, QualifiedName table) {
    return lost.object().parent().filter(parent -> isSame(parent, table)).isPresent();
  }

  /** Returns true if a lost object's name and another one may be the same. */
  boolean isSame(QualifiedName lost, QualifiedName other) {
    return lost.schema().isEmpty() ? lost.matches(other) : path.sameObject(lost, other);
  }
}
