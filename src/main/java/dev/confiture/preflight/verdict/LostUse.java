package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.rehearsal.Evidence;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.rehearsal.RehearsedMigration;
import dev.confiture.preflight.seed.RestoreGap;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds statements that pass here and may fail in production, since what would stop them was not
 * restored: they make what production has already, or drop or retype what a lost object needs.
 *
 * <p>What PostgreSQL carries along by itself stops nothing: a rename, an index of a dropped column,
 * a trigger of a dropped table, whatever hangs on a DROP with CASCADE (<a
 * href="https://www.postgresql.org/docs/current/ddl-depend.html">Dependency Tracking</a>).
 */
final class LostUse {

  private final List<Lost> all = new ArrayList<>();

  /** A statement's use of a lost object. */
  record Found(Failure failure, String reason) {}

  LostUse(List<RestoreGap> gaps) {
    for (RestoreGap gap : gaps) {
      gap.lost().forEach(lost -> all.add(Lost.of(lost, gap)));
    }
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
    Optional<Found> found = Optional.empty();
    for (int i = 0; i < effects.size(); i++) {
      Effect effect = effects.get(i);
      boolean makes = effect.change() == Effect.Change.MAKES;
      if (!makes && isRename(effects, i)) {
        followRename(effect, effects.get(i + 1));
      } else {
        found =
            found.or(
                () ->
                    makes
                        ? first(statement, "makes", effect, lost -> lost.clashesWith(effect))
                        : first(
                            statement,
                            "drops",
                            effect,
                            lost ->
                                lost.object().matches(effect.object())
                                    || (!cascades && lost.keeps(effect.object()))));
      }
    }
    for (Effect retyped : Effects.ofTypes(statement)) {
      found =
          found.or(
              () -> first(statement, "retypes", retyped, lost -> lost.names(retyped.object())));
    }
    return found;
  }

  private Optional<Found> first(
      Statement statement, String deed, Effect effect, Predicate<Lost> isUsed) {
    return all.stream()
        .filter(isUsed)
        .findFirst()
        .map(lost -> found(statement, deed, effect, lost));
  }

  /** Returns true for the old name of a rename: the new one follows it. */
  private static boolean isRename(List<Effect> effects, int at) {
    return at + 1 < effects.size()
        && effects.get(at + 1).change() == Effect.Change.MAKES
        && effects.get(at + 1).object().kind() == effects.get(at).object().kind()
        && effects.get(at + 1).object().parent().equals(effects.get(at).object().parent());
  }

  /** Notes the new name of what lost objects name: in production they follow. */
  private void followRename(Effect from, Effect to) {
    all.stream()
        .filter(lost -> lost.names(from.object()))
        .forEach(lost -> lost.words().add(to.object().name().name()));
  }

  private static Found found(Statement statement, String deed, Effect effect, Lost lost) {
    Place place =
        new Place(
            statement.source().position(effect.offset()),
            statement.source().position(statement.end()),
            Place.FoundBy.STATEMENT);
    String message =
        "it %s %s, and passes here, where %s is missing"
            .formatted(deed, effect.object(), lost.object());
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

  /**
   * A lost object.
   *
   * @param words the identifiers of the statement that would have made it, and what they were
   *     renamed to
   * @param isIndex true for an index, which goes with what it is on
   */
  private record Lost(
      DatabaseObject object, int line, Set<String> words, boolean isIndex, RestoreGap gap) {

    static Lost of(RestoreGap.LostObject lost, RestoreGap gap) {
      List<Token> tokens = lost.by().map(Statement::tokens).orElse(List.of());
      return new Lost(
          lost.object(),
          lost.position().line(),
          tokens.stream()
              .filter(Token::isIdentifier)
              .map(Token::identifier)
              .collect(Collectors.toCollection(HashSet::new)),
          lost.by()
              .filter(s -> s.startsWith("create", "index") || s.startsWith("create", "unique"))
              .isPresent(),
          gap);
    }

    /** Returns true if production has such an object already, or the one that it is a part of. */
    boolean clashesWith(Effect effect) {
      return object.matches(effect.object())
          || effect
              .object()
              .parent()
              .filter(_ -> object.parent().isEmpty())
              .filter(object.name()::matches)
              .isPresent();
    }

    /** Returns true if its definition names an object. */
    boolean names(DatabaseObject other) {
      return words.contains(other.name().name())
          && other.parent().map(QualifiedName::name).filter(n -> !words.contains(n)).isEmpty();
    }

    /** Returns true if an object cannot be dropped while this one is there. */
    boolean keeps(DatabaseObject dropped) {
      boolean references = words.contains("references");
      return switch (dropped.kind()) {
        case COLUMN -> names(dropped) && !isIndex && !isOwnConstraint(dropped.parent());
        case RELATION ->
            names(dropped) && !isIndex && object.parent().filter(dropped.name()::matches).isEmpty();
        // A foreign key names the table and its columns, never the key.
        case CONSTRAINT ->
            references
                && !isOwnConstraint(dropped.parent())
                && dropped.parent().map(QualifiedName::name).filter(words::contains).isPresent();
        default -> names(dropped);
      };
    }

    /** Returns true for a constraint of the table itself, which goes with its columns. */
    private boolean isOwnConstraint(Optional<QualifiedName> table) {
      return object.kind() == ObjectKind.CONSTRAINT
          && table.flatMap(t -> object.parent().filter(t::matches)).isPresent();
    }
  }
}
