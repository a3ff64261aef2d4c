package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Effect.Change.MAKES;
import static dev.confiture.preflight.sql.Effect.Change.REMOVES;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SearchPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The objects that a statement makes and removes, as far as its words tell.
 *
 * <p>A name that is computed ({@code EXECUTE format(…)}) is not seen: {@link #computed} has its
 * words.
 */
public final class Effects {

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}_$]+");

  private Effects() {}

  /** Returns the effects in the order of the text; those inside a DO block too. */
  public static List<Effect> of(Statement statement) {
    List<Effect> effects = new ArrayList<>();
    command(statement.tokens(), 0, effects);
    into(statement.tokens(), effects);
    inBody(statement, Effects::command, effects);
    return effects;
  }

  /**
   * Returns the tables whose rows a statement changes, as far as its words tell: what an INSERT
   * adds is made, what a DELETE takes away is removed, an UPDATE does both.
   */
  public static List<Effect> ofRows(Statement statement) {
    List<Effect> effects = new ArrayList<>();
    rows(statement.tokens(), 0, effects);
    inBody(statement, Effects::rows, effects);
    return effects;
  }

  /**
   * Returns true if rows are added with the names of the columns that they give: in INSERT, COPY
   * and MERGE, those inside a DO block too.
   *
   * @param added what {@link #ofRows} returned for the table
   */
  public static boolean listsColumns(Statement statement, Effect added) {
    for (List<Token> tokens : Mentions.withBodies(statement)) {
      for (int i = 0; i < tokens.size(); i++) {
        if (tokens.get(i).start() == added.offset()) {
          TokenReader words = new TokenReader(tokens, i);
          words.name();
          if (words.take("as")) {
            words.identifier();
          }
          return tokens.get(0).is("merge")
              ? words.seek("insert") && words.take("insert") && isList(words)
              : isList(words);
        }
      }
    }
    return false;
  }

  private static boolean isList(TokenReader words) {
    return words.takeMark("(")
        && !words.isMark("(")
        && !words.is("select")
        && !words.is("values")
        && !words.is("table")
        && !words.is("with");
  }

  /**
   * Returns the columns to which a statement assigns, in UPDATE and the like, and others that it
   * compares with {@code =}.
   */
  public static Set<String> assigned(Statement statement) {
    Set<String> columns = new LinkedHashSet<>();
    for (List<Token> tokens : Mentions.withBodies(statement)) {
      for (int i = 1; i < tokens.size(); i++) {
        if (tokens.get(i).text().equals("=")) {
          int at = i - 1;
          boolean list = tokens.get(at).isMark(")");
          do {
            if (tokens.get(at).isIdentifier()) {
              columns.add(tokens.get(at).identifier());
            }
            at--;
          } while (list && at >= 0 && !tokens.get(at).isMark("("));
        }
      }
    }
    return columns;
  }

  /** Returns the objects that a statement alters; those inside a DO block too. */
  public static List<Effect> ofAltered(Statement statement) {
    List<Effect> effects = new ArrayList<>();
    altered(statement.tokens(), 0, effects);
    inBody(statement, Effects::altered, effects);
    return effects;
  }

  private static void altered(List<Token> tokens, int from, List<Effect> effects) {
    TokenReader words = new TokenReader(tokens, from);
    if (!words.take("alter")) {
      return;
    }
    KindWords.take(words)
        .map(KindWords::kind)
        .ifPresent(
            kind -> {
              words.ifExists();
              words.take("only");
              int offset = words.offset();
              (kind == ObjectKind.OPERATOR ? words.operator() : words.name())
                  .ifPresent(
                      name ->
                          effects.add(new Effect(MAKES, DatabaseObject.of(kind, name), offset)));
            });
  }

  /** Returns the columns whose types a statement changes; those inside a DO block too. */
  public static List<Effect> ofTypes(Statement statement) {
    List<Effect> effects = new ArrayList<>();
    types(statement.tokens(), 0, effects);
    inBody(statement, Effects::types, effects);
    return effects;
  }

  /** Returns the partitions that a table gets; those inside a DO block too. */
  public static List<Effect> ofPartitions(Statement statement) {
    List<Effect> effects = new ArrayList<>();
    partitions(statement.tokens(), 0, effects);
    inBody(statement, Effects::partitions, effects);
    return effects;
  }

  private static void partitions(List<Token> tokens, int from, List<Effect> effects) {
    TokenReader words = new TokenReader(tokens, from);
    boolean creates = words.is("create");
    if (!creates && !words.is("alter")) {
      return;
    }
    while (!words.atEnd() && !words.is("table")) {
      words.skip();
    }
    words.take("table");
    words.ifExists();
    words.ifNotExists();
    words.take("only");
    int at = words.offset();
    Optional<QualifiedName> first = words.name();
    if (first.isEmpty()
        || !(creates ? words.takeAll("partition", "of") : words.takeAll("attach", "partition"))) {
      return;
    }
    int offset = creates ? at : words.offset();
    words
        .name()
        .map(second -> creates ? partition(first.get(), second) : partition(second, first.get()))
        .ifPresent(made -> effects.add(new Effect(MAKES, made, offset)));
  }

  private static DatabaseObject partition(QualifiedName partition, QualifiedName of) {
    return new DatabaseObject(ObjectKind.PARTITION, partition, Optional.of(of));
  }

  private static void types(List<Token> tokens, int from, List<Effect> effects) {
    TokenReader words = new TokenReader(tokens, from);
    if (!words.takeAll("alter", "table") && !words.takeAll("alter", "type")) {
      return;
    }
    words.ifExists();
    words.take("only");
    Optional<QualifiedName> table = words.name();
    while (table.isPresent() && words.seek("alter")) {
      words.skip();
      words.take("column");
      words.take("attribute");
      int offset = words.offset();
      Optional<Token> column = words.identifier();
      if (column.isPresent() && (words.is("type") || words.takeAll("set", "data", "type"))) {
        effects.add(
            new Effect(
                MAKES,
                DatabaseObject.of(ObjectKind.COLUMN, column.get().identifier(), table.get()),
                offset));
      }
    }
  }

  /** Reads one command: that which begins at an index. */
  private interface Reader {
    void read(List<Token> tokens, int from, List<Effect> effects);
  }

  /**
   * Returns the words of a DO block that puts a command together: identifiers, and what stands in
   * strings. What the command is made of is among them, as far as the block itself has it.
   */
  public static Set<String> computed(Statement statement) {
    Set<String> words = new LinkedHashSet<>();
    if (statement.is(0, "do")) {
      for (RoutineBody body : RoutineBody.of(statement)) {
        List<Token> tokens =
            Lexer.tokens(statement.source(), body.contentStart(), body.contentEnd());
        if (computes(tokens)) {
          tokens.forEach(token -> words.addAll(words(token)));
        }
      }
    }
    return words;
  }

  private static boolean computes(List<Token> tokens) {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      boolean constant =
          isConstant(tokens.get(i + 1))
              && (i + 2 == tokens.size() || tokens.get(i + 2).isMark(";"));
      // A trigger's EXECUTE FUNCTION is none.
      if (tokens.get(i).is("execute")
          && !constant
          && !tokens.get(i + 1).is("function")
          && !tokens.get(i + 1).is("procedure")) {
        return true;
      }
    }
    return false;
  }

  private static List<String> words(Token token) {
    return token.isIdentifier()
        ? List.of(token.identifier())
        : isConstant(token)
            ? List.of(NO_WORD.split(token.text().toLowerCase(Locale.ROOT), -1))
            : List.of();
  }

  private static void inBody(Statement statement, Reader reader, List<Effect> effects) {
    if (statement.is(0, "do")) {
      for (RoutineBody body : RoutineBody.of(statement)) {
        inBody(
            Lexer.tokens(statement.source(), body.contentStart(), body.contentEnd()),
            reader,
            effects);
      }
    }
  }

  /** Reads the commands of a PL/pgSQL body: each begins it, or follows a semicolon or a keyword. */
  private static void inBody(List<Token> tokens, Reader reader, List<Effect> effects) {
    for (int i = 1; i < tokens.size(); i++) {
      Token before = tokens.get(i - 1);
      if (before.isMark(";")
          || before.is("begin")
          || before.is("then")
          || before.is("else")
          || before.is("loop")) {
        int end = i;
        while (end < tokens.size() && !tokens.get(end).isMark(";")) {
          end++;
        }
        if (end == i + 2 && tokens.get(i).is("execute")) {
          computed(tokens, i + 1, reader, effects);
        } else {
          reader.read(tokens.subList(0, end), i, effects);
        }
      }
    }
  }

  /** Reads an EXECUTE of a constant; its effects are placed where the constant stands. */
  private static void computed(List<Token> tokens, int at, Reader reader, List<Effect> effects) {
    int start = tokens.get(at).start();
    for (Statement inner : Script.of(Literal.of(tokens, at).text()).statements()) {
      List<Effect> made = new ArrayList<>();
      reader.read(inner.tokens(), 0, made);
      for (Effect effect : made) {
        effects.add(new Effect(effect.change(), effect.object(), start, effect.formerly()));
      }
    }
  }

  private static boolean isConstant(Token token) {
    return token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.DOLLAR_STRING;
  }

  /** Reads {@code SELECT … INTO table}; in a body INTO takes variables. */
  private static void into(List<Token> tokens, List<Effect> effects) {
    TokenReader words = new TokenReader(tokens);
    if (words.take("select") && words.seek("into")) {
      words.skip();
      boolean temporary = words.take("temporary") || words.take("temp");
      words.take("unlogged");
      words.take("table");
      int offset = words.offset();
      words
          .name()
          .map(name -> temporary ? QualifiedName.of(SearchPath.TEMPORARY, name.name()) : name)
          .ifPresent(
              name ->
                  effects.add(
                      new Effect(MAKES, DatabaseObject.of(ObjectKind.RELATION, name), offset)));
    }
  }

  private static void rows(List<Token> tokens, int from, List<Effect> effects) {
    TokenReader words = new TokenReader(tokens, from);
    boolean with = words.is("with");
    while (with && !words.atEnd() && !isChange(words)) {
      if (words.isMark("(")) {
        words.skipParentheses();
      } else {
        words.skip();
      }
    }
    boolean copies = words.is("copy");
    boolean adds = words.takeAll("insert", "into") || words.take("copy");
    boolean changes = !adds && (words.take("update") || words.takeAll("merge", "into"));
    boolean removes =
        !adds && !changes && (words.takeAll("delete", "from") || words.take("truncate"));
    if (!adds && !changes && !removes) {
      return;
    }
    words.take("table");
    words.take("only");
    int offset = words.offset();
    words
        .name()
        .map(table -> DatabaseObject.of(ObjectKind.ROWS, table))
        .filter(_ -> !copies || words.seek("from"))
        .ifPresent(
            rows -> {
              if (adds || changes) {
                effects.add(new Effect(MAKES, rows, offset));
              }
              if (removes || changes) {
                effects.add(new Effect(REMOVES, rows, offset));
              }
            });
  }

  private static boolean isChange(TokenReader words) {
    return words.is("insert") || words.is("update") || words.is("delete") || words.is("merge");
  }

  private static void command(List<Token> tokens, int from, List<Effect> effects) {
    TokenReader words = new TokenReader(tokens, from);
    if (words.take("create")) {
      new CreateEffects(words, effects).read();
    } else if (words.take("alter")) {
      new AlterEffects(tokens, words, effects).read();
    } else if (words.take("drop")) {
      KindWords.take(words).ifPresent(kind -> dropped(kind, words, effects));
    } else if (words.takeAll("import", "foreign", "schema")) {
      imported(words, effects);
    }
  }

  /** Reads the tables that IMPORT FOREIGN SCHEMA makes; only the other server knows which. */
  private static void imported(TokenReader words, List<Effect> effects) {
    List<QualifiedName> tables = new ArrayList<>();
    int offset = words.offset();
    words.name();
    if (words.takeAll("limit", "to")) {
      words.wordsInParentheses().forEach(name -> tables.add(QualifiedName.of(name)));
    } else {
      tables.add(QualifiedName.of(QualifiedName.ANY_MORE));
    }
    if (words.seek("into")) {
      words.skip();
      words
          .identifier()
          .map(Token::identifier)
          .ifPresent(
              into ->
                  tables.forEach(
                      table ->
                          effects.add(
                              new Effect(
                                  MAKES,
                                  DatabaseObject.of(
                                      ObjectKind.RELATION, QualifiedName.of(into, table.name())),
                                  offset))));
    }
  }

  /** Reads the objects that {@code DROP …} removes, behind the word for their kind. */
  private static void dropped(KindWords kind, TokenReader words, List<Effect> effects) {
    switch (kind) {
      case TRIGGER, POLICY, RULE -> droppedOfTable(kind.kind(), words, effects);
      case USER_MAPPING -> {
        words.ifExists();
        int offset = words.offset();
        words.mapping().ifPresent(gone -> effects.add(new Effect(REMOVES, gone, offset)));
      }
      case CAST -> {
        words.ifExists();
        int offset = words.offset();
        words.cast().ifPresent(gone -> effects.add(new Effect(REMOVES, gone, offset)));
      }
      case TRANSFORM -> {
        words.ifExists();
        int offset = words.offset();
        words.transform().ifPresent(gone -> effects.add(new Effect(REMOVES, gone, offset)));
      }
      default -> droppedList(kind.kind(), words, effects);
    }
  }

  private static void droppedList(ObjectKind kind, TokenReader words, List<Effect> effects) {
    words.take("concurrently");
    words.ifExists();
    boolean more = true;
    while (more) {
      int offset = words.offset();
      Optional<QualifiedName> name = kind == ObjectKind.OPERATOR ? words.operator() : words.name();
      name.ifPresent(
          gone -> effects.add(new Effect(REMOVES, DatabaseObject.of(kind, gone), offset)));
      if (words.isMark("(")) {
        words.skipParentheses();
      }
      more = name.isPresent() && words.takeMark(",") && !words.atEnd();
    }
  }

  private static void droppedOfTable(ObjectKind kind, TokenReader words, List<Effect> effects) {
    words.ifExists();
    int offset = words.offset();
    Optional<QualifiedName> name = words.name();
    if (name.isPresent() && words.take("on")) {
      words
          .name()
          .map(table -> DatabaseObject.of(kind, name.get().name(), table))
          .ifPresent(gone -> effects.add(new Effect(REMOVES, gone, offset)));
    }
  }
}
