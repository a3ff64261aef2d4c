package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The quoted body of a DO block, a function or a procedure.
 *
 * @param openingOffset the offset of its opening quote: PL/pgSQL counts lines from the one that
 *     holds it
 * @param contentStart the offset of the body's first code point
 * @param contentEnd the offset after its last
 * @param text the body as written
 */
public record RoutineBody(int openingOffset, int contentStart, int contentEnd, String text) {

  private static final List<String> BRANCHING =
      List.of("if", "case", "loop", "exit", "return", "exception");

  /** Returns the bodies of a DO, CREATE FUNCTION or CREATE PROCEDURE in order, else none. */
  public static List<RoutineBody> of(Statement statement) {
    boolean block = statement.is(0, "do");
    if (!block && !statement.is(0, "create")) {
      return List.of();
    }
    List<RoutineBody> bodies = new ArrayList<>();
    List<Token> tokens = statement.tokens();
    for (int i = 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean string =
          token.kind() == Token.Kind.DOLLAR_STRING || token.kind() == Token.Kind.STRING;
      if (string && (block ? !tokens.get(i - 1).is("language") : tokens.get(i - 1).is("as"))) {
        bodies.add(in(token));
      }
    }
    return bodies;
  }

  /** Returns what the bodies of a statement say, that of BEGIN ATOMIC among them. */
  public static List<Literal> values(Statement statement) {
    List<Token> tokens = statement.tokens();
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.get(i).is("atomic") && tokens.get(i - 1).is("begin")) {
        int start = tokens.get(i).end();
        return List.of(Literal.of(statement.source(), start, tokens.getLast().start()));
      }
    }
    return values(tokens);
  }

  /** Returns what the bodies in these tokens say: of a DO block, or behind AS. */
  public static List<Literal> values(List<Token> tokens) {
    List<Literal> values = new ArrayList<>();
    boolean block = tokens.getFirst().is("do");
    for (int i = 1; i < tokens.size(); i++) {
      Token before = tokens.get(i - 1);
      if (block ? !before.is("language") : before.is("as")) {
        Literal value = Literal.of(tokens, i);
        if (value.length() > 0) {
          values.add(value);
        }
      }
    }
    return values;
  }

  /**
   * The name of a function or procedure as it is written, and how many arguments it takes: those
   * that it returns do not count.
   */
  public record Signature(QualifiedName name, int arguments) {}

  /** Returns the signature of a CREATE FUNCTION or CREATE PROCEDURE. */
  public static Optional<Signature> signature(Statement statement) {
    TokenReader words = new TokenReader(statement.tokens());
    if (!words.take("create")) {
      return Optional.empty();
    }
    words.takeAll("or", "replace");
    if (!words.take("function") && !words.take("procedure")) {
      return Optional.empty();
    }
    Optional<QualifiedName> name = words.name();
    List<Token> tokens = statement.tokens();
    int depth = 0;
    int arguments = 0;
    for (int i = words.index(); i < tokens.size() && (depth > 0 || i == words.index()); i++) {
      Token token = tokens.get(i);
      boolean first =
          depth == 1 && (tokens.get(i - 1).isMark(",") || tokens.get(i - 1).isMark("("));
      depth += token.parenthesis();
      arguments += first && depth == 1 && !token.is("out") ? 1 : 0;
    }
    int taken = arguments;
    return name.map(n -> new Signature(n, taken));
  }

  /** Returns true if the body of a DO block may leave out a part of itself, or repeat one. */
  public static boolean branches(Statement block) {
    return of(block).stream()
        .flatMap(
            body -> Lexer.tokens(block.source(), body.contentStart(), body.contentEnd()).stream())
        .anyMatch(token -> BRANCHING.stream().anyMatch(token::is));
  }

  private static RoutineBody in(Token string) {
    String text = string.text();
    boolean dollar = string.kind() == Token.Kind.DOLLAR_STRING;
    int open = dollar ? text.indexOf('$', 1) + 1 : text.indexOf('\'') + 1;
    int close = dollar ? text.length() - open : text.length() - 1;
    int prefix = text.codePointCount(0, open);
    int suffix = text.codePointCount(close, text.length());
    return new RoutineBody(
        string.start(),
        string.start() + prefix,
        string.end() - suffix,
        text.substring(open, close));
  }
}
