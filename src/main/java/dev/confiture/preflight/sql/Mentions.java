package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.FromClauses.Mention;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The relations that a statement's words name, also inside the bodies of DO blocks. */
public final class Mentions {

  private Mentions() {}

  /** Returns every name that stands where a relation's may. */
  public static Set<QualifiedName> relations(Statement statement) {
    return of(statement, _ -> true);
  }

  /** Returns the relations whose rows are read: not the targets of INSERT and DDL. */
  public static Set<QualifiedName> reads(Statement statement) {
    return of(statement, Mention::read);
  }

  /**
   * Returns the relations that a column's qualifier means: an alias, or the relation's own name.
   */
  public static Set<QualifiedName> meantBy(String qualifier, Statement statement) {
    return of(statement, mention -> mention.isMeantBy(qualifier));
  }

  /**
   * Returns the names, without schema, that stand before a parenthesis as those of functions do.
   */
  public static Set<String> functions(Statement statement) {
    Set<String> names = new LinkedHashSet<>();
    for (List<Token> tokens : withBodies(statement)) {
      for (int i = 0; i + 1 < tokens.size(); i++) {
        if (tokens.get(i).isIdentifier() && tokens.get(i + 1).isMark("(")) {
          names.add(tokens.get(i).identifier());
        }
      }
    }
    return names;
  }

  /**
   * Returns the names that stand alone, without a relation before them: columns of a query among
   * them, but not those that an INSERT lists, nor names that AS gives.
   */
  public static Set<String> unqualified(Statement statement) {
    Set<String> names = new LinkedHashSet<>();
    for (List<Token> tokens : withBodies(statement)) {
      for (int i = 0; i < tokens.size(); i++) {
        if (tokens.get(i).is("insert")) {
          TokenReader words = new TokenReader(tokens, i + 1);
          words.take("into");
          words.name();
          if (words.isMark("(")) {
            words.skipParentheses();
          }
          i = Math.max(i, words.index() - 1);
        } else if (tokens.get(i).isIdentifier()
            && !(i > 0 && (tokens.get(i - 1).isMark(".") || tokens.get(i - 1).is("as")))) {
          names.add(tokens.get(i).identifier());
        }
      }
    }
    return names;
  }

  /** Returns the last names of the items of a query or of the columns of CREATE TABLE. */
  public static Set<String> columns(Statement statement) {
    Set<String> names = new LinkedHashSet<>();
    List<Token> tokens = statement.tokens();
    for (int i = 1; i + 1 < tokens.size(); i++) {
      Token before = tokens.get(i - 1);
      Token behind = tokens.get(i + 1);
      boolean item = behind.isMark(",") || behind.is("from");
      boolean element = (before.isMark("(") || before.isMark(",")) && behind.isIdentifier();
      if (tokens.get(i).isIdentifier() && (item || element)) {
        names.add(tokens.get(i).identifier());
      }
    }
    return names;
  }

  private static Set<QualifiedName> of(Statement statement, Predicate<Mention> wanted) {
    return withBodies(statement).stream()
        .flatMap(tokens -> FromClauses.of(tokens).stream())
        .filter(wanted)
        .map(Mention::relation)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  static List<List<Token>> withBodies(Statement statement) {
    List<List<Token>> all = new ArrayList<>();
    all.add(statement.tokens());
    for (RoutineBody body : RoutineBody.of(statement)) {
      all.add(Lexer.tokens(statement.source(), body.contentStart(), body.contentEnd()));
    }
    return all;
  }
}
