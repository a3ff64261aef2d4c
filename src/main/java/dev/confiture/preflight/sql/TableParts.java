package dev.confiture.preflight.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The parts of a CREATE TABLE or ALTER TABLE that can be left out of it: columns, constraints and
 * actions, the constraints that are written with a column, and the clauses behind the columns.
 *
 * <p>Only the server knows whether a statement without some of them is one: a part that is cut in
 * the wrong place makes a statement that the server refuses.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createtable.html">CREATE TABLE</a>
 */
public final class TableParts {

  /** Words that begin a clause behind the parentheses of CREATE TABLE. */
  private static final Set<String> CLAUSES =
      Set.of("inherits", "partition", "using", "with", "without", "on", "tablespace");

  private final List<Part> parts = new ArrayList<>();
  private final List<Span> commas = new ArrayList<>();
  private int elements;
  private boolean alters;

  private TableParts() {}

  /**
   * One part.
   *
   * @param span its place in the text
   * @param kind its kind
   * @param element the number, from 0, of the column, constraint or action that it is or stands in;
   *     -1 for a clause
   * @param tokens its text
   */
  public record Part(Span span, Kind kind, int element, List<Token> tokens) {
    public Part {
      tokens = List.copyOf(tokens);
    }

    /** Returns true for a column, constraint or action as a whole. */
    public boolean isWhole() {
      return kind == Kind.ELEMENT;
    }
  }

  /** A kind of part. */
  public enum Kind {
    /** A column, a constraint of the table, or an action. */
    ELEMENT,
    /** A constraint that is written with a column. */
    COLUMN_CONSTRAINT,
    /** A clause behind the columns. */
    CLAUSE
  }

  /** Returns the parts of a statement; none for another one than CREATE TABLE and ALTER TABLE. */
  public static TableParts of(Statement statement) {
    TableParts parts = new TableParts();
    if (statement.is(0, "create")) {
      parts.ofCreate(statement.tokens());
    } else {
      parts.alters = true;
      AlterTableAction.of(statement).forEach(action -> parts.action(action.tokens()));
      parts.noteCommas(statement.tokens());
    }
    return parts;
  }

  /** Returns the parts: each element before what is written inside it, then the clauses. */
  public List<Part> all() {
    return List.copyOf(parts);
  }

  /** Returns true if nothing is left for the statement to do without these parts. */
  public boolean nothingWithout(Collection<Part> out) {
    return alters && parts.stream().filter(Part::isWhole).allMatch(out::contains);
  }

  /** Returns what is not sent where these parts are left out: they and the commas around them. */
  public Set<Span> without(Collection<Part> out) {
    Set<Span> spans = new LinkedHashSet<>();
    Set<Integer> gone = new HashSet<>();
    for (Part part : out) {
      spans.add(part.span());
      if (part.isWhole()) {
        gone.add(part.element());
      }
    }
    int last = elements - 1;
    while (last >= 0 && gone.contains(last)) {
      last--;
    }
    for (int i = 0; i < commas.size(); i++) {
      // A comma stays behind each element that stays, but for the last one of these.
      if (gone.contains(i) || i >= last) {
        spans.add(commas.get(i));
      }
    }
    return spans;
  }

  /**
   * Returns true if these parts say what the table is: one that is not partitioned by its key is
   * another table, which no later statement is written for.
   */
  public boolean isAnotherTableWithout(Collection<Part> out) {
    return out.stream()
        .anyMatch(part -> part.kind() == Kind.CLAUSE && part.tokens().getFirst().is("partition"));
  }

  /** Returns the parts by which the table gets the columns of another one. */
  public List<Part> columnsOfOthers() {
    return parts.stream()
        .filter(
            part -> part.tokens().getFirst().is("like") || part.tokens().getFirst().is("inherits"))
        .toList();
  }

