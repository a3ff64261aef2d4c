package dev.confiture.preflight.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a script where psql would (psql's {@code psqlscan.l}): at semicolons outside parentheses,
 * strings and {@code BEGIN ATOMIC} bodies; data lines after {@code COPY … FROM stdin} and backslash
 * commands are pieces of their own.
 */
final class Splitter {

  private final SourceText source;
  private final Lexer lexer;
  private final List<Piece> pieces = new ArrayList<>();
  private List<Token> tokens = new ArrayList<>();
  private final Backslashes backslashes = new Backslashes();
  private int trivia;
  private int depth;
  private AtomicBody body = new AtomicBody();

  Splitter(SourceText source) {
    this.source = source;
    this.lexer = new Lexer(source, source.hasByteOrderMark() ? 1 : 0, source.length());
  }

  List<Piece> split() {
    while (lexer.hasNext()) {
      if (source.codePointAt(lexer.offset()) == '\\') {
        backslash();
        continue;
      }
      Token token = lexer.next(backslashes.escape());
      if (token.isTrivia()) {
        continue;
      }
      if (token.isMark(";") && depth == 0 && !body.isOpen()) {
        if (!tokens.isEmpty()) {
          statement(token.end());
        }
        depth = 0;
        continue;
      }
      if (tokens.isEmpty()) {
        trivia(token.start());
      }
      depth = token.isMark("(") ? depth + 1 : token.isMark(")") ? Math.max(0, depth - 1) : depth;
      tokens.add(token);
      body.follow(tokens);
    }
    if (!tokens.isEmpty()) {
      statement(tokens.getLast().end());
    }
    trivia(source.length());
    return pieces;
  }

  private void trivia(int end) {
    if (end > trivia) {
      pieces.add(new Trivia(trivia, end));
      trivia = end;
    }
  }

  private void statement(int end) {
    Statement statement = new Statement(source, tokens.getFirst().start(), end, tokens);
    pieces.add(statement);
    backslashes.after(statement);
    trivia = end;
    tokens = new ArrayList<>();
    body = new AtomicBody();
    depth = 0;
    if (statement.isCopyFromStdin()) {
      copyData();
    }
  }

  /** The data begins on the line after the statement. */
  private void copyData() {
    int start = lineEnd(trivia);
    trivia(start);
    int line = start;
    while (line < source.length()) {
      int next = lineEnd(line);
      if (isEndOfData(line, next)) {
        pieces.add(new CopyData(start, next, source.substring(start, line)));
        trivia = next;
        lexer.skipTo(next);
        return;
      }
      line = next;
    }
    pieces.add(new CopyData(start, source.length(), source.substring(start, source.length())));
    trivia = source.length();
    lexer.skipTo(source.length());
  }

  private boolean isEndOfData(int line, int next) {
    return next - line >= 2
        && source.codePointAt(line) == '\\'
        && source.codePointAt(line + 1) == '.'
        && source.substring(line, next).strip().equals("\\.");
  }

  /** A command of psql's; inside a statement one such as {@code \gexec} ends it. */
  private void backslash() {
    int start = lexer.offset();
    if (!tokens.isEmpty()) {
      statement(tokens.getLast().end());
      if (lexer.offset() != start) {
        return;
      }
    }
    trivia(start);
    int end = lineEnd(start);
    int stop = end;
    while (stop > start && isLineEnd(source.codePointAt(stop - 1))) {
      stop--;
    }
    int nameEnd = start + 1;
    while (nameEnd < stop
        && !Character.isWhitespace(source.codePointAt(nameEnd))
        && source.codePointAt(nameEnd) != '\\') {
      nameEnd++;
    }
    pieces.add(new MetaCommand(start, stop, source.substring(start + 1, nameEnd)));
    trivia = stop;
    lexer.skipTo(stop);
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < source.length() && source.codePointAt(at) != '\n') {
      at++;
    }
    return Math.min(at + 1, source.length());
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }
}
