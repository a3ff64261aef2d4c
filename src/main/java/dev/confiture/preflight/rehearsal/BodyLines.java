package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.sql.RoutineBody;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;
import java.util.Optional;

/**
 * The place of an error that was raised while a DO block, or a function of the same file, ran.
 *
 * <p>The innermost frame of the <a
 * href="https://www.postgresql.org/docs/current/plpgsql-control-structures.html">call stack</a>
 * comes first. PL/pgSQL counts lines from the one that holds the body's opening quote. Only names
 * and numbers are read, since the words are localised.
 */
final class BodyLines {

  private static final String INLINE = "inline_code_block";

  private BodyLines() {}

  static Optional<Span> offsets(Script script, Statement failed, ServerError error) {
    for (String frame : error.where().orElse("").lines().toList()) {
      int inline = frame.indexOf(INLINE);
      if (inline >= 0) {
        Optional<RoutineBody> body = RoutineBody.of(failed).stream().findFirst();
        return body.flatMap(
            b -> at(script.source(), b, number(frame, inline + INLINE.length()), error));
      }
      Optional<RoutineBody> own = definedHere(script, failed, frame);
      if (own.isPresent()) {
        return at(script.source(), own.get(), number(frame, frame.lastIndexOf(')') + 1), error);
      }
    }
    return Optional.empty();
  }

  /**
   * Finds the body of the function that a frame names, if the file makes it before the statement.
   */
  private static Optional<RoutineBody> definedHere(Script script, Statement failed, String frame) {
    int open = frame.indexOf('(');
    if (open < 0) {
      return Optional.empty();
    }
    String before = frame.substring(0, open);
    String name = before.substring(before.lastIndexOf(' ') + 1);
    String bare = name.substring(name.lastIndexOf('.') + 1).replace("\"", "");
    Optional<RoutineBody> found = Optional.empty();
    for (Statement statement : script.statements()) {
      if (statement.start() > failed.start()) {
        break;
      }
      if (statement.tokens().getFirst().is("create") && makesFunction(statement, bare)) {
        found = RoutineBody.of(statement).stream().findFirst();
      }
    }
    return found;
  }

  private static boolean makesFunction(Statement statement, String name) {
    List<Token> tokens = statement.tokens();
    for (int i = 1; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).is("function") || tokens.get(i).is("procedure")) {
        int at = i + 1;
        while (at + 2 < tokens.size() && tokens.get(at + 1).text().equals(".")) {
          at += 2;
        }
        return tokens.get(at).isIdentifier() && tokens.get(at).identifier().equals(name);
      }
    }
    return false;
  }

  private static Optional<Span> at(
      SourceText source, RoutineBody body, int line, ServerError error) {
    if (line <= 0) {
      return Optional.empty();
    }
    int bodyLine = source.lineOf(body.openingOffset()) + line - 1;
    if (bodyLine > source.lineCount()) {
      return Optional.empty();
    }
    int start = source.lineStart(bodyLine);
    Optional<Span> inner = inInternalQuery(source, body, start, error);
    if (inner.isPresent()) {
      return inner;
    }
    int end = Math.min(start + codePoints(source.line(bodyLine)), body.contentEnd());
    while (start < end && Character.isWhitespace(source.codePointAt(start))) {
      start++;
    }
    return Optional.of(new Span(start, Math.max(start, end)));
  }

  /**
   * Finds the character that the internal position points at, where the internal query stands in
   * the file.
   */
  private static Optional<Span> inInternalQuery(
      SourceText source, RoutineBody body, int lineStart, ServerError error) {
    if (error.internalPosition() <= 0 || error.internalQuery().isEmpty()) {
      return Optional.empty();
    }
    int from = Math.max(lineStart, body.contentStart());
    String rest = source.substring(from, Math.max(from, body.contentEnd()));
    int found = rest.indexOf(error.internalQuery().get());
    if (found < 0) {
      return Optional.empty();
    }
    int start = from + rest.codePointCount(0, found) + error.internalPosition() - 1;
    int end = start;
    while (end < body.contentEnd() && isNamePart(source.codePointAt(end))) {
      end++;
    }
    return Optional.of(new Span(start, Math.max(end, start + 1)));
  }

  private static boolean isNamePart(int codePoint) {
    return Character.isLetterOrDigit(codePoint) || codePoint == '_';
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Returns the first number in the text from an index on, 0 if there is none. */
  private static int number(String text, int from) {
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
