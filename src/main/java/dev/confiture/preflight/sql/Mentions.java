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
