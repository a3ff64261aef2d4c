package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.seed.ExtensionObjects;
import dev.confiture.preflight.sql.ColumnTypes;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Key;
import dev.confiture.preflight.sql.Parameters;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TableParts;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An object that is not as a statement without effect would have left it.
 *
 * @param statement the statement
 * @param object the object that it was to make, or to drop or rename
 * @param named the same as the statement names it: a key by its constraint
 * @param removal true if the object is there and should not be
 * @param offset the place where the statement names it
 */
record Lack(
    Statement statement, DatabaseObject object, DatabaseObject named, boolean removal, int offset) {

  /** Stands for whatever a block makes by texts that it executes. */
  private static final String BLOCK = "what this block executes";

  /** Returns the objects that a statement was to make, to drop or to rename, by its words. */
  static List<Lack> of(Statement statement) {
    List<Lack> lacks = new ArrayList<>();
    List<Effect> effects = new ArrayList<>(Effects.of(statement));
    effects.addAll(ColumnTypes.of(statement));
    effects.addAll(Effects.ofRows(statement));
    for (Effect effect : effects) {
      boolean removal = effect.change() == Effect.Change.REMOVES;
      lacks.add(new Lack(statement, effect.object(), effect.object(), removal, effect.offset()));
      if (effect.object().kind() == ObjectKind.CONSTRAINT) {
        lacks.addAll(keys(statement, effect, effects, removal));
      }
      if (!removal && effect.object().kind() == ObjectKind.EXTENSION) {
        for (DatabaseObject of : ExtensionObjects.of(effect.object().name().name())) {
          lacks.add(new Lack(statement, of, effect.object(), false, effect.offset()));
        }
      }
    }
    lacks.addAll(columnsOfOthers(statement, effects));
    if (lacks.isEmpty() && statement.is(0, "create")) {
      lacks.addAll(misspelt(statement));
    }
    if (statement.is(0, "do")) {
      DatabaseObject any = DatabaseObject.of(ObjectKind.OTHER, QualifiedName.of(BLOCK));
      lacks.add(new Lack(statement, any, any, false, statement.start()));
    }
    return lacks;
  }

  /** Returns what a CREATE of no kind of object, a misspelt one, names before anything else. */
  private static List<Lack> misspelt(Statement statement) {
    List<Lack> lacks = new ArrayList<>();
    for (Token token : statement.tokens().subList(1, statement.tokens().size())) {
      if (!token.isIdentifier()) {
        break;
      }
      for (ObjectKind kind :
          List.of(ObjectKind.RELATION, ObjectKind.TYPE, ObjectKind.FUNCTION, ObjectKind.SCHEMA)) {
        DatabaseObject object = DatabaseObject.of(kind, QualifiedName.of(token.identifier()));
        lacks.add(new Lack(statement, object, object, false, token.start()));
      }
    }
    return lacks;
  }

  /**
   * Returns true for a block that has this name as a word and executes a text, which it may put
   * together of it.
   */
  boolean mayCompute(String undefined) {
    List<String> words = MessageNames.words(statement.text().toLowerCase(Locale.ROOT));
    return object.name().name().equals(BLOCK)
        && words.contains("execute")
        && words.contains(undefined.toLowerCase(Locale.ROOT));
  }

  /** Returns the columns that a table was to get from another one: only that one tells which. */
  private static List<Lack> columnsOfOthers(Statement statement, List<Effect> effects) {
    if (effects.isEmpty() || effects.getFirst().object().kind() != ObjectKind.RELATION) {
      return List.of();
    }
    DatabaseObject table = effects.getFirst().object();
    DatabaseObject any = DatabaseObject.of(ObjectKind.COLUMN, QualifiedName.ANY_MORE, table.name());
    return TableParts.of(statement).columnsOfOthers().stream()
        .map(part -> new Lack(statement, any, table, false, part.span().start()))
        .toList();
  }

  /**
   * Returns the keys that a constraint is, whatever their names: a unique one has an index of its
   * name, and of a foreign key only the statement tells the columns.
   */
  private static List<Lack> keys(
      Statement statement, Effect constraint, List<Effect> effects, boolean removal) {
    QualifiedName table = constraint.object().parent().orElseThrow();
    QualifiedName name = constraint.object().name();
    List<Lack> keys = new ArrayList<>();
    boolean unique =
        effects.stream()
            .map(Effect::object)
            .anyMatch(
                object ->
                    object.kind() == ObjectKind.RELATION
                        && object.name().name().equals(name.name()));
    if (unique || removal) {
      DatabaseObject key = DatabaseObject.of(ObjectKind.KEY, "", table);
      keys.add(new Lack(statement, key, constraint.object(), removal, constraint.offset()));
    }
    if (!removal && statement.tokens().stream().anyMatch(token -> token.is("references"))) {
      DatabaseObject key = DatabaseObject.of(ObjectKind.FOREIGN_KEY, "", table);
      keys.add(new Lack(statement, key, constraint.object(), false, constraint.offset()));
    }
    return keys;
  }

  /**
   * Returns false where an object of this name and kind would not do: a key of other columns, a
   * function with fewer parameters or more, an index where a type is looked for.
   */
  boolean mayBeMeant(Failure failure) {
    ServerError error = failure.error();
    if (removal) {
      return true;
    }
    return switch (object.kind()) {
      case KEY -> mayMeet(failure);
      case CONSTRAINT ->
          !(error.is(SqlState.INVALID_FOREIGN_KEY) || error.is(SqlState.INVALID_COLUMN_REFERENCE))
              || mayMeet(failure);
      case FUNCTION ->
          !error.is(SqlState.UNDEFINED_FUNCTION)
              || Parameters.of(statement, offset).map(p -> mayTake(p, error)).orElse(true);
      case RELATION ->
          !new ErrorWords(failure).isOfType()
              || statement.tokens().stream().noneMatch(t -> t.is("index") || t.is("sequence"));
      default -> true;
    };
  }

  /** Returns false if the error tells the types of more or fewer arguments than it can have. */
  private static boolean mayTake(Parameters parameters, ServerError error) {
    String message = error.message();
    int open = message.indexOf('(');
    int close = message.indexOf(')', open);
    if (open < 0 || close < 0) {
      return true;
    }
    String types = message.substring(open + 1, close);
    int given = types.isBlank() ? 0 : types.split(",", -1).length;
    return parameters.mayTake(given);
  }

  private boolean mayMeet(Failure failure) {
    List<Key> keys = Key.of(statement).stream().filter(key -> key.span().contains(offset)).toList();
    List<Key.Need> needs =
        failure.statement().map(place -> Key.needed(place.statement())).orElse(List.of());
    // What a block makes is not read so far.
    return statement.is(0, "do")
        || (needs.isEmpty() && !keys.isEmpty())
        || keys.stream().anyMatch(key -> needs.stream().anyMatch(need -> need.isMetBy(key)));
  }

  /** Returns true for an extension whose objects are not known. */
  boolean isOfUnknownExtension() {
    return !removal
        && object.kind() == ObjectKind.EXTENSION
        && ExtensionObjects.of(object.name().name()).size() == 1;
  }

  boolean isOfRows() {
    return object.kind() == ObjectKind.ROWS;
  }

  /** Returns true if the object is the same one; a table that is not told is any. */
  boolean is(DatabaseObject other, SearchPath path) {
    return object.kind() == other.kind()
        && path.sameObject(object.name(), other.name())
        && (object.parent().isEmpty()
            || other.parent().isEmpty()
            || path.sameObject(object.parent().get(), other.parent().get()));
  }
}
