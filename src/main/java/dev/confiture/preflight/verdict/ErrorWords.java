package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Failure.StatementPlace;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names in an error and in the statement that it is about: in any language a message holds them
 * as whole words, and the code tells what kind of object is not as expected.
 */
final class ErrorWords {

  /** The class of errors of integrity constraints. */
  private static final String INTEGRITY = "23";

  /** The function of the server that looks for the key of REFERENCES without columns. */
  private static final String OF_PRIMARY_KEYS = "transformFkeyGetPrimaryKey";

  /** Functions of PostgreSQL's source that compare numbers of columns. */
  private static final Set<String> COUNTING_COLUMNS =
      Set.of(
          "transformInsertRow",
          "transformSetOperationTree",
          "buildRelationAliases",
          "analyzeCTETargetList",
          "DefineView",
          "intorel_startup",
          "create_ctas_nodata",
          "check_sql_fn_retval",
          "check_sql_fn_retval_ext",
          "check_sql_stmt_retval",
          "transformMultiAssignRef",
          "coerce_record_to_complex",
          "build_attrmap_by_position",
          "convert_tuples_by_position");

  private static final String OF_OPERATORS = "+-*/<>=~!@#%^&|`?";

  private final ServerError error;
  private final Optional<Statement> statement;
  private final String said;
  private final String running;

  ErrorWords(Failure failure) {
    this.error = failure.error();
    this.statement = failure.statement().map(StatementPlace::statement);
    this.said =
        Stream.of(
                Optional.of(error.message()),
                error.detail(),
                // Where something is not found, the hint names what is there.
                error.hint().filter(_ -> !error.saysUndefined()),
                error.schema(),
                error.table(),
                error.column(),
                error.constraint(),
                error.dataType())
            .flatMap(Optional::stream)
            .collect(Collectors.joining("\n"));
    this.running =
        Stream.of(statement.map(Statement::text), error.innerCommand())
            .flatMap(Optional::stream)
            .collect(Collectors.joining("\n"))
            .toLowerCase(Locale.ROOT);
  }

  /**
   * Returns true if the error says that an object is not as it should be.
   *
   * @param removal true if the object is there and should not be; else it should be there
   * @param path where a name without a schema is looked up
   */
  boolean miss(DatabaseObject object, boolean removal, SearchPath path) {
    return removal ? isInTheWay(object, path) : isMissing(object, path);
  }

  /** Returns true if a type, function, operator or the like is missing, but no role. */
  boolean missWhatExtensionsBring() {
    return error.is(SqlState.UNDEFINED_FUNCTION)
        || (error.is(SqlState.UNDEFINED_OBJECT)
            && error.routine().filter(routine -> routine.startsWith("get_role")).isEmpty());
  }

  /**
   * Returns true if the columns of a table do not fit, and would with one column more: an INSERT
   * that names none has more values, {@code SELECT *} has fewer than the query or function around
   * it needs.
   */
  boolean lacksColumnOf(DatabaseObject column) {
    return column.kind() == ObjectKind.COLUMN
        && error.routine().filter(COUNTING_COLUMNS::contains).isPresent()
        && (isOfUntoldQuery() || column.parent().filter(this::mentions).isPresent());
  }

  /** Returns true for a query inside a function that is called, of which the server tells none. */
  private boolean isOfUntoldQuery() {
    return error.where().isPresent()
        && error.innerCommand().isEmpty()
        && statement.filter(one -> one.is(0, "create")).isEmpty();
  }

  /**
   * Returns true for {@code table.column%TYPE} in PL/pgSQL, which takes an unknown one for an
   * error.
   */
  private boolean isType(DatabaseObject column) {
    return MessageNames.quoted(error.message()).stream().anyMatch(text -> text.contains("%"))
        && isUsed(column);
  }

