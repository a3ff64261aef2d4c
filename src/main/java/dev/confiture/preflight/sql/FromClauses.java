package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the places of a token sequence where a relation's name stands, by the words before it. */
final class FromClauses {

  /** Behind these a list of relations stands, in which commas part one from the next. */
  private static final Set<String> LISTS =
      Set.of("from", "using", "truncate", "table", "lock", "vacuum", "analyze", "view", "sequence");

  /** Behind these a single relation stands. */
  private static final Set<String> SINGLE =
      Set.of(
          "join",
          "into",
          "update",
          "on",
          "references",
          "index",
          "copy",
          "cluster",
          "like",
          "inherits",
          "of",
          "partition");

  /** Between such a word and the name. */
  private static final Set<String> BETWEEN =
      Set.of("if", "not", "exists", "only", "concurrently", "lateral", "table", "materialized");

  /** They end a list of relations, and are no alias. */
  private static final Set<String> CLAUSES =
      Set.of(
          "select",
          "where",
          "group",
          "order",
          "having",
          "limit",
          "offset",
          "fetch",
          "window",
          "union",
          "intersect",
          "except",
          "set",
          "returning",
          "values",
          "for",
          "with",
          "when",
          "as",
          "by",
          "add",
          "alter",
          "drop",
          "rename",
          "owner",
          "enable",
          "disable",
          "validate",
          "attach",
          "detach");

  /** Other words behind a relation that are no alias of it. */
  private static final Set<String> NO_ALIAS =
      Set.of(
          "using",
          "inner",
          "left",
          "right",
          "full",
          "cross",
          "natural",
          "cascade",
          "restrict",
          "to",
          "is",
          "and",
          "or",
          "then",
          "loop",
          "default",
          "overriding",
          "tablesample",
          "in",
          "force",
          "replica",
          "inherit",
          "no",
          "from");

  /** The words behind ON that are no relation. */
  private static final Set<String> ACTIONS = Set.of("conflict", "delete", "update", "commit");

  /** The clauses that are open at one depth of parentheses. */
  private static final class Level {
    private boolean query;
    private boolean list;
    private boolean from;
    private boolean reads;
    private boolean join;
    private boolean target;

    Level(boolean query, boolean list) {
      this.query = query;
      this.list = list;
    }
  }

  private final List<Token> tokens;
  private final List<Mention> mentions = new ArrayList<>();
  private final Deque<Level> levels = new ArrayDeque<>();
  private boolean expecting;
  private boolean reading;

  private FromClauses(List<Token> tokens) {
    this.tokens = tokens;
    levels.push(new Level(true, false));
  }

  static List<Mention> of(List<Token> tokens) {
    FromClauses clauses = new FromClauses(tokens);
    int at = 0;
    while (at < tokens.size()) {
      at = clauses.read(at);
    }
    return clauses.mentions;
  }

  /** Reads one token, or a relation's whole name with its alias; gives what comes next. */
  private int read(int at) {
    Token token = tokens.get(at);
    if (token.isMark("(")) {
      // A join may stand in parentheses of its own.
      boolean reads = reading;
      levels.push(new Level(false, expecting && levels.element().list));
      levels.element().reads = reads;
    } else if (token.isMark(")")) {
      close();
    } else if (token.isMark(",")) {
      expecting = levels.element().list;
      reading = levels.element().reads;
    } else if (token.isMark(";")) {
      levels.element().list = false;
      expecting = false;
    } else if (isColumn(at)) {
      return tableOfColumn(at);
    } else if (expecting && token.isIdentifier() && !isBetween(token)) {
      if (!startsClause(token)) {
        return name(at);
      }
      keyword(at);
    } else if (token.kind() == Token.Kind.WORD) {
      keyword(at);
    }
    return at + 1;
  }

  private void close() {
    if (levels.size() > 1) {
      levels.pop();
    }
    expecting = false;
  }