  private void ofCreate(List<Token> tokens) {
    TokenReader words = new TokenReader(tokens, 1);
    boolean more = true;
    while (more) {
      more =
          words.take("global")
              || words.take("local")
              || words.take("temp")
              || words.take("temporary")
              || words.take("unlogged")
              || words.take("foreign");
    }
    if (!words.take("table")) {
      return;
    }
    words.ifNotExists();
    boolean named = words.name().isPresent();
    if (words.takeAll("partition", "of") || words.take("of")) {
      named &= words.name().isPresent();
    }
    if (!named || !words.isMark("(")) {
      return;
    }
    int open = words.index();
    int close = words.afterParentheses();
    List<Token> behind = tokens.subList(close, tokens.size());
    if (behind.stream().anyMatch(token -> token.is("as"))) {
      return;
    }
    List<Token> inside = tokens.subList(open + 1, Math.max(open + 1, close - 1));
    for (List<Token> element : AlterTableAction.commaSeparated(inside)) {
      element(element, 0);
    }
    noteCommas(inside);
    clauses(behind);
  }

  private void action(List<Token> tokens) {
    TokenReader words = new TokenReader(tokens);
    if (words.take("add")) {
      words.take("column");
      words.ifNotExists();
      element(tokens, words.index());
    } else {
      add(tokens, Kind.ELEMENT, elements++);
    }
  }

  /** Adds a column or constraint whose own text begins at {@code from}. */
  private void element(List<Token> tokens, int from) {
    if (tokens.isEmpty()) {
      return;
    }
    int number = elements++;
    add(tokens, Kind.ELEMENT, number);
    boolean column = from < tokens.size() && !TableElements.beginsConstraint(tokens.get(from));
    if (column) {
      columnConstraints(tokens, from + 1, number);
    }
  }

  private void columnConstraints(List<Token> tokens, int from, int element) {
    int depth = 0;
    int start = -1;
    for (int i = from; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (depth == 0 && startsConstraint(tokens, i)) {
        if (start >= 0) {
          add(tokens.subList(start, i), Kind.COLUMN_CONSTRAINT, element);
        }
        start = i;
        // CONSTRAINT name CHECK …: one constraint; the first word of a default begins none.
        i += token.is("constraint") ? 2 : 0;
        i += i < tokens.size() && tokens.get(i).is("default") ? 1 : 0;
      }
      if (i < tokens.size()) {
        depth += nesting(tokens.get(i));
      }
    }
    if (start >= 0) {
      add(tokens.subList(start, tokens.size()), Kind.COLUMN_CONSTRAINT, element);
    }
  }

  /** Returns 1 where something is opened, -1 where it is closed: CASE … END too. */
  private static int nesting(Token token) {
    return token.is("case") ? 1 : token.is("end") ? -1 : token.bracket();
  }

  private static boolean startsConstraint(List<Token> tokens, int at) {
    Token token = tokens.get(at);
    Token before = tokens.get(at - 1);
    if (token.kind() != Token.Kind.WORD || before.isMark(".")) {
      return false;
    }
    return switch (token.identifier()) {
      case "constraint", "check", "generated", "unique", "primary", "references", "collate" -> true;
      case "not" -> at + 1 < tokens.size() && tokens.get(at + 1).is("null");
      case "null" -> !before.is("not") && !before.is("set");
      case "default" -> !before.is("set") && !before.is("by");
      case "storage", "compression" -> true;
      default -> false;
    };
  }

  private void clauses(List<Token> tokens) {
    int depth = 0;
    int start = -1;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (depth == 0 && token.kind() == Token.Kind.WORD && CLAUSES.contains(token.identifier())) {
        if (start >= 0) {
          add(tokens.subList(start, i), Kind.CLAUSE, -1);
        }
        start = i;
      }
      depth += token.parenthesis();
    }
    if (start >= 0) {
      add(tokens.subList(start, tokens.size()), Kind.CLAUSE, -1);
    }
  }

  private void add(List<Token> tokens, Kind kind, int element) {
    parts.add(new Part(span(tokens), kind, element, tokens));
  }

  private static Span span(List<Token> tokens) {
    return new Span(tokens.getFirst().start(), tokens.getLast().end());
  }

  /** Notes the commas between the elements. */
  private void noteCommas(List<Token> tokens) {
    if (parts.isEmpty()) {
      return;
    }
    int first = parts.getFirst().span().start();
    int depth = 0;
    for (Token token : tokens) {
      depth += token.bracket();
      if (depth == 0 && token.isMark(",") && token.start() > first) {
        commas.add(new Span(token.start(), token.end()));
      }
    }
  }
}