  private boolean isMissing(DatabaseObject object, SearchPath path) {
    if (object.kind() == ObjectKind.ROWS) {
      // The detail names the table that is referenced, the message the one that references it.
      return error.isRaised()
          ? isRead(object.name(), path)
          : error.is(SqlState.FOREIGN_KEY_VIOLATION)
              && error
                  .detail()
                  .filter(detail -> !occurrences(object.name().name(), detail).isEmpty())
                  .isPresent();
    }
    return switch (error.sqlState()) {
      case SqlState.UNDEFINED_COLUMN ->
          object.kind() == ObjectKind.COLUMN && isSaid(object, path) && mayBeOf(object);
      case SqlState.SYNTAX_ERROR, SqlState.INVALID_FUNCTION_DEFINITION ->
          lacksColumnOf(object) || (object.kind() == ObjectKind.COLUMN && isType(object));
      case SqlState.UNDEFINED_TABLE ->
          switch (object.kind()) {
            case RELATION, SCHEMA -> isSaid(object, path);
            // It is no partition of that table.
            case PARTITION -> say(object);
            default -> false;
          };
      // No partition for the row.
      case SqlState.CHECK_VIOLATION ->
          (object.kind() == ObjectKind.PARTITION
                  && object.parent().filter(table -> says(table.name())).isPresent())
              || (object.kind() == ObjectKind.COLUMN_VALUE
                  && isOfNewRow()
                  && object.parent().filter(this::mentions).isPresent());
      case SqlState.UNDEFINED_FUNCTION ->
          switch (object.kind()) {
            case COLUMN_TYPE -> isOfOperator() && isUsed(object);
            case FUNCTION, TYPE, RELATION, SCHEMA, OPERATOR -> isSaid(object, path);
            case CAST -> isOfCast(object);
            default -> false;
          };
      case SqlState.UNDEFINED_OBJECT ->
          object.kind() == ObjectKind.KEY
              ? error.routine().filter(OF_PRIMARY_KEYS::equals).isPresent()
                  && object.parent().filter(this::mentions).isPresent()
              : mayBeMissed(object.kind()) && isSaid(object, path);
      // No schema of the search path: the message names none.
      case SqlState.INVALID_SCHEMA_NAME ->
          object.kind() == ObjectKind.SCHEMA
              && (MessageNames.quoted(error.message()).isEmpty()
                  ? path.schemas().contains(object.name().name())
                  : isSaid(object, path));
      // No key of these columns: the message names the table at most.
      case SqlState.INVALID_COLUMN_REFERENCE, SqlState.INVALID_FOREIGN_KEY ->
          switch (object.kind()) {
            case CONSTRAINT, KEY -> object.parent().filter(table -> mentions(table)).isPresent();
            case COLUMN -> lacksColumnOf(object);
            case RELATION -> isSaid(object, path);
            default -> false;
          };
      case SqlState.INVALID_TEXT_REPRESENTATION ->
          object.kind() == ObjectKind.ENUM_LABEL
              ? isSaid(object, path)
              : object.kind() == ObjectKind.COLUMN_TYPE && isUsed(object);
      case SqlState.STRING_DATA_RIGHT_TRUNCATION, SqlState.NUMERIC_VALUE_OUT_OF_RANGE ->
          object.kind() == ObjectKind.COLUMN_TYPE && isUsed(object);
      case SqlState.NOT_NULL_VIOLATION ->
          object.kind() == ObjectKind.COLUMN_VALUE && isSaid(object, path);
      // An object of that name exists, and belongs to another role.
      case SqlState.INSUFFICIENT_PRIVILEGE -> object.parent().isEmpty() && isSaid(object, path);
      case SqlState.DATATYPE_MISMATCH ->
          object.kind() == ObjectKind.CAST
              ? isOfCast(object)
              // A partition and its table must have the same columns.
              : lacksColumnOf(object)
                  || ((object.kind() == ObjectKind.COLUMN_TYPE
                          || object.kind() == ObjectKind.COLUMN)
                      && isSaid(object, path));
      case SqlState.CANNOT_COERCE ->
          lacksColumnOf(object) || (object.kind() == ObjectKind.CAST && isOfCast(object));
      default -> false;
    };
  }

  /** Returns true for a kind that the server looked for, as the function says that did. */
  private boolean mayBeMissed(ObjectKind kind) {
    String routine = error.routine().orElse("");
    boolean byName =
        switch (kind) {
          case ROLE, FUNCTION, CONSTRAINT, TRIGGER, POLICY, RULE, ENUM_LABEL -> true;
          default -> false;
        };
    return kind != ObjectKind.COLUMN
        && (!routine.startsWith("get_role") || kind == ObjectKind.ROLE)
        && !(byName && isOfType());
  }