  private void keyword(int at) {
    Level level = levels.element();
    String word = tokens.get(at).identifier();
    level.query |= word.equals("select") || word.equals("delete");
    level.target |= word.equals("delete") || word.equals("merge");
    level.join |= word.equals("join");
    level.from = LISTS.contains(word) ? word.equals("from") : level.from;
    if (CLAUSES.contains(word)) {
      level.list = false;
      expecting = false;
    } else if (LISTS.contains(word)) {
      expecting = isList(at, word, level);
      level.list |= expecting;
      level.reads = word.equals("from") || word.equals("using");
      reading = level.reads;
    } else if (SINGLE.contains(word)) {
      expecting = !word.equals("on") || isOnRelation(at, level);
      reading =
          word.equals("join")
              || word.equals("update")
              || (word.equals("into") && at > 0 && tokens.get(at - 1).is("merge"));
    }
  }

  /**
   * Returns true if relations follow: not in EXTRACT(year FROM …), IS DISTINCT FROM …, JOIN … USING
   * (…), TYPE … USING ….
   */
  private boolean isList(int at, String word, Level level) {
    return switch (word) {
      case "from" -> level.query && !(at > 0 && tokens.get(at - 1).is("distinct"));
      case "using" -> level.target;
      default -> true;
    };
  }

  /** Returns true if a relation follows ON: not the condition of a join, ON CONFLICT, ON DELETE. */
  private boolean isOnRelation(int at, Level level) {
    boolean condition = level.join;
    level.join = false;
    return !condition
        && at + 1 < tokens.size()
        && !ACTIONS.contains(tokens.get(at + 1).identifier())
        && !isKind(at + 1);
  }

  /**
   * Returns true for COMMENT ON TYPE, GRANT … ON SCHEMA: a relation's kind is a word before its
   * name anyway.
   */
  private boolean isKind(int at) {
    TokenReader words = new TokenReader(tokens, at);
    return (KindWords.take(words).isPresent()
            && words.peek().filter(Token::isIdentifier).isPresent())
        || tokens.get(at).is("constraint");
  }

  private boolean isColumn(int at) {
    return at > 0 && tokens.get(at).is("column") && tokens.get(at - 1).is("on");
  }

  /** Reads {@code COMMENT ON COLUMN table.column}, where all but the last part is the relation. */
  private int tableOfColumn(int at) {
    int end = at + 1;
    while (end + 1 < tokens.size() && tokens.get(end + 1).isMark(".")) {
      end += 2;
    }
    if (end > at + 2) {
      new TokenReader(tokens.subList(at + 1, end - 1))
          .name()
          .ifPresent(name -> mentions.add(new Mention(name, Optional.empty(), false)));
    }
    expecting = false;
    return end + 1;
  }

  private int name(int at) {
    TokenReader words = new TokenReader(tokens, at);
    Optional<QualifiedName> name = words.name();
    expecting = false;
    boolean function = levels.element().list && levels.element().from && words.isMark("(");
    if (name.isPresent() && !function) {
      mentions.add(new Mention(name.get(), alias(words), reading));
    }
    return words.index();
  }

  private static Optional<String> alias(TokenReader words) {
    boolean as = words.take("as");
    return words
        .peek()
        .filter(token -> token.isIdentifier() && (as || !isReserved(token)))
        .map(Token::identifier);
  }

  private static boolean isBetween(Token token) {
    return token.kind() == Token.Kind.WORD && BETWEEN.contains(token.identifier());
  }

  private static boolean startsClause(Token token) {
    return token.kind() == Token.Kind.WORD
        && (CLAUSES.contains(token.identifier()) || SINGLE.contains(token.identifier()));
  }

  private static boolean isReserved(Token token) {
    return startsClause(token)
        || (token.kind() == Token.Kind.WORD && NO_ALIAS.contains(token.identifier()));
  }

  /**
   * A place where a statement names a relation.
   *
   * @param alias what the statement calls it elsewhere, if it says so
   * @param read true if its rows are read: behind FROM, JOIN, USING, UPDATE or MERGE INTO
   */
  record Mention(QualifiedName relation, Optional<String> alias, boolean read) {

    /** Returns true if a column's qualifier means this relation. */
    boolean isMeantBy(String qualifier) {
      return alias.orElse(relation.name()).equals(qualifier);
    }
  }
}
