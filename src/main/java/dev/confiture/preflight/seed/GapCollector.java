package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.seed.RestoreGap.LostObject;
import dev.confiture.preflight.sql.ColumnTypes;
import dev.confiture.preflight.sql.CreateExtension;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TableParts.Part;
import dev.confiture.preflight.sql.Token;
import dev.confiture.preflight.sql.WholeRows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Collects the restore gaps of a schema, each refusal that follows from a gap under that gap. */
final class GapCollector {

  private final Script script;
  private final GapLookup lookup;
  private final List<OpenGap> gaps = new ArrayList<>();
  private final List<String> advice = new ArrayList<>();
  private Optional<OpenGap> rights = Optional.empty();
  private int rightsRefused;

  GapCollector(Script script) {
    this.script = script;
    this.lookup = new GapLookup(script);
  }

  /** Adds a statement that the server refused. */
  void add(RefusedStatement refusal) {
    Statement statement = refusal.statement();
    Optional<CreateExtension> extension = CreateExtension.of(statement);
    if (extension.isPresent()) {
      addExtension(extension.get().name(), statement, refusal.error());
    } else {
      lookup.causeOf(refusal, gaps).orElseGet(() -> open(refusal)).lose(refusal);
    }
  }

  /** Adds a statement that was not sent. */
  void addNotSent(Statement statement, String reason) {
    open(reason, ServerError.of("", reason, Optional.empty()), statement).lose(statement);
  }

  /** Adds a statement that is left out like others of its kind: all of them are one gap. */
  void addLeftOut(Statement statement, String reason) {
    gaps.stream()
        .filter(gap -> gap.reason().equals(reason))
        .findFirst()
        .orElseGet(() -> open(reason, ServerError.of("", reason, Optional.empty()), statement))
        .lose(statement);
  }

  /** Adds an owner or a grant that this user may not give: all of them are one gap. */
  void addRight(RefusedStatement refusal) {
    rights(refusal.statement(), refusal.error()).lose(refusal.statement());
  }

  /** Adds a role that this user may not make; the owners and grants for it follow. */
  void addRole(String role, ServerError error) {
    rights(script.statements().getFirst(), error)
        .lose(DatabaseObject.of(ObjectKind.ROLE, QualifiedName.of(role)));
  }

  /** Returns true if an extension is missing, which may bring a schema of its own. */
  boolean lackExtension() {
    return gaps.stream().anyMatch(gap -> gap.extension().isPresent());
  }

  /** Returns how to get the extensions that are missing, a sentence each. */
  List<String> advice() {
    return advice;
  }

  /** Returns the gaps in the order in which they were found. */
  List<RestoreGap> gaps() {
    for (Statement statement : gaps.isEmpty() ? List.<Statement>of() : script.statements()) {
      Set<QualifiedName> parents = WholeRows.copied(statement);
      if (!parents.isEmpty()) {
        Effects.of(statement).stream()
            .map(Effect::object)
            .filter(made -> made.kind() == ObjectKind.RELATION)
            .findFirst()
            .ifPresent(child -> gaps.forEach(gap -> gap.handOn(parents, child.name())));
      }
    }
    return gaps.stream().map(gap -> gap.closed(reason(gap))).toList();
  }

  private String reason(OpenGap gap) {
    if (rights.filter(gap::equals).isEmpty()) {
      return gap.reason();
    }
    return "this user may not make every role, owner and grant of the schema ("
        + rightsRefused
        + (rightsRefused == 1 ? " was" : " were")
        + " refused): "
        + gap.error().message();
  }

  private OpenGap rights(Statement statement, ServerError error) {
    rightsRefused++;
    if (rights.isEmpty()) {
      rights = Optional.of(open("rights", error, statement));
    }
    return rights.get();
  }

  private void addExtension(String extension, Statement statement, ServerError error) {
    String reason =
        error.is(SqlState.FEATURE_NOT_SUPPORTED) || error.is(SqlState.UNDEFINED_FILE)
            ? "extension " + extension + " is not installed here"
            : "extension " + extension + " could not be created: " + error.message();
    OpenGap gap =
        new OpenGap(
            reason,
            error,
            statement,
            statement.start(),
            Optional.of(extension),
            new LinkedHashSet<>(),
            new LinkedHashSet<>());
    gaps.add(gap);
    ExtensionObjects.serverAdvice(extension).ifPresent(advice::add);
    ExtensionObjects.of(extension).forEach(gap::lose);
  }

  /** Opens a gap with what the statement needs: a dump of some tables alone does not hold it. */
  private OpenGap open(RefusedStatement refusal) {
    ServerError error = refusal.error();
    int offset =
        refusal.part().map(part -> part.span().start()).orElse(refusal.statement().start());
    OpenGap gap = open(error.message(), error, refusal.statement(), offset);
    Optional<ObjectKind> needed =
        error.is(SqlState.UNDEFINED_TABLE)
            ? Optional.of(ObjectKind.RELATION)
            : error.saysUndefinedType()
                ? Optional.of(ObjectKind.TYPE)
                : error.is(SqlState.UNDEFINED_FUNCTION)
                    ? Optional.of(ObjectKind.FUNCTION)
                    : Optional.empty();
    needed.ifPresent(
        kind ->
            named(error, kind)
                .filter(name -> name.schema().isPresent())
                .findFirst()
                .ifPresent(name -> gap.lose(DatabaseObject.of(kind, name))));
    return gap;
  }

