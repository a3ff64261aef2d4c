package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.DatabaseObject;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds statements that pass here and may fail in production, since what would stop them was not
 * restored: they make what production has already, or drop or alter what a lost object needs.
 */
final class LostUse {

  private final List<Lost> all = new ArrayList<>();

  /**
   * A lost object.
   *
   * @param names the identifiers of the statement that would have made it, and what became of them
   */
  private record Lost(DatabaseObject object, int line, Set<String> names, RestoreGap gap) {}

  /** A statement's use of a lost object. */
  record Found(Failure failure, String reason) {}

  LostUse(List<RestoreGap> gaps) {
    for (RestoreGap gap : gaps) {
      for (RestoreGap.LostObject lost : gap.lost()) {
        all.add(new Lost(lost.object(), lost.position().line(), new HashSet<>(lost.names()), gap));
      }
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
    Optional<Found> found = Optional.empty();
    List<Effect> effects = Effects.of(statement);
    for (Effect effect : effects) {
      for (Lost lost : all) {
        if (effect.change() == Effect.Change.MAKES ? clashes(lost, effect) : uses(lost, effect)) {
          found =
              found.or(
                  () ->
                      Optional.of(
                          found(
                              statement,
                              effect.change() == Effect.Change.MAKES ? "makes" : "drops or renames",
                              effect,
                              lost)));
        }
      }
    }
    for (Effect altered : Effects.ofTypes(statement)) {
      for (Lost lost : all) {
        if (uses(lost, altered)) {
          found = found.or(() -> Optional.of(found(statement, "alters", altered, lost)));
        }
      }
    }
    followRenames(effects);
    return found;
  }

  /** Returns true if production has such an object already, or the one that it is a part of. */
  private static boolean clashes(Lost lost, Effect effect) {
    return lost.object().matches(effect.object())
        || effect
            .object()
            .parent()
            .filter(parent -> lost.object().parent().isEmpty())
            .filter(parent -> lost.object().name().matches(parent))
            .isPresent();
  }

  /** Returns true if the lost object is the one that is meant, or its definition names that. */
  private static boolean uses(Lost lost, Effect effect) {
    DatabaseObject object = effect.object();
    return lost.object().matches(object)
        || (lost.names().contains(object.name().name())
            && object
                .parent()
                .map(QualifiedName::name)
                .filter(n -> !lost.names().contains(n))
                .isEmpty());
  }

  /** Notes the new names of what lost objects name: production's follow a rename. */
  private void followRenames(List<Effect> effects) {
    for (int i = 1; i < effects.size(); i++) {
      Effect from = effects.get(i - 1);
      Effect to = effects.get(i);
      if (from.change() == Effect.Change.REMOVES
          && to.change() == Effect.Change.MAKES
          && from.object().kind() == to.object().kind()) {
        all.stream()
            .filter(lost -> uses(lost, from))
            .forEach(lost -> lost.names().add(to.object().name().name()));
      }
    }
  }

  private static Found found(Statement statement, String deed, Effect effect, Lost lost) {
    String object = effect.object().toString();
    Place place =
        new Place(
            statement.source().position(effect.offset()),
            statement.source().position(statement.end()),
            Place.FoundBy.STATEMENT);
    Failure failure =
        new Failure(
            Failure.Source.UNSUPPORTED,
            ServerError.of(
                "",
                "it "
                    + deed
                    + " "
                    + object
                    + ", and passes here, where "
                    + lost.object()
                    + " is missing",
                Optional.empty()),
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
