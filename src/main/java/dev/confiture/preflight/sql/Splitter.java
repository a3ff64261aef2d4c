package dev.confiture.preflight.sql;

import dev.confiture.preflight.sql.Piece.CopyData;
import dev.confiture.preflight.sql.Piece.MetaCommand;
import dev.confiture.preflight.sql.Piece.Trivia;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits a script where psql does ({@code psqlscan.l}): at semicolons outside parentheses, strings
 * and {@code BEGIN ATOMIC} bodies. The data lines after a {@code COPY … FROM stdin} and psql's
 * commands are pieces of their own.
 */
final class Splitter {

  /** The commands whose arguments are the rest of their line, backslashes included. */
  private static final Set<String> TAKE_WHOLE_LINE = Set.of("!", "copy", "h", "help");

  private final SourceText source;
  private final int limit;
  private final Lexer lexer;
  private final List<Piece> pieces = new ArrayList<>();
  private List<Token> tokens = new ArrayList<>();
  private final StandardConformingStrings backslashes;
  private int trivia;
  private int depth;
  private AtomicBody body;

  /** The COPY statements of one line, whose data begin on the next. */
  private final List<Statement> copies = new ArrayList<>();

  private final boolean oneMessage;

  /** The line that was looked up last: one line may hold any number of commands. */
  private int lineFrom;

  private int lineTo;
  private int stopOf;
  private int stopAt;

  private Splitter(SourceText source, int start, int end, boolean oneMessage, boolean escape) {
    this.source = source;
    this.backslashes = new StandardConformingStrings(escape);
    this.oneMessage = oneMessage;
    this.body = new AtomicBody(oneMessage);
    this.limit = end;
    this.trivia = start;
    this.lexer =
        new Lexer(source, start == 0 && source.hasByteOrderMark() ? 1 : start, end, oneMessage);
  }

  /** Makes a splitter for a text whose statements reach the server one by one. */
  static Splitter ofStatements(SourceText source) {
    return new Splitter(source, 0, source.length(), false, false);
  }

  /** Makes a splitter for a part of a text that reaches the server as one message. */
  static Splitter ofMessage(SourceText source, int start, int end) {
    return new Splitter(source, start, end, true, false);
  }

  /** Makes a splitter for such a text where {@code standard_conforming_strings} is off. */
  static Splitter ofMessageWithEscapes(SourceText source) {
    return new Splitter(source, 0, source.length(), true, true);
  }

  List<Piece> split() {
    statements();
    while (!copies.isEmpty()) {
      copyData();
      statements();
    }
    trivia(limit);
    return pieces;
  }

