package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The relations that a statement's words name, also inside the bodies of DO blocks. */
public final class Mentions {

  private static final Set<String> BEFORE_RELATION =
      Set.of(
          "from",
          "join",
          "into",
          "update",
          "table",
          "only",
          "on",
          "references",
          "using",
          "view",
          "index",
          "sequence",
          "truncate",
          "copy",
          "lock",
          "analyze",
          "vacuum",
          "cluster",
          "like",
          "inherits",
          "of",
          "partition",
          "exists");

  private Mentions() {}

  /** Every name that stands where a relation's may. */
  public static Set<QualifiedName> relations(Statement statement) {
    Set<QualifiedName> names = new LinkedHashSet<>();
    for (List<Token> tokens : withBodies(statement)) {
      for (int i = 1; i < tokens.size(); i++) {
        if (precedesRelation(tokens, i - 1) && tokens.get(i).isIdentifier()) {
          new Words(tokens, i).name().ifPresent(names::add);
        }
      }
    }
    return names;
  }

  /** The same without the tables that are only written to, by INSERT. */
  public static Set<QualifiedName> reads(Statement statement) {
    Set<QualifiedName> names = new LinkedHashSet<>();
    for (List<Token> tokens : withBodies(statement)) {
      for (int i = 1; i < tokens.size(); i++) {
        boolean target = i > 1 && tokens.get(i - 1).is("into") && tokens.get(i - 2).is("insert");
        if (!target && precedesRelation(tokens, i - 1) && tokens.get(i).isIdentifier()) {
          new Words(tokens, i).name().ifPresent(names::add);
        }
      }
    }
    return names;
  }

  /** The tables that foreign keys of the statement reference. */
  public static Set<QualifiedName> referencedTables(Statement statement) {
    Set<QualifiedName> names = new LinkedHashSet<>();
    List<Token> tokens = statement.tokens();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).is("references")) {
        Optional<QualifiedName> name = new Words(tokens, i + 1).name();
        name.ifPresent(names::add);
      }
    }
    return names;
  }

  private static boolean precedesRelation(List<Token> tokens, int index) {
    Token token = tokens.get(index);
    if (token.isMark(",")) {
      return true;
    }
    return token.kind() == TokenKind.WORD && BEFORE_RELATION.contains(token.identifier());
  }

  private static List<List<Token>> withBodies(Statement statement) {
    List<List<Token>> all = new ArrayList<>();
    all.add(statement.tokens());
    for (Body body : Bodies.of(statement)) {
      all.add(Tokens.of(statement.source(), body.contentStart(), body.contentEnd()));
    }
    return all;
  }
}
