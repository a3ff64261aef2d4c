package dev.confiture.preflight.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads the tokens of SQL text by PostgreSQL's <a
 * href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">lexical rules</a> ({@code
 * scan.l}).
 *
 * <p>The caller tells whether a backslash escapes in a plain {@code '…'}, since the statements
 * before decide that.
 */
final class Lexer {

  private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?";

  private final SourceText source;
  private final boolean asServer;
  private int end;
  private int at;

  /**
   * Makes one that starts at an offset.
   *
   * @param asServer true to read the text as the server does, where psql would read it line by
   *     line: a string of several lines has the escapes of its prefix in each
   */
  Lexer(SourceText source, int start, int end, boolean asServer) {
    this.source = source;
    this.at = start;
    this.end = end;
    this.asServer = asServer;
  }

  /**
   * Returns the tokens of a part of a text, without blanks and comments, under {@code
   * standard_conforming_strings = on}.
   */
  static List<Token> tokens(SourceText source, int start, int end) {
    List<Token> tokens = new ArrayList<>();
    Lexer lexer = new Lexer(source, start, end, false);
    while (lexer.hasNext()) {
      Token token = lexer.next(false);
      if (!token.isTrivia()) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  int offset() {
    return at;
  }

  boolean hasNext() {
    return at < end;
  }

  /** Continues at another offset. */
  void skipTo(int offset) {
    at = offset;
  }

  /** Moves the end of the text to read. */
  void readTo(int newEnd) {
    end = newEnd;
  }

  /** Reads the next token; {@code backslashes} is standard_conforming_strings = off. */
  Token next(boolean backslashes) {
    int start = at;
    Token.Kind kind = scan(backslashes);
    return new Token(kind, start, at, source.substring(start, at));
  }

  private Token.Kind scan(boolean backslashes) {
    int c = peek(0);
    if (isSpace(c)) {
      while (at < end && isSpace(peek(0))) {
        at++;
      }
      return Token.Kind.WHITESPACE;
    }
    if (c == '-' && peek(1) == '-') {
      while (at < end && peek(0) != '\n' && peek(0) != '\r') {
        at++;
      }
      return Token.Kind.COMMENT;
    }
    if (c == '/' && peek(1) == '*') {
      return blockComment();
    }
    if (c == '\'') {
      return string(backslashes);
    }
    if (c == '"') {
      return quotedIdentifier();
    }
    if (c == '$') {
      return dollar();
    }
    if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      return number();
    }
    if (isNameStart(c)) {
      return word(backslashes);
    }
    if (c == ':' && peek(1) == ':') {
      at += 2;
      return Token.Kind.PUNCTUATION;
    }
    if (",;()[].:".indexOf(c) >= 0) {
      at++;
      return Token.Kind.PUNCTUATION;
    }
    if (OPERATOR_CHARACTERS.indexOf(c) >= 0) {
      return operator();
    }
    at++;
    return Token.Kind.OPERATOR;
  }

  private Token.Kind word(boolean backslashes) {
    int c = peek(0);
    // E'…', N'…' (a plain string after a letter), B'…', X'…', U&'…', U&"…"
    if (peek(1) == '\'' && "eEnNbBxX".indexOf(c) >= 0) {
      at++;
      boolean plain = c == 'n' || c == 'N';
      return continued(plain ? backslashes : c == 'e' || c == 'E');
    }
    if ((c == 'u' || c == 'U') && peek(1) == '&' && (peek(2) == '\'' || peek(2) == '"')) {
      at += 2;
      return peek(0) == '"' ? quotedIdentifier() : continued(false);
    }
    while (at < end && isNamePart(peek(0))) {
      at++;
    }
    return Token.Kind.WORD;
  }

  /**
   * Reads a string with a prefix, which holds for the parts that <a
   * href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS">further
   * lines</a> add to it.
   */
  private Token.Kind continued(boolean backslashes) {
    Token.Kind kind = string(backslashes);
    int next = continuation();
    while (asServer && kind == Token.Kind.STRING && next > 0) {
      at = next;
      kind = string(backslashes);
      next = continuation();
    }
    return kind;
  }

  /** Returns the offset of a quote behind a line break; -1 where anything else stands there. */
  private int continuation() {
    boolean broken = false;
    int i = at;
    while (i < end) {
      int c = source.codePointAt(i);
      if (c == '-' && i + 1 < end && source.codePointAt(i + 1) == '-') {
        while (i < end && !isLineBreak(source.codePointAt(i))) {
          i++;
        }
      } else if (isSpace(c)) {
        broken |= isLineBreak(c);
        i++;
      } else {
        return broken && c == '\'' ? i : -1;
      }
    }
    return -1;
  }

  private static boolean isLineBreak(int c) {
    return c == '\n' || c == '\r';
  }

  private Token.Kind string(boolean backslashes) {
    at++;
    while (at < end) {
      int c = peek(0);
      if (c == '\\' && backslashes) {
        at += 2;
      } else if (c == '\'' && peek(1) == '\'') {
        at += 2;
      } else if (c == '\'') {
        at++;
        return Token.Kind.STRING;
      } else {
        at++;
      }
    }
    at = end;
    return Token.Kind.UNTERMINATED;
  }

  private Token.Kind quotedIdentifier() {
    at++;
    while (at < end) {
      if (peek(0) == '"' && peek(1) == '"') {
        at += 2;
      } else if (peek(0) == '"') {
        at++;
        return Token.Kind.QUOTED_IDENTIFIER;
      } else {
        at++;
      }
    }
    return Token.Kind.UNTERMINATED;
  }

  private Token.Kind dollar() {
    OptionalInt tagEnd = dollarTag();
    if (tagEnd.isEmpty()) {
      at++;
      if (!isDigit(peek(0))) {
        return Token.Kind.OPERATOR;
      }
      while (isDigit(peek(0))) {
        at++;
      }
      return Token.Kind.PARAMETER;
    }
    int tagStart = at;
    int length = tagEnd.getAsInt() - tagStart;
    at = tagEnd.getAsInt();
    while (at + length <= end) {
      if (peek(0) == '$' && sameTag(tagStart, length)) {
        at += length;
        return Token.Kind.DOLLAR_STRING;
      }
      at++;
    }
    at = end;
    return Token.Kind.UNTERMINATED;
  }

  /** Returns the end of the {@code $tag$} that starts here, if one does. */
  private OptionalInt dollarTag() {
    int i = at + 1;
    if (i < end && source.codePointAt(i) != '$' && !isNameStart(source.codePointAt(i))) {
      return OptionalInt.empty();
    }
    while (i < end && source.codePointAt(i) != '$') {
      if (!isNamePart(source.codePointAt(i))) {
        return OptionalInt.empty();
      }
      i++;
    }
    return i < end ? OptionalInt.of(i + 1) : OptionalInt.empty();
  }

  private boolean sameTag(int tagStart, int length) {
    for (int i = 0; i < length; i++) {
      if (source.codePointAt(at + i) != source.codePointAt(tagStart + i)) {
        return false;
      }
    }
    return true;
  }

  private Token.Kind blockComment() {
    int depth = 0;
    while (at < end) {
      if (peek(0) == '/' && peek(1) == '*') {
        depth++;
        at += 2;
      } else if (peek(0) == '*' && peek(1) == '/') {
        depth--;
        at += 2;
        if (depth == 0) {
          return Token.Kind.COMMENT;
        }
      } else {
        at++;
      }
    }
    return Token.Kind.UNTERMINATED;
  }

  private Token.Kind number() {
    while (at < end && (isNamePart(peek(0)) || (peek(0) == '.' && peek(1) != '.'))) {
      boolean exponent = peek(0) == 'e' || peek(0) == 'E';
      at++;
      if (exponent && (peek(0) == '+' || peek(0) == '-') && isDigit(peek(1))) {
        at++;
      }
    }
    return Token.Kind.NUMBER;
  }

  private Token.Kind operator() {
    while (at < end && OPERATOR_CHARACTERS.indexOf(peek(0)) >= 0) {
      boolean comment = (peek(0) == '-' && peek(1) == '-') || (peek(0) == '/' && peek(1) == '*');
      if (comment) {
        break;
      }
      at++;
    }
    return Token.Kind.OPERATOR;
  }

  private int peek(int ahead) {
    return at + ahead < end ? source.codePointAt(at + ahead) : 0;
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x0B;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  private static boolean isNamePart(int c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }
}
