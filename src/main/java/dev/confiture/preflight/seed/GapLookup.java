package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.QuotedNames;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.seed.GapCollector.OpenGap;
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

/** Finds the restore gap that a refusal follows from: the one that lost the undefined object. */
final class GapLookup {

  private static final String COLUMN = "column ";
  private static final String TYPE = "type ";
  private static final String ARRAY = "[]";
  private static final String OPERATOR = "operator does not exist: ";

  private final Script script;
  private final Set<DatabaseObject> madeByTheFile = new HashSet<>();

  GapLookup(Script script) {
    this.script = script;
  }

  /** Returns the gap, of those found so far, that is the cause of a refusal. */
  Optional<OpenGap> causeOf(Refusal refusal, List<OpenGap> gaps) {
    ServerError error = refusal.error();
    if (!error.saysUndefined()) {
      return Optional.empty();
    }
    List<QualifiedName> undefined = undefinedNames(error);
    List<QualifiedName> names = new ArrayList<>(undefined);
    names.addAll(Mentions.relations(refusal.statement()));
    for (QualifiedName name : names) {
      for (OpenGap gap : gaps) {
        if (gap.lost().stream()
            .anyMatch(lost -> isOfKind(lost.object(), error) && lost.isNamed(name))) {
          return Optional.of(gap);
        }
      }
    }
    return deduced(gaps, undefined, error);
  }

  /** Returns false for a column where a type is undefined, or a constraint where a table is. */
  private static boolean isOfKind(DatabaseObject object, ServerError error) {
    return switch (object.kind()) {
      case COLUMN -> error.is(SqlState.UNDEFINED_COLUMN);
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
        || error.message().startsWith("role ")
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
      default -> error.message().startsWith("type ") ? ObjectKind.TYPE : ObjectKind.OTHER;
    };
  }

  /**
   * Returns the names in an error about an undefined object: those in quotes, else the one before a
   * parenthesis, after {@code column} or {@code type}, or the operands of an operator.
   */
  static List<QualifiedName> undefinedNames(ServerError error) {
    String message = error.message();
    List<QualifiedName> names = new ArrayList<>();
    QuotedNames.in(message).forEach(name -> names.add(qualified(name)));
    if (!names.isEmpty()) {
      return names;
    }
    int parenthesis = message.indexOf('(');
    if (message.startsWith(OPERATOR)) {
      // "public.citext = text": operands are types, and the operator is no name.
      for (String operand : message.substring(OPERATOR.length()).split(" ", -1)) {
        if (!operand.isEmpty() && Character.isLetter(operand.charAt(0))) {
          names.add(qualified(operand));
        }
      }
    } else if (message.startsWith(COLUMN)) {
      names.add(qualified(message.substring(COLUMN.length()).split(" ", 2)[0]));
    } else if (message.startsWith(TYPE)) {
      // The type of a function argument stands without quotes.
      names.add(qualified(message.substring(TYPE.length()).split(" ", 2)[0]));
    } else if (parenthesis > 0) {
      String before = message.substring(0, parenthesis);
      names.add(qualified(before.substring(before.lastIndexOf(' ') + 1)));
    }
    return names;
  }

  private static QualifiedName qualified(String written) {
    String text =
        written.endsWith(ARRAY) ? written.substring(0, written.length() - ARRAY.length()) : written;
    return QualifiedName.ofMessage(text);
  }
}