  /** Returns true if the server looked for a type, as a table or view is one too. */
  boolean isOfType() {
    return error.saysUndefinedType();
  }

  /**
   * Returns false if the error tells the table of the missing column, and it is another one: {@code
   * column "c" of relation "t"}, or {@code t.c} with a name that means a table of the statement.
   */
  private boolean mayBeOf(DatabaseObject column) {
    Optional<QualifiedName> table = column.parent();
    List<String> quoted = MessageNames.quoted(error.message());
    if (table.isEmpty() || error.innerCommand().isPresent()) {
      return true;
    }
    if (quoted.size() > 1) {
      // In PL/pgSQL's words, record "r" has no field "c", no table is told.
      return !quoted.getFirst().equals(column.name().name())
          || quoted.stream()
              .map(QualifiedName::ofMessage)
              .anyMatch(named -> named.name().equals(table.get().name()));
    }
    Set<QualifiedName> meant =
        MessageNames.names(error.message()).stream()
            .flatMap(name -> name.schema().stream())
            .flatMap(
                qualifier ->
                    statement.stream().flatMap(one -> Mentions.meantBy(qualifier, one).stream()))
            .collect(Collectors.toSet());
    return meant.isEmpty()
        || meant.stream().anyMatch(relation -> relation.name().equals(table.get().name()));
  }

  /**
   * Returns true if the error says that the object is there, or the statement makes another of its
   * name.
   */
  private boolean isInTheWay(DatabaseObject object, SearchPath path) {
    if (error.saysUndefined() || error.is(SqlState.SYNTAX_ERROR)) {
      return false;
    }
    if (object.kind() == ObjectKind.ROWS) {
      return error.isRaised()
          ? isRead(object.name(), path)
          : error.sqlState().startsWith(INTEGRITY) && !isOfNewRow() && isSaid(object, path);
    }
    if (!mayExist(object.kind()) || isNeeded(object, path)) {
      return false;
    }
    return isSaid(object, path)
        || statement.stream()
            .flatMap(one -> Effects.of(one).stream())
            .anyMatch(
                effect ->
                    effect.change() == Effect.Change.MAKES
                        && effect.object().kind() == object.kind()
                        && path.sameObject(effect.object().name(), object.name()));
  }

  /** Returns true if a row that the statement adds is refused for itself, whatever others are. */
  private boolean isOfNewRow() {
    return (error.is(SqlState.NOT_NULL_VIOLATION) || error.is(SqlState.CHECK_VIOLATION))
        && statement.filter(one -> one.is(0, "insert") || one.is(0, "copy")).isPresent();
  }

  /** Returns true for a relation without which the statement would fail as well. */
  private boolean isNeeded(DatabaseObject object, SearchPath path) {
    return object.kind() == ObjectKind.RELATION
        && statement.stream()
            .flatMap(one -> Mentions.relations(one).stream())
            .anyMatch(relation -> path.sameObject(relation, object.name()))
        && statement.stream()
            .flatMap(one -> Effects.of(one).stream())
            .noneMatch(
                effect ->
                    effect.change() == Effect.Change.MAKES
                        && path.sameObject(effect.object().name(), object.name()));
  }

  /** Returns false where the error says of another kind of object that it exists. */
  boolean mayExist(ObjectKind kind) {
    return switch (error.sqlState()) {
      case SqlState.DUPLICATE_TABLE -> kind == ObjectKind.RELATION;
      case SqlState.DUPLICATE_COLUMN -> kind == ObjectKind.COLUMN;
      case SqlState.DUPLICATE_FUNCTION -> kind == ObjectKind.FUNCTION;
      case SqlState.DUPLICATE_SCHEMA -> kind == ObjectKind.SCHEMA;
      case SqlState.DUPLICATE_OBJECT -> kind != ObjectKind.RELATION && kind != ObjectKind.COLUMN;
      default -> true;
    };
  }

