package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The relations of which a statement takes all columns without naming them. */
public final class WholeRows {

  private static final Set<String> SET_OPERATIONS = Set.of("union", "intersect", "except");

  private WholeRows() {}

  /**
   * Returns those from which a relation that the statement makes has its columns: by LIKE,
   * INHERITS, PARTITION OF or a query's {@code *}.
   */
  public static Set<QualifiedName> copied(Statement statement) {
    Set<QualifiedName> from = new LinkedHashSet<>();
    if (isOfRoutine(statement)) {
      return from;
    }
    if (statement.is(0, "create")) {
      for (TableParts.Part part : TableParts.of(statement).columnsOfOthers()) {
        TokenReader words = new TokenReader(part.tokens(), 1);
        boolean more = true;
        words.takeMark("(");
        while (more) {
          words.name().ifPresent(from::add);
          more = words.takeMark(",");
        }
      }
      Effects.ofPartitions(statement)
          .forEach(effect -> effect.object().parent().ifPresent(from::add));
    }
    if (statement.is(0, "create") || statement.is(0, "select") || statement.is(0, "with")) {
      from.addAll(starred(statement));
    }
    return from;
  }

  /**
   * Returns those whose columns are counted: by {@code *} in an INSERT, beside UNION, in a query
   * that is compared or assigned, or in an SQL function, and by {@code RETURNS SETOF t}. PL/pgSQL
   * counts none when a function is made.
   */
  public static Set<QualifiedName> counted(Statement statement) {
    Set<QualifiedName> starred = starred(statement);
    if (isOfRoutine(statement)) {
      return isInSql(statement) ? ofRoutine(statement, starred) : Set.of();
    }
    boolean counts =
        Mentions.withBodies(statement).stream()
            .flatMap(List::stream)
            .anyMatch(
                token ->
                    token.is("insert")
                        || SET_OPERATIONS.contains(token.text().toLowerCase(Locale.ROOT)));
    return counts ? starred : starred(statement, WholeRows::isCompared);
  }

  /** Returns true inside {@code … IN (SELECT …)}, {@code (…) = (SELECT …)} and their like. */
  private static boolean isCompared(List<Token> tokens, int at) {
    int depth = 0;
    for (int i = at; i > 0; i--) {
      depth += tokens.get(i).parenthesis();
      if (depth > 0) {
        Token before = tokens.get(i - 1);
        return before.kind() == Token.Kind.OPERATOR
            || before.is("in")
            || before.is("any")
            || before.is("some");
      }
    }
    return false;
  }

  private static Set<QualifiedName> ofRoutine(Statement statement, Set<QualifiedName> starred) {
    Set<QualifiedName> rows = new LinkedHashSet<>(starred);
    List<Token> tokens = statement.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is("returns")) {
        TokenReader type = new TokenReader(tokens, i + 1);
        type.take("setof");
        Optional<QualifiedName> row = type.name();
        // SELECT * of the very table that is returned fits, whatever columns it has.
        if (row.isPresent() && Mentions.reads(statement).equals(Set.of(row.get()))) {
          return starred.isEmpty() ? Set.of(row.get()) : Set.of();
        }
        row.ifPresent(rows::add);
      }
    }
    return rows;
  }

  private static boolean isOfRoutine(Statement statement) {
    TokenReader words = new TokenReader(statement.tokens());
    boolean creates = words.take("create");
    words.takeAll("or", "replace");
    return creates && (words.is("function") || words.is("procedure"));
  }

  private static boolean isInSql(Statement statement) {
    List<Token> tokens = statement.tokens();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).is("language")) {
        return tokens.get(i + 1).is("sql") || tokens.get(i + 1).isString("sql");
      }
    }
    return true;
  }

  private static Set<QualifiedName> starred(Statement statement) {
    return starred(statement, (_, _) -> true);
  }

  /** A place in tokens. */
  private interface Place {
    boolean is(List<Token> tokens, int at);
  }

  private static Set<QualifiedName> starred(Statement statement, Place wanted) {
    Set<QualifiedName> rows = new LinkedHashSet<>();
    for (List<Token> tokens : Mentions.withBodies(statement)) {
      for (int i = 0; i < tokens.size(); i++) {
        if (tokens.get(i).isStar() && i > 0 && wanted.is(tokens, i)) {
          rows.addAll(ofStar(statement, tokens, i));
        } else if (tokens.get(i).is("table") && beginsQuery(tokens, i) && wanted.is(tokens, i)) {
          new TokenReader(tokens, i + 1).name().ifPresent(rows::add);
        }
      }
    }
    return rows;
  }

  private static Set<QualifiedName> ofStar(Statement statement, List<Token> tokens, int at) {
    Token before = tokens.get(at - 1);
    if (before.isMark(".") && at > 1) {
      return Mentions.meantBy(tokens.get(at - 2).identifier(), statement);
    }
    if (before.is("returning")) {
      return Mentions.relations(statement);
    }
    boolean exists = at > 2 && tokens.get(at - 2).isMark("(") && tokens.get(at - 3).is("exists");
    boolean item =
        before.is("select")
            || before.is("distinct")
            || before.is("all")
            || before.isMark(",")
            || endsDistinctOn(tokens, at - 1);
    return item && !exists ? Mentions.reads(statement) : Set.of();
  }

  /** Returns true for the parenthesis behind {@code SELECT DISTINCT ON (…)}. */
  private static boolean endsDistinctOn(List<Token> tokens, int close) {
    int depth = 0;
    for (int i = close; i > 1; i--) {
      depth += tokens.get(i).parenthesis();
      if (depth == 0) {
        return tokens.get(i).isMark("(")
            && tokens.get(i - 1).is("on")
            && tokens.get(i - 2).is("distinct");
      }
    }
    return false;
  }

  /** Returns true for {@code TABLE t} as a query. */
  private static boolean beginsQuery(List<Token> tokens, int at) {
    Token before = tokens.get(Math.max(0, at - 1));
    return at == 0
        || before.is("as")
        || before.is("all")
        || before.isMark(")")
        || SET_OPERATIONS.contains(before.text().toLowerCase(Locale.ROOT))
        || (at > 2 && tokens.get(0).is("insert") && before.isIdentifier());
  }
}
