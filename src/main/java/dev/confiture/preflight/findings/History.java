package dev.confiture.preflight.findings;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.seed.ExtensionObjects;
import dev.confiture.preflight.seed.LostObject;
import dev.confiture.preflight.sql.ColumnTypes;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the statements of a run made and removed, and would have made and removed, in their order.
 *
 * <p>Each change that did not take place knows its first cause: a statement that is itself only a
 * consequence passes its cause on.
 */
final class History {

  /**
   * A change of one object.
   *
   * @param lacking why it did not take place, if so
   */
  private record Change(Effect.Change kind, DatabaseObject object, Optional<BlockedBy> lacking) {}

  /** An extension's objects have names that only their beginnings are known of. */
  private record Lacking(LostObject object, BlockedBy cause) {}

  private final Map<String, List<Change>> byName = new HashMap<>();
  private final List<Change> all = new ArrayList<>();
  private final List<Lacking> ofExtensions = new ArrayList<>();

  /** Adds a statement that did what it says. */
  void add(MigrationFile file, Statement statement) {
    add(file, statement, true, Optional.empty());
  }

  /**
   * Adds a statement without effect.
   *
   * @param consequenceOf the cause that it failed for, if it is a consequence itself
   */
  void addWithoutEffect(
      MigrationFile file, Statement statement, Optional<BlockedBy> consequenceOf) {
    add(file, statement, false, consequenceOf);
  }

  private void add(
      MigrationFile file, Statement statement, boolean done, Optional<BlockedBy> consequenceOf) {
    List<Effect> effects = Effects.of(statement);
    Set<String> relations =
        effects.stream()
            .map(Effect::object)
            .filter(object -> object.kind() == ObjectKind.RELATION)
            .map(object -> object.name().name())
            .collect(Collectors.toSet());
    for (Effect effect : effects) {
      Position position = statement.source().position(effect.offset());
      boolean removal = effect.change() == Effect.Change.REMOVES;
      BlockedBy cause =
          consequenceOf.orElse(new BlockedBy(file, position, effect.object(), removal));
      Optional<BlockedBy> lacking = done ? Optional.empty() : Optional.of(cause);
      DatabaseObject object = effect.object();
      effect.formerly().ifPresent(from -> takeParts(from, object.name()));
      if (removal && done && effects.stream().allMatch(each -> each.formerly().isEmpty())) {
        removeParts(object.name());
      }
      add(new Change(effect.change(), object, lacking));
      // A key has an index of its name; which constraints were keys is not known afterwards.
      if (object.kind() == ObjectKind.CONSTRAINT
          && (removal || relations.contains(object.name().name()))) {
        add(
            new Change(
                effect.change(),
                DatabaseObject.of(ObjectKind.KEY, "", object.parent().orElseThrow()),
                lacking));
      }
      // The name of a foreign key does not tell its columns; one that was made is not asked for.
      if (!done
          && !removal
          && object.kind() == ObjectKind.CONSTRAINT
          && statement.tokens().stream().anyMatch(token -> token.is("references"))) {
        add(
            new Change(
                effect.change(),
                DatabaseObject.of(ObjectKind.FOREIGN_KEY, "", object.parent().orElseThrow()),
                lacking));
      }
      if (!done && !removal && object.kind() == ObjectKind.EXTENSION) {
        ExtensionObjects.of(object.name().name())
            .forEach(o -> ofExtensions.add(new Lacking(new LostObject(o, position), cause)));
      }
    }
    for (Effect type : ColumnTypes.of(statement)) {
      Position position = statement.source().position(type.offset());
      BlockedBy cause = consequenceOf.orElse(new BlockedBy(file, position, type.object(), false));
      add(new Change(type.change(), type.object(), done ? Optional.empty() : Optional.of(cause)));
    }
  }

  private void add(Change change) {
    all.add(change);
    byName.computeIfAbsent(change.object().name().name(), _ -> new ArrayList<>()).add(change);
  }

  /** With a table its columns and the like are gone. */
  private void removeParts(QualifiedName parent) {
    for (Change change : List.copyOf(all)) {
      if (change.object().parent().filter(parent::matches).isPresent()) {
        add(new Change(Effect.Change.REMOVES, change.object(), Optional.empty()));
      }
    }
  }

  /** What was added to a table is in it under its new name. */
  private void takeParts(QualifiedName from, QualifiedName to) {
    for (Change change : List.copyOf(all)) {
      if (change.object().parent().filter(from::equals).isPresent()) {
        DatabaseObject part = change.object();
        add(
            new Change(
                change.kind(),
                new DatabaseObject(part.kind(), part.name(), Optional.of(to)),
                change.lacking()));
      }
    }
  }

  /** The first cause for which these objects are not as expected, if all of them have one. */
  Optional<BlockedBy> cause(ExpectedObjects expected, SearchPath path) {
    Effect.Change wanted = expected.missing() ? Effect.Change.MAKES : Effect.Change.REMOVES;
    Optional<BlockedBy> first = Optional.empty();
    for (List<DatabaseObject> alternatives : expected.each()) {
      Optional<BlockedBy> one =
          alternatives.stream().flatMap(object -> cause(object, wanted, path).stream()).findFirst();
      if (one.isEmpty()) {
        return Optional.empty();
      }
      first = first.or(() -> one);
    }
    return first;
  }

  /** What would have done before what a statement does, and would let it fail. */
  Optional<BlockedBy> rival(Statement statement, SearchPath path) {
    return statement.isConditional() || statement.is(0, "do")
        ? Optional.empty()
        : Effects.of(statement).stream()
            .flatMap(effect -> cause(effect.object(), effect.change(), path).stream())
            .findFirst();
  }

  /** What was done since, by whoever, counts more than what was not done before. */
  private Optional<BlockedBy> cause(DatabaseObject object, Effect.Change wanted, SearchPath path) {
    Optional<BlockedBy> lacking = Optional.empty();
    for (Change change : byName.getOrDefault(object.name().name(), List.of())) {
      if (isSame(object, change.object(), path)) {
        lacking =
            change.kind() == wanted && change.lacking().isPresent()
                ? lacking.or(change::lacking)
                : Optional.empty();
      }
    }
    return lacking.or(() -> ofExtension(object, wanted, path));
  }

  private Optional<BlockedBy> ofExtension(
      DatabaseObject object, Effect.Change wanted, SearchPath path) {
    return ofExtensions.stream()
        .filter(one -> wanted == Effect.Change.MAKES && one.object().is(object, path))
        .map(Lacking::cause)
        .findFirst();
  }

  private static boolean isSame(DatabaseObject one, DatabaseObject other, SearchPath path) {
    return one.kind() == other.kind()
        && path.sameObject(one.name(), other.name())
        && (one.parent().isEmpty()
            || other.parent().isEmpty()
            || path.sameObject(one.parent().get(), other.parent().get()));
  }
}
