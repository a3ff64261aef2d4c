package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.CreateExtension;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the gap that an undefined object was lost to. */
final class LostTo {

  private final Script script;
  private final Set<DatabaseObject> madeByTheFile = new HashSet<>();

  LostTo(Script script) {
    this.script = script;
  }

  /** Of these gaps the one that a refusal follows from. */
  Optional<GrowingGap> oneOf(List<GrowingGap> gaps, Statement statement, ServerError error) {
    if (!error.saysUndefined()) {
      return Optional.empty();
    }
    List<QualifiedName> undefined = UndefinedNames.of(error);
    List<QualifiedName> names = new ArrayList<>(undefined);
    names.addAll(Mentions.relations(statement));
    for (QualifiedName name : names) {
      for (GrowingGap gap : gaps) {
        if (gap.lost().stream()
            .anyMatch(lost -> isOfKind(lost.object(), error) && lost.isNamed(name))) {
          return Optional.of(gap);
        }
      }
    }
    return deduced(gaps, undefined, error);
  }

  /** A column is not taken for a type of its name, nor a constraint for a table. */
  private static boolean isOfKind(DatabaseObject object, ServerError error) {
    return switch (object.kind()) {
      case COLUMN -> error.is(SqlState.UNDEFINED_COLUMN);
      case CONSTRAINT, TRIGGER, POLICY, RULE, ENUM_LABEL -> error.is(SqlState.UNDEFINED_OBJECT);
      default -> true;
    };
  }

  /**
   * Nothing in the file makes it: then a missing extension did. Of several, the one whose schema is
   * named, else one whose objects are not known here.
   */
  private Optional<GrowingGap> deduced(
      List<GrowingGap> gaps, List<QualifiedName> undefined, ServerError error) {
    List<GrowingGap> extensions = gaps.stream().filter(gap -> gap.extension().isPresent()).toList();
    if (extensions.isEmpty()
        || undefined.isEmpty()
        || error.message().startsWith("role ")
        || undefined.stream().anyMatch(name -> isMadeByTheFile(name, error))) {
      return Optional.empty();
    }
    GrowingGap gap =
        extensions.stream()
            .filter(each -> isIn(schemaOf(each), undefined))
            .findFirst()
            .or(() -> extensions.stream().filter(LostTo::isUnknown).findFirst())
            .orElseGet(extensions::getFirst);
    for (QualifiedName name : undefined) {
      gap.lose(DatabaseObject.of(kind(error), name));
    }
    return Optional.of(gap);
  }

  private boolean isMadeByTheFile(QualifiedName name, ServerError error) {
    if (madeByTheFile.isEmpty()) {
      for (Statement statement : script.statements()) {
        Effects.of(statement).forEach(effect -> madeByTheFile.add(effect.object()));
      }
    }
    return madeByTheFile.stream()
        .anyMatch(object -> isOfKind(object, error) && name.matches(object.name()));
  }

  private static boolean isIn(Optional<String> schema, List<QualifiedName> names) {
    // Half of everything is in public, whoever made it.
    return schema.filter(s -> !s.equals("public")).isPresent()
        && names.stream().anyMatch(name -> name.schema().equals(schema));
  }

  private static Optional<String> schemaOf(GrowingGap extension) {
    return CreateExtension.of(extension.statement()).flatMap(CreateExtension::schema);
  }

  private static boolean isUnknown(GrowingGap gap) {
    return ExtensionObjects.of(gap.extension().orElseThrow()).size() == 1;
  }

  private static ObjectKind kind(ServerError error) {
    return switch (error.sqlState()) {
      case SqlState.UNDEFINED_TABLE -> ObjectKind.RELATION;
      case SqlState.UNDEFINED_COLUMN -> ObjectKind.COLUMN;
      case SqlState.UNDEFINED_FUNCTION -> ObjectKind.FUNCTION;
      case SqlState.INVALID_SCHEMA_NAME -> ObjectKind.SCHEMA;
      default -> error.message().startsWith("type ") ? ObjectKind.TYPE : ObjectKind.OTHER;
    };
  }
}
