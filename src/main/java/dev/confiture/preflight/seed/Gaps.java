package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers what could not be restored, consequences under their first cause. */
final class Gaps {

  private static final Set<String> UNDEFINED =
      Set.of(
          SqlState.UNDEFINED_TABLE,
          SqlState.UNDEFINED_COLUMN,
          SqlState.UNDEFINED_FUNCTION,
          SqlState.UNDEFINED_OBJECT,
          SqlState.INVALID_SCHEMA_NAME);

  /** A gap that still grows. */
  private record Growing(
      String reason,
      ServerError error,
      Statement statement,
      boolean extension,
      List<LostObject> lost) {}

  private final List<Growing> gaps = new ArrayList<>();

  /** A statement that was refused. */
  void add(Statement statement, ServerError error) {
    Optional<String> extension = ExtensionObjects.createdBy(statement);
    if (extension.isPresent()) {
      Growing gap =
          open("extension " + extension.get() + " is not installed here", error, statement, true);
      for (DatabaseObject object : ExtensionObjects.of(extension.get())) {
        gap.lost().add(new LostObject(object, position(statement)));
      }
      return;
    }
    Growing gap =
        UNDEFINED.contains(error.sqlState())
            ? cause(statement, error)
                .orElseGet(() -> open(error.message(), error, statement, false))
            : open(error.message(), error, statement, false);
    lose(gap, statement);
  }

  /** A gap of the engine's own making. */
  void add(Statement statement, String reason) {
    lose(open(reason, ServerError.of("", reason, Optional.empty()), statement, false), statement);
  }

  List<RestoreGap> all() {
    return gaps.stream()
        .map(
            gap ->
                new RestoreGap(
                    gap.reason(),
                    gap.error(),
                    position(gap.statement()),
                    gap.statement().text().lines().findFirst().orElse(""),
                    gap.lost()))
        .toList();
  }

  boolean isEmpty() {
    return gaps.isEmpty();
  }

  private Growing open(String reason, ServerError error, Statement statement, boolean extension) {
    Growing gap = new Growing(reason, error, statement, extension, new ArrayList<>());
    gaps.add(gap);
    return gap;
  }

  private static void lose(Growing gap, Statement statement) {
    for (Effect effect : Effects.of(statement)) {
      if (effect.change() == Effect.Change.MAKES) {
        gap.lost()
            .add(new LostObject(effect.object(), statement.source().position(effect.offset())));
      }
    }
  }

  /** The gap that an undefined object was lost to. */
  private Optional<Growing> cause(Statement statement, ServerError error) {
    List<QualifiedName> names = UndefinedNames.of(error);
    names.addAll(Mentions.relations(statement));
    for (QualifiedName name : names) {
      for (Growing gap : gaps) {
        if (gap.lost().stream().anyMatch(lost -> lost.object().name().matches(name))) {
          return Optional.of(gap);
        }
      }
    }
    // Nothing in the file makes it: then a missing extension did.
    Optional<Growing> extension = gaps.stream().filter(Growing::extension).findFirst();
    extension.ifPresent(
        gap -> {
          for (QualifiedName name : UndefinedNames.of(error)) {
            for (ObjectKind kind : List.of(ObjectKind.TYPE, ObjectKind.FUNCTION)) {
              gap.lost()
                  .add(new LostObject(DatabaseObject.of(kind, name), position(gap.statement())));
            }
          }
        });
    return extension;
  }

  private static Position position(Statement statement) {
    return statement.source().position(statement.start());
  }
}
