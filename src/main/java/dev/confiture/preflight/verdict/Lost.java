package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.seed.ExtensionObjects;
import dev.confiture.preflight.seed.RestoreGap;
import dev.confiture.preflight.sql.ColumnTypes;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Key;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a statement of the schema would have brought and was lost with it: an object, or its effect
 * on another one.
 *
 * @param object the object; for an effect, words for it
 * @param altered the object that a statement alters which makes none
 * @param words the names in the statement, those of operators and in {@code '…'::regclass} among
 *     them, and what they were renamed to
 * @param tables the relations that the statement names
 */
record Lost(
    DatabaseObject object,
    Optional<DatabaseObject> altered,
    int line,
    Set<String> words,
    Set<String> tables,
    Optional<Statement> by,
    RestoreGap gap) {

  /** Lists words of statements whose effect on an index, sequence or table goes with it. */
  private static final Set<String> GOING_ALONG =
      Set.of("cluster", "replica", "owned", "publication");

  static Lost of(RestoreGap.LostObject lost, RestoreGap gap) {
    return new Lost(
        lost.object(),
        Optional.empty(),
        lost.position().line(),
        words(lost.by()),
        tables(lost.by()),
        lost.by(),
        gap);
  }

  /** Makes one of a statement that makes no object. */
  static Lost of(Statement undone, RestoreGap gap) {
    Optional<Effect> altered = Effects.ofAltered(undone).stream().findFirst();
    String head =
        altered
            .map(
                effect ->
                    undone.source().substring(undone.start(), effect.offset()) + effect.object())
            .orElseGet(
                () ->
                    undone.is(0, "alter")
                        ? "ALTER DEFAULT PRIVILEGES"
                        : undone.tokens().getFirst().text());
    return new Lost(
        DatabaseObject.of(ObjectKind.OTHER, QualifiedName.of("the effect of " + head)),
        altered.map(Effect::object),
        undone.source().position(undone.start()).line(),
        words(Optional.of(undone)),
        tables(Optional.of(undone)),
        Optional.of(undone),
        gap);
  }

  /** Returns the same part in another table, or in one of another name. */
  Lost in(QualifiedName table) {
    Set<String> others = new HashSet<>(words);
    object.parent().map(QualifiedName::name).ifPresent(others::remove);
    others.add(table.name());
    return new Lost(
        new DatabaseObject(object.kind(), object.name(), Optional.of(table)),
        altered,
        line,
        others,
        tables,
        by,
        gap);
  }

  /** Returns the same with the new name of the schema that it is in, if it is that one. */
  Lost moved(String from, String to) {
    boolean itself =
        object.kind() == ObjectKind.SCHEMA && object.name().equals(QualifiedName.of(from));
    DatabaseObject moved =
        new DatabaseObject(
            object.kind(),
            itself ? QualifiedName.of(to) : object.name().moved(from, to),
            object.parent().map(parent -> parent.moved(from, to)));
    return new Lost(moved, altered, line, words, tables, by, gap);
  }

  /** Returns the same with another name. */
  Lost named(QualifiedName name) {
    return new Lost(
        new DatabaseObject(object.kind(), name, object.parent()),
        altered,
        line,
        words,
        tables,
        by,
        gap);
  }

  private static Set<String> tables(Optional<Statement> by) {
    return by.stream()
        .flatMap(statement -> Mentions.relations(statement).stream())
        .map(QualifiedName::name)
        .collect(Collectors.toSet());
  }

  private static Set<String> words(Optional<Statement> by) {
    List<Token> tokens = by.map(Statement::tokens).orElse(List.of());
    Set<String> words = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isIdentifier()) {
        words.add(token.identifier());
      } else if (token.kind() == Token.Kind.OPERATOR) {
        words.add(token.text());
      } else if (token.kind() == Token.Kind.STRING
          && i + 2 < tokens.size()
          && tokens.get(i + 1).isMark("::")
          && tokens.get(i + 2).identifier().startsWith("reg")) {
        QualifiedName named = QualifiedName.ofMessage(token.stringValue().replace("\"", ""));
        words.add(named.name());
        named.schema().ifPresent(words::add);
      }
    }
    return words;
  }

  /**
   * Returns true if it would check or take part in a change of a table's rows: a trigger or rule, a
   * constraint, a unique index.
   *
   * @param events what happens to the rows, as CREATE TRIGGER names it
   * @param assigned the columns that an UPDATE assigns to: another one's key stays as it is
   */
  boolean watches(QualifiedName table, Set<String> events, Set<String> assigned) {
    boolean onIt =
        words.contains(table.name())
            && object.parent().filter(parent -> !haveSameSchema(parent, table)).isEmpty();
    boolean removed = events.contains("delete");
    boolean kept = events.equals(Set.of("update")) && assigned.stream().noneMatch(words::contains);
    return onIt
        && switch (object.kind()) {
          case TRIGGER, RULE -> events.stream().anyMatch(words::contains);
          case CONSTRAINT -> !removed && !kept && isOwnPart(Optional.of(table));
          case RELATION -> !removed && !kept && isIndex() && words.contains("unique");
          default -> false;
        };
  }

  /** Returns true for a column or domain that is NOT NULL. */
  boolean isNeverNull() {
    return (words.contains("null") && words.contains("not")) || words.contains("primary");
  }

  /** Returns true for a column or domain with a DEFAULT, or one that is GENERATED. */
  boolean hasValue() {
    return words.contains("default") || words.contains("generated");
  }

  private static boolean haveSameSchema(QualifiedName one, QualifiedName other) {
    return one.schema().isEmpty()
        || other.schema().isEmpty()
        || one.schema().equals(other.schema());
  }

  /** Returns true if it is a foreign key of another table that references this one. */
  boolean refersTo(QualifiedName table) {
    return words.contains("references")
        && words.contains(table.name())
        && !isOwnPart(Optional.of(table));
  }

  /** Returns true if words have its name, that of what it is on, or of a table that it names. */
  boolean isAbout(Set<String> others) {
    return others.contains(object.name().name())
        || object.parent().map(QualifiedName::name).filter(others::contains).isPresent()
        || tables.stream().anyMatch(others::contains);
  }

  /** Returns true if its definition names an object. */
  boolean names(DatabaseObject other) {
    return words.contains(other.name().name())
        && other.parent().map(QualifiedName::name).filter(n -> !words.contains(n)).isEmpty();
  }

  /** Returns true if a table's column cannot get another type while this one is there. */
  boolean keepsTypeOf(DatabaseObject column) {
    return names(column) || column.parent().filter(this::hasRowsOf).isPresent();
  }

  /** Returns true for a table one of whose columns holds rows of another, or a composite type. */
  boolean hasRowsOf(QualifiedName type) {
    return object.kind() == ObjectKind.RELATION
        && words.contains(type.name())
        && by.filter(statement -> ColumnTypes.named(statement).contains(type.name())).isPresent();
  }

  /**
   * Returns true if it needs a key: a foreign key, or a view that is grouped by the primary key.
   */
  boolean needs(Key key) {
    return (words.contains("references")
            && by.stream()
                .flatMap(statement -> Key.needed(statement).stream())
                .anyMatch(need -> need.isMetBy(key)))
        || (key.primary() && words.contains("group") && tables.contains(key.table().name()));
  }

  /** Returns true for another effect on what a statement alters, which the two may share. */
  boolean alters(DatabaseObject other) {
    return altered
        .filter(one -> one.kind() == other.kind() && one.kind() != ObjectKind.RELATION)
        .filter(one -> one.name().matches(other.name()) && !isOfRights(by.orElseThrow()))
        .isPresent();
  }

  /** Returns true for a statement that gives an owner or rights. */
  static boolean isOfRights(Statement statement) {
    return statement.is(0, "grant")
        || statement.startsWith("alter", "default", "privileges")
        || statement.is(statement.tokens().size() - 3, "owner");
  }

  /** Returns true if an object cannot be dropped while this one is there, as its words tell. */
  boolean keeps(DatabaseObject dropped) {
    boolean itself =
        altered
            .filter(one -> one.kind() == dropped.kind() && one.name().matches(dropped.name()))
            .isPresent();
    boolean ofRights = by.filter(Lost::isOfRights).isPresent();
    if (itself || (ofRights && dropped.kind() != ObjectKind.ROLE)) {
      return false;
    }
    boolean goesAlong = isIndex() || object.kind() == ObjectKind.STATISTICS;
    return switch (object.kind()) {
      case ROWS, PARTITION -> false;
      default ->
          switch (dropped.kind()) {
            case CAST -> false;
            case EXTENSION ->
                ExtensionObjects.of(dropped.name().name()).stream().anyMatch(this::namesAny);
            case COLUMN -> names(dropped) && !goesAlong && !isOwnPart(dropped.parent());
            case RELATION ->
                names(dropped)
                    && !goesAlong
                    && GOING_ALONG.stream().noneMatch(words::contains)
                    && object.parent().filter(dropped.name()::matches).isEmpty();
            case CONSTRAINT -> names(dropped) && !isOwnPart(dropped.parent());
            default -> names(dropped);
          };
    };
  }

  private boolean isIndex() {
    return by.filter(s -> s.startsWith("create", "index") || s.startsWith("create", "unique"))
        .isPresent();
  }

  private boolean namesAny(DatabaseObject brought) {
    String name = brought.name().name();
    return name.endsWith(QualifiedName.ANY_MORE)
        ? words.stream()
            .anyMatch(
                word ->
                    word.startsWith(
                        name.substring(0, name.length() - QualifiedName.ANY_MORE.length())))
        : words.contains(name);
  }

  /** Returns true for a constraint or default of the table itself, which goes with its columns. */
  private boolean isOwnPart(Optional<QualifiedName> table) {
    return (object.kind() == ObjectKind.CONSTRAINT || object.kind() == ObjectKind.COLUMN_VALUE)
        && table.flatMap(t -> object.parent().filter(t::matches)).isPresent();
  }
}