  private boolean isSaid(DatabaseObject object, SearchPath path) {
    return object
        .parent()
        .map(
            table ->
                (object.name().name().equals(QualifiedName.ANY_MORE) || say(object))
                    && mentions(table))
        .orElseGet(() -> isNamed(object.name(), path));
  }

  /** Returns true if the error is about a value of the type that a cast is from. */
  private boolean isOfCast(DatabaseObject cast) {
    return cast.parent().filter(from -> says(from.name())).isPresent()
        && (error.is(SqlState.UNDEFINED_FUNCTION) || says(cast.name().name()));
  }

  /** Returns true if the statement reads rows of the table: what it raises may depend on them. */
  private boolean isRead(QualifiedName table, SearchPath path) {
    return statement.stream()
        .flatMap(one -> Mentions.reads(one).stream())
        .anyMatch(read -> path.sameObject(read, table));
  }

  /** Returns true if an operator is missing for the columns' types, and not a function. */
  private boolean isOfOperator() {
    return error.routine().filter("op_error"::equals).isPresent();
  }

  /** Returns true if the statement uses the column: an error about its value bears no name. */
  private boolean isUsed(DatabaseObject column) {
    return mentions(column.name()) && column.parent().filter(this::mentions).isPresent();
  }

  /** Returns true if the error or the statement has the object's name as a word. */
  boolean mention(DatabaseObject object) {
    return mentions(object.name());
  }

  /** Returns true if the error itself has the object's name as a word. */
  boolean say(DatabaseObject object) {
    return says(object.name().name());
  }

  private boolean says(String name) {
    return !occurrences(name, said).isEmpty();
  }

  private boolean mentions(QualifiedName name) {
    return !occurrences(name.name(), said).isEmpty()
        || !occurrences(name.name().toLowerCase(Locale.ROOT), running).isEmpty();
  }

  /**
   * Returns true if the error names the object; a message often leaves out the schema that the
   * statement has.
   */
  private boolean isNamed(QualifiedName name, SearchPath path) {
    if (name.name().equals(QualifiedName.ANY_MORE)) {
      return MessageNames.quoted(error.message()).stream()
          .map(QualifiedName::ofMessage)
          .anyMatch(said -> path.sameObject(said, new QualifiedName(name.schema(), said.name())));
    }
    Set<QualifiedName> inError = occurrences(name.name(), said);
    if (inError.isEmpty()) {
      return false;
    }
    Set<QualifiedName> named =
        inError.stream().anyMatch(each -> each.schema().isPresent())
            ? inError
            : occurrences(name.name().toLowerCase(Locale.ROOT), running);
    return named.isEmpty()
        || name.name().endsWith(QualifiedName.ANY_MORE)
        || named.stream()
            .map(each -> new QualifiedName(each.schema(), name.name()))
            .anyMatch(each -> path.sameObject(each, name));
  }

  /** Finds the places at which a name stands as a word, each with the qualifier before it. */
  private static Set<QualifiedName> occurrences(String name, String text) {
    boolean open = name.endsWith(QualifiedName.ANY_MORE);
    String word = open ? name.substring(0, name.length() - 1) : name;
    Set<QualifiedName> found = new LinkedHashSet<>();
    for (int at = text.indexOf(word); at >= 0 && !word.isEmpty(); at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      if ((at == 0 || !goesOn(text.charAt(at - 1), word))
          && (open || end == text.length() || !goesOn(text.charAt(end), word))) {
        found.add(new QualifiedName(qualifier(text, at), name));
      }
    }
    return found;
  }

  private static Optional<String> qualifier(String text, int at) {
    int dot = at - 1;
    while (dot >= 0 && text.charAt(dot) == '"') {
      dot--;
    }
    if (dot < 1 || text.charAt(dot) != '.') {
      return Optional.empty();
    }
    int end = text.charAt(dot - 1) == '"' ? dot - 1 : dot;
    int start = end;
    while (start > 0 && isPart(text.charAt(start - 1))) {
      start--;
    }
    return start < end ? Optional.of(text.substring(start, end)) : Optional.empty();
  }

  /** Returns true if a name, or the name of an operator, goes on with this. */
  private static boolean goesOn(char c, String word) {
    return isPart(word.charAt(0)) ? isPart(c) : OF_OPERATORS.indexOf(c) >= 0;
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}
