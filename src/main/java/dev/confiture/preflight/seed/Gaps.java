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
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers what could not be restored, consequences under their first cause. */
final class Gaps {

  private static final int MOST_OF_A_STATEMENT = 120;
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
      Optional<String> extension,
      Set<LostObject> lost) {}

  private final Script script;
  private final List<Growing> gaps = new ArrayList<>();
  private final Set<QualifiedName> madeByTheFile = new HashSet<>();
  private Optional<Growing> rights = Optional.empty();
  private int withoutRights;

  Gaps(Script script) {
    this.script = script;
  }

  /** A statement that was refused. */
  void add(Statement statement, ServerError error) {
    Optional<String> extension = ExtensionObjects.createdBy(statement);
    if (extension.isPresent()) {
      extension(extension.get(), statement, error);
      return;
    }
    Growing gap =
        (UNDEFINED.contains(error.sqlState()) ? cause(statement, error) : Optional.<Growing>empty())
            .orElseGet(() -> open(error.message(), error, statement));
    lose(gap, statement);
  }

  /** A gap of the engine's own making. */
  void add(Statement statement, String reason) {
    lose(open(reason, ServerError.of("", reason, Optional.empty()), statement), statement);
  }

  /** An owner or a grant that this session may not give: all of them are one gap. */
  void addRight(Statement statement, ServerError error) {
    rights(statement, error);
  }

  /** A role that this session may not make; what it would own or be granted follows. */
  void addRole(String role, ServerError error) {
    Statement first = script.statements().getFirst();
    rights(first, error)
        .lost()
        .add(
            new LostObject(
                DatabaseObject.of(ObjectKind.ROLE, QualifiedName.of(role)), position(first)));
  }

  List<RestoreGap> all() {
    return gaps.stream()
        .map(
            gap ->
                new RestoreGap(
                    reason(gap),
                    gap.error(),
                    position(gap.statement()),
                    shortened(gap.statement()),
                    List.copyOf(gap.lost())))
        .toList();
  }

  private String reason(Growing gap) {
    if (rights.filter(gap::equals).isEmpty()) {
      return gap.reason();
    }
    return "this user may not make every role, owner and grant of the schema ("
        + withoutRights
        + (withoutRights == 1 ? " was" : " were")
        + " refused): "
        + gap.error().message();
  }

  private Growing rights(Statement statement, ServerError error) {
    withoutRights++;
    if (rights.isEmpty()) {
      rights = Optional.of(open("rights", error, statement));
    }
    return rights.get();
  }

  private void extension(String extension, Statement statement, ServerError error) {
    String reason =
        error.is(SqlState.FEATURE_NOT_SUPPORTED) || error.is(SqlState.UNDEFINED_FILE)
            ? "extension " + extension + " is not installed here"
            : "extension " + extension + " could not be created: " + error.message();
    Growing gap =
        new Growing(reason, error, statement, Optional.of(extension), new LinkedHashSet<>());
    gaps.add(gap);
    for (DatabaseObject object : ExtensionObjects.of(extension)) {
      gap.lost().add(new LostObject(object, position(statement)));
    }
  }

  private Growing open(String reason, ServerError error, Statement statement) {
    Growing gap = new Growing(reason, error, statement, Optional.empty(), new LinkedHashSet<>());
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
    List<QualifiedName> undefined = UndefinedNames.of(error);
    List<QualifiedName> names = new ArrayList<>(undefined);
    names.addAll(Mentions.relations(statement));
    for (QualifiedName name : names) {
      for (Growing gap : gaps) {
        if (gap.lost().stream().anyMatch(lost -> mayBe(lost, name, error))) {
          return Optional.of(gap);
        }
      }
    }
    return deduced(undefined, error);
  }

  /** A column is not taken for a type of its name, nor a constraint for a table. */
  private static boolean mayBe(LostObject lost, QualifiedName name, ServerError error) {
    boolean mayBePart =
        switch (lost.object().kind()) {
          case COLUMN -> error.is(SqlState.UNDEFINED_COLUMN);
          case CONSTRAINT, TRIGGER, POLICY, RULE, ENUM_LABEL -> error.is(SqlState.UNDEFINED_OBJECT);
          default -> true;
        };
    return mayBePart && lost.isNamed(name);
  }

  /**
   * Nothing in the file makes it: then a missing extension did. Of several, the one whose schema is
   * named, else one whose objects are not known here.
   */
  private Optional<Growing> deduced(List<QualifiedName> undefined, ServerError error) {
    List<Growing> extensions = gaps.stream().filter(gap -> gap.extension().isPresent()).toList();
    if (extensions.isEmpty()
        || undefined.isEmpty()
        || error.message().startsWith("role ")
        || undefined.stream().anyMatch(this::isMadeByTheFile)) {
      return Optional.empty();
    }
    Growing gap =
        extensions.stream()
            .filter(each -> isIn(ExtensionObjects.schemaOf(each.statement()), undefined))
            .findFirst()
            .or(() -> extensions.stream().filter(Gaps::isUnknown).findFirst())
            .orElseGet(extensions::getFirst);
    for (QualifiedName name : undefined) {
      gap.lost()
          .add(new LostObject(DatabaseObject.of(kind(error), name), position(gap.statement())));
    }
    return Optional.of(gap);
  }

  private boolean isMadeByTheFile(QualifiedName name) {
    if (madeByTheFile.isEmpty()) {
      for (Statement statement : script.statements()) {
        Effects.of(statement).forEach(effect -> madeByTheFile.add(effect.object().name()));
      }
    }
    return madeByTheFile.stream().anyMatch(name::matches);
  }

  private static boolean isIn(Optional<String> schema, List<QualifiedName> names) {
    // Half of everything is in public, whoever made it.
    return schema.filter(s -> !s.equals("public")).isPresent()
        && names.stream().anyMatch(name -> name.schema().equals(schema));
  }

  private static boolean isUnknown(Growing gap) {
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

  private static String shortened(Statement statement) {
    String line = statement.text().lines().findFirst().orElse("");
    return line.codePointCount(0, line.length()) <= MOST_OF_A_STATEMENT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MOST_OF_A_STATEMENT)) + "…";
  }

  private static Position position(Statement statement) {
    return statement.source().position(statement.start());
  }
}
