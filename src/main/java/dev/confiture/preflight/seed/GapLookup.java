package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.seed.GapCollector.OpenGap;
import dev.confiture.preflight.sql.CreateExtension;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the restore gap that a refusal follows from: the one that lost the undefined object. */
final class GapLookup {

  /** Functions of the server that look up a role, and a type, begin and are named so. */
  private static final String OF_ROLES = "get_role";

  private static final Pattern OF_TYPES = Pattern.compile("[Tt]ype");

  private final Script script;
  private final Set<DatabaseObject> madeByTheFile = new HashSet<>();

  GapLookup(Script script) {
    this.script = script;
  }

  /** Returns the gap, of those found so far, that is the cause of a refusal. */
  Optional<OpenGap> causeOf(RefusedStatement refusal, List<OpenGap> gaps) {
    ServerError error = refusal.error();
    if (!error.saysUndefined()) {
      return Optional.empty();
    }
    List<QualifiedName> names = new ArrayList<>(MessageNames.names(error.message()));
    names.addAll(Mentions.relations(refusal.statement()));
    for (QualifiedName name : names) {
      for (OpenGap gap : gaps) {
        if (gap.lost().stream()
            .anyMatch(lost -> isOfKind(lost.object(), error) && lost.isNamed(name))) {
          return Optional.of(gap);
        }
      }
    }
    return deduced(gaps, undefinedNames(refusal), error);
  }

  /** Returns false for a column where a type is undefined, or a constraint where a table is. */
  private static boolean isOfKind(DatabaseObject object, ServerError error) {
    return switch (object.kind()) {
      case COLUMN -> error.is(SqlState.UNDEFINED_COLUMN);
      case ROWS, COLUMN_VALUE, COLUMN_TYPE, PARTITION -> false;
      case CONSTRAINT, TRIGGER, POLICY, RULE, ENUM_LABEL -> error.is(SqlState.UNDEFINED_OBJECT);
      default -> true;
    };
  }

  /**
   * Deduces that a missing extension brought an object that nothing in the file makes. Of several
   * extensions, the one whose schema is named, else one whose objects are not known here.
   */
  private Optional<OpenGap> deduced(
      List<OpenGap> gaps, List<QualifiedName> undefined, ServerError error) {
    List<OpenGap> extensions = gaps.stream().filter(gap -> gap.extension().isPresent()).toList();
    if (extensions.isEmpty()
        || undefined.isEmpty()
        || error.routine().filter(routine -> routine.startsWith(OF_ROLES)).isPresent()
        || undefined.stream().anyMatch(name -> isMadeByTheFile(name, error))) {
      return Optional.empty();
    }
    OpenGap gap =
        extensions.stream()
            .filter(each -> isIn(schemaOf(each), undefined))
            .findFirst()
            .or(() -> extensions.stream().filter(GapLookup::isUnknown).findFirst())
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
    // Objects of any extension may be in public.
    return schema.filter(s -> !s.equals("public")).isPresent()
        && names.stream().anyMatch(name -> name.schema().equals(schema));
  }

  private static Optional<String> schemaOf(OpenGap extension) {
    return CreateExtension.of(extension.statement()).flatMap(CreateExtension::schema);
  }

  private static boolean isUnknown(OpenGap gap) {
    return ExtensionObjects.of(gap.extension().orElseThrow()).size() == 1;
  }

  private static ObjectKind kind(ServerError error) {
    return switch (error.sqlState()) {
      case SqlState.UNDEFINED_TABLE -> ObjectKind.RELATION;
      case SqlState.UNDEFINED_COLUMN -> ObjectKind.COLUMN;
      case SqlState.UNDEFINED_FUNCTION -> ObjectKind.FUNCTION;
      case SqlState.INVALID_SCHEMA_NAME -> ObjectKind.SCHEMA;
      default ->
          error.routine().filter(routine -> OF_TYPES.matcher(routine).find()).isPresent()
              ? ObjectKind.TYPE
              : ObjectKind.OTHER;
    };
  }

  /**
   * Returns the names in an error about an undefined object: those in quotes, else the words, but
   * for the first, which tells the kind of object, that the statement has as identifiers too.
   */
  static List<QualifiedName> undefinedNames(RefusedStatement refusal) {
    String message = refusal.error().message();
    List<String> quoted = MessageNames.quoted(message);
    if (!quoted.isEmpty()) {
      return quoted.stream().map(GapLookup::element).toList();
    }
    if (refusal.error().is(SqlState.UNDEFINED_FUNCTION)) {
      // What stands in the parentheses are types, and those are there.
      int types = message.indexOf('(');
      List<QualifiedName> before = MessageNames.names(types < 0 ? "" : message.substring(0, types));
      return before.isEmpty() ? before : List.of(before.getLast());
    }
    Set<String> identifiers =
        refusal.statement().tokens().stream()
            .filter(Token::isIdentifier)
            .map(Token::identifier)
            .collect(Collectors.toSet());
    return MessageNames.names(message).stream()
        .skip(1)
        .filter(name -> identifiers.contains(name.name()))
        .filter(name -> !Identifiers.isReserved(name.name()))
        .toList();
  }

  /** Returns the name of an array's elements. */
  private static QualifiedName element(String type) {
    return QualifiedName.ofMessage(
        type.endsWith("[]") ? type.substring(0, type.length() - 2) : type);
  }
}
