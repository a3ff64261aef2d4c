package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The <a href="https://www.postgresql.org/docs/current/plpgsql-control-structures.html">call
 * stack</a> of an error. Only names and numbers are read of it, since its words are localised.
 *
 * @param frames the innermost first
 */
record CallStack(List<Frame> frames) {

  private static final String INLINE = "inline_code_block";
  private static final String COPY = "COPY ";

  /** One line of it, or more where it quotes a command. */
  sealed interface Frame {

    /** A line of a DO block. */
    record Block(int line) implements Frame {}

    /**
     * A line of a function's body, or a statement of one that is written in SQL.
     *
     * @param name with its schema where the search path does not lead to it
     * @param arguments how many it takes; -1 where that is not told
     * @param number the line, or the statement in a body of SQL; 0 where it is not told
     */
    record Routine(QualifiedName name, int arguments, int number, boolean ofStatements)
        implements Frame {}

    /**
     * A row that COPY reads.
     *
     * @param text the line of the stack, from the relation's name on
     */
    record Row(String text) implements Frame {}
  }

  static CallStack of(ServerError error) {
    List<Frame> frames = new ArrayList<>();
    boolean quoted = false;
    for (String line : error.where().orElse("").lines().toList()) {
      boolean odd = line.chars().filter(c -> c == '"').count() % 2 == 1;
      if (!quoted) {
        quoted = odd && !line.endsWith("\"");
        if (!quoted || line.startsWith(COPY)) {
          read(line, frames);
        }
      } else if (line.endsWith("\"")) {
        quoted = false;
      }
    }
    return new CallStack(frames);
  }

  /** Returns the token that calls the outermost function, where these do. */
  Optional<Token> call(List<Token> tokens) {
    for (Frame frame : frames.reversed()) {
      if (frame instanceof Frame.Routine routine) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
          Token token = tokens.get(i);
          if (token.isIdentifier()
              && token.identifier().equals(routine.name().name())
              && tokens.get(i + 1).isMark("(")) {
            return Optional.of(token);
          }
        }
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static void read(String line, List<Frame> frames) {
    int inline = line.indexOf(INLINE);
    int quote = line.indexOf('"');
    int open = line.indexOf('(');
    if (line.startsWith(COPY)) {
      frames.add(new Frame.Row(line.substring(COPY.length())));
    } else if (inline >= 0 && (quote < 0 || inline < quote)) {
      frames.add(new Frame.Block(number(line, inline + INLINE.length())));
    } else if (quote >= 0 && line.endsWith("\"")) {
      // It quotes a command: the frame that ran it follows.
    } else if (open > 0 && (quote < 0 || open < quote)) {
      String name = line.substring(line.lastIndexOf(' ', open) + 1, open);
      routine(QualifiedName.ofMessage(name), line, open).ifPresent(frames::add);
    } else if (quote >= 0) {
      quotedRoutine(line, quote, schemaBefore(line, quote)).ifPresent(frames::add);
    }
  }

  /** Returns the schema before a quoted name: {@code shop."Total"}. */
  private static Optional<String> schemaBefore(String line, int quote) {
    int dot = quote - 1;
    return dot > 0 && line.charAt(dot) == '.'
        ? Optional.of(line.substring(line.lastIndexOf(' ', dot) + 1, dot))
        : Optional.empty();
  }

  private static Optional<Frame> routine(QualifiedName name, String line, int open) {
    int close = line.lastIndexOf(')');
    if (close < open) {
      return Optional.empty();
    }
    String types = line.substring(open + 1, close);
    int arguments = types.isBlank() ? 0 : types.split(",", -1).length;
    return Optional.of(new Frame.Routine(name, arguments, number(line, close + 1), false));
  }

  /**
   * Reads {@code PL/pgSQL function shop."Total"(integer) line 4 at …}, {@code SQL function "total"
   * statement 2}, and {@code compilation of PL/pgSQL function "total" near line 2}.
   */
  private static Optional<Frame> quotedRoutine(String line, int quote, Optional<String> schema) {
    StringBuilder name = new StringBuilder();
    int at = quote + 1;
    while (at < line.length() && (line.charAt(at) != '"' || line.startsWith("\"\"", at))) {
      at += line.charAt(at) == '"' ? 1 : 0;
      name.append(line.charAt(at++));
    }
    int behind = at + 1;
    if (behind + 1 < line.length() && line.charAt(behind) == '.') {
      // It was the schema.
      String of = name.toString();
      int open = line.indexOf('(', behind);
      return line.charAt(behind + 1) == '"'
          ? quotedRoutine(line, behind + 1, Optional.of(of))
          : open < 0
              ? Optional.empty()
              : routine(QualifiedName.of(of, line.substring(behind + 1, open)), line, open);
    }
    QualifiedName routine = new QualifiedName(schema, name.toString());
    if (behind < line.length() && line.charAt(behind) == '(') {
      return routine(routine, line, behind);
    }
    int number = number(line, behind);
    return Optional.of(
        routine.equals(QualifiedName.of(INLINE))
            ? new Frame.Block(number)
            : new Frame.Routine(routine, -1, number, line.startsWith("SQL ")));
  }

  /** Returns the first number in the text from an index on, 0 if there is none. */
  static int number(String text, int from) {
    int at = from;
    while (at < text.length() && !Character.isDigit(text.charAt(at))) {
      at++;
    }
    int number = 0;
    while (at < text.length() && Character.isDigit(text.charAt(at)) && number < 100_000_000) {
      number = number * 10 + Character.digit(text.charAt(at++), 10);
    }
    return number;
  }
}