  private static Stream<QualifiedName> named(ServerError error, ObjectKind kind) {
    // A function stands without quotes, with the types of its arguments.
    return kind == ObjectKind.FUNCTION
        ? MessageNames.names(error.message()).stream()
        : MessageNames.quoted(error.message()).stream().map(QualifiedName::ofMessage);
  }

  private OpenGap open(String reason, ServerError error, Statement statement) {
    return open(reason, error, statement, statement.start());
  }

  private OpenGap open(String reason, ServerError error, Statement statement, int offset) {
    OpenGap gap =
        new OpenGap(
            reason,
            error,
            statement,
            offset,
            Optional.empty(),
            new LinkedHashSet<>(),
            new LinkedHashSet<>());
    gaps.add(gap);
    return gap;
  }

  /**
   * A gap that can still lose more objects.
   *
   * @param offset the place of what was refused
   * @param extension the extension whose absence is the cause
   * @param undone the refused statements that make no object
   */
  record OpenGap(
      String reason,
      ServerError error,
      Statement statement,
      int offset,
      Optional<String> extension,
      Set<LostObject> lost,
      Set<Statement> undone) {

    private static final int LONGEST_STATEMENT = 120;

    private static final Set<ObjectKind> INHERITED =
        Set.of(ObjectKind.COLUMN, ObjectKind.COLUMN_VALUE, ObjectKind.CONSTRAINT);

    /** Adds an object that the gap's own statement would have brought. */
    void lose(DatabaseObject object) {
      lost.add(new LostObject(object, position()));
    }

    /** Adds what a refused statement, or the refused part of one, would have made. */
    void lose(RefusedStatement refusal) {
      refusal
          .part()
          .ifPresentOrElse(
              part -> lose(refusal.statement(), inside(part, refusal.statement())),
              () -> lose(refusal.statement()));
    }

    /** Adds what a statement would have made: objects, rows, values and partitions. */
    void lose(Statement refused) {
      List<Effect> effects = new ArrayList<>(Effects.of(refused));
      effects.addAll(Effects.ofRows(refused));
      effects.addAll(Effects.ofPartitions(refused));
      lose(refused, effects);
    }

    /** Returns what a table's part makes: neither the table, nor the column around a constraint. */
    private static List<Effect> inside(Part part, Statement refused) {
      List<Effect> effects = new ArrayList<>(Effects.of(refused));
      effects.removeIf(
          effect ->
              effect.equals(effects.getFirst())
                  || (!part.isWhole() && effect.object().kind() == ObjectKind.COLUMN));
      return effects;
    }

    private void lose(Statement refused, List<Effect> effects) {
      // Of a column that is lost itself nobody needs to know what it had.
      if (effects.isEmpty()) {
        effects.addAll(ColumnTypes.of(refused));
      }
      if (effects.stream().noneMatch(effect -> effect.change() == Effect.Change.MAKES)
          && (refused.is(0, "alter") || refused.is(0, "grant"))) {
        undone.add(refused);
      }
      for (Effect effect : effects) {
        if (effect.change() == Effect.Change.MAKES) {
          lost.add(
              new LostObject(
                  effect.object(),
                  refused.source().position(effect.offset()),
                  Optional.of(refused)));
        }
      }
    }

    /** Adds what a table lacks because one that it inherits from does: pg_dump writes it there. */
    void handOn(Set<QualifiedName> parents, QualifiedName child) {
      List<LostObject> inherited =
          lost.stream()
              .filter(each -> INHERITED.contains(each.object().kind()))
              .filter(each -> each.object().parent().filter(p -> isOneOf(p, parents)).isPresent())
              .map(
                  each ->
                      new LostObject(
                          new DatabaseObject(
                              each.object().kind(), each.object().name(), Optional.of(child)),
                          each.position(),
                          each.by()))
              .toList();
      lost.addAll(inherited);
    }

    private static boolean isOneOf(QualifiedName parent, Set<QualifiedName> parents) {
      return parents.stream().anyMatch(parent::matches);
    }

    private RestoreGap closed(String finalReason) {
      return new RestoreGap(
          finalReason, error, position(), firstLine(), List.copyOf(lost), List.copyOf(undone));
    }

    private Position position() {
      return statement.source().position(offset);
    }

    private String firstLine() {
      // What follows may be a password.
      int end =
          statement.tokens().stream()
              .filter(token -> token.is("options") || token.is("connection"))
              .findFirst()
              .map(Token::end)
              .orElseGet(statement::end);
      String line =
          statement.source().substring(statement.start(), end).lines().findFirst().orElse("");
      return line.codePointCount(0, line.length()) <= LONGEST_STATEMENT
          ? line
          : line.substring(0, line.offsetByCodePoints(0, LONGEST_STATEMENT)) + "…";
    }
  }
}