  /** Reads statements and commands up to the lexer's end. */
  private void statements() {
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
        continue;
      }
      if (tokens.isEmpty()) {
        trivia(token.start());
      }
      depth = Math.max(0, depth + token.parenthesis());
      tokens.add(token);
      body.follow(tokens);
    }
    if (!tokens.isEmpty()) {
      statement(tokens.getLast().end());
    }
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
    if (!oneMessage) {
      backslashes.after(statement);
    }
    trivia = end;
    tokens = new ArrayList<>();
    body = new AtomicBody(oneMessage);
    depth = 0;
    if (statement.isCopyFromStdin()) {
      copies.add(statement);
      lexer.readTo(lineEnd(lexer.offset()));
    }
  }

  /** Reads the data of the line's COPY statements, one after the other, up to the last's end. */
  private void copyData() {
    trivia(lexer.offset());
    copies.forEach(this::copyData);
    copies.clear();
    lexer.readTo(limit);
    lexer.skipTo(trivia);
  }

  private void copyData(Statement copy) {
    int start = trivia;
    int line = start;
    while (line < limit) {
      int next = lineEnd(line);
      if (isEndOfData(line, next)) {
        pieces.add(new CopyData(copy, start, next, source.substring(start, line)));
        trivia = next;
        return;
      }
      line = next;
    }
    pieces.add(new CopyData(copy, start, limit, source.substring(start, limit)));
    trivia = limit;
  }

  private boolean isEndOfData(int line, int next) {
    return beforeLineEnd(line, next) == line + 2
        && source.codePointAt(line) == '\\'
        && source.codePointAt(line + 1) == '.';
  }

  /** Reads a psql command; inside a statement, one such as {@code \gexec} ends it. */
  private void backslash() {
    int start = lexer.offset();
    if (!tokens.isEmpty()) {
      statement(tokens.getLast().end());
    }
    trivia(start);
    int stop = commandsEnd(start);
    int nameEnd = start + 1;
    // SQL goes on behind \; and \:
    boolean joins = nameEnd < stop && ";:".indexOf(source.codePointAt(nameEnd)) >= 0;
    nameEnd += joins ? 1 : 0;
    while (!joins
        && nameEnd < stop
        && !Character.isWhitespace(source.codePointAt(nameEnd))
        && source.codePointAt(nameEnd) != '\\') {
      nameEnd++;
    }
    String name = source.substring(start + 1, nameEnd);
    int end = joins ? nameEnd : TAKE_WHOLE_LINE.contains(name) ? stop : argumentsEnd(nameEnd, stop);
    pieces.add(new MetaCommand(start, end, name));
    trivia = end;
    lexer.skipTo(end);
    if (name.equals("copy") && !oneMessage) {
      copy(start + 1, end);
    }
  }

  /** Reads psql's own COPY, whose data follow where they come from its input. */
  private void copy(int start, int end) {
    Statement copy = new Statement(source, start, end, Lexer.tokens(source, start, end));
    if (copy.isCopyFromStdin()) {
      copies.add(copy);
      lexer.readTo(lineEnd(end));
    }
  }

  /**
   * Returns the end of a command's arguments: a backslash outside quotes begins the next command,
   * and two of them lead back to SQL.
   */
  private int argumentsEnd(int from, int stop) {
    int quote = 0;
    for (int at = from; at < stop; at++) {
      int c = source.codePointAt(at);
      if (c == '\\' && quote == 0) {
        return at + 1 < stop && source.codePointAt(at + 1) == '\\' ? at + 2 : at;
      }
      if (c == '\\' && quote == '\'') {
        at++;
      } else if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"' || c == '`')) {
        quote = c;
      }
    }
    return stop;
  }

  /** Returns the end of the line that a command stands in, without its line break. */
  private int commandsEnd(int start) {
    int line = lineEnd(start);
    if (line != stopOf) {
      stopOf = line;
      stopAt = beforeLineEnd(start, line);
    }
    return Math.max(start + 1, stopAt);
  }

  /** Returns the end of a line without its line break. */
  private int beforeLineEnd(int start, int end) {
    int stop = end;
    while (stop > start && isLineEnd(source.codePointAt(stop - 1))) {
      stop--;
    }
    return stop;
  }

  private int lineEnd(int from) {
    if (from < lineFrom || from >= lineTo) {
      int at = from;
      while (at < limit && source.codePointAt(at) != '\n') {
        at++;
      }
      lineFrom = from;
      lineTo = Math.min(at + 1, limit);
    }
    return lineTo;
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }

  /**
   * Follows the {@code BEGIN ATOMIC … END} body of a <a
   * href="https://www.postgresql.org/docs/current/sql-createfunction.html">CREATE FUNCTION</a>,
   * whose semicolons end no statement.
   *
   * <p>psql counts words: {@code begin} and {@code case} against {@code end}, outside parentheses,
   * even where they name columns. The server knows that each statement in it ends in a semicolon,
   * so that {@code END} ends it only behind one, or where there is none.
   */
  private static final class AtomicBody {

    private final boolean asServer;
    private int depth;
    private int parentheses;

    AtomicBody(boolean asServer) {
      this.asServer = asServer;
    }

    boolean isOpen() {
      return depth > 0;
    }

    /** Takes account of the newest token of a statement. */
    void follow(List<Token> tokens) {
      Token token = tokens.getLast();
      parentheses = Math.max(0, parentheses + token.parenthesis());
      if (parentheses > 0 || tokens.size() < 5) {
        return;
      }
      Token before = tokens.get(tokens.size() - 2);
      if (depth == 0) {
        depth = token.is("atomic") && before.is("begin") && makesRoutine(tokens) ? 1 : 0;
      } else if (asServer) {
        depth = token.is("end") && (before.isMark(";") || before.is("atomic")) ? 0 : 1;
      } else if (token.is("case") || token.is("begin")) {
        depth++;
      } else if (token.is("end")) {
        depth--;
      }
    }

    private static boolean makesRoutine(List<Token> tokens) {
      if (!tokens.getFirst().is("create")) {
        return false;
      }
      int at = tokens.get(1).is("or") && tokens.get(2).is("replace") ? 3 : 1;
      return tokens.get(at).is("function") || tokens.get(at).is("procedure");
    }
  }
}
