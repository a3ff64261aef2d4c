package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a statement's tokens from left to right. */
final class TokenReader {

  private final List<Token> tokens;
  private int at;

  TokenReader(List<Token> tokens) {
    this(tokens, 0);
  }

  TokenReader(List<Token> tokens, int from) {
    this.tokens = tokens;
    this.at = from;
  }

  int index() {
    return at;
  }

  boolean atEnd() {
    return at >= tokens.size();
  }

  /** Returns the offset of the next token, at the end that after the last one. */
  int offset() {
    return atEnd() ? tokens.getLast().end() : tokens.get(at).start();
  }

  boolean is(String keyword) {
    return !atEnd() && tokens.get(at).is(keyword);
  }

  boolean isMark(String mark) {
    return !atEnd() && tokens.get(at).isMark(mark);
  }

  Optional<Token> peek() {
    return atEnd() ? Optional.empty() : Optional.of(tokens.get(at));
  }

  void skip() {
    at++;
  }

  boolean take(String keyword) {
    boolean is = is(keyword);
    at += is ? 1 : 0;
    return is;
  }

  /** Takes all of these keywords, or none. */
  boolean takeAll(String... keywords) {
    return takeAll(List.of(keywords));
  }

  /** Takes all of these keywords, or none. */
  boolean takeAll(List<String> keywords) {
    for (int i = 0; i < keywords.size(); i++) {
      if (at + i >= tokens.size() || !tokens.get(at + i).is(keywords.get(i))) {
        return false;
      }
    }
    at += keywords.size();
    return true;
  }

  boolean takeMark(String mark) {
    boolean is = !atEnd() && tokens.get(at).text().equals(mark);
    at += is ? 1 : 0;
    return is;
  }

  void ifExists() {
    takeAll("if", "exists");
  }

  void ifNotExists() {
    takeAll("if", "not", "exists");
  }

  /** Takes a name. */
  Optional<Token> identifier() {
    if (atEnd() || !tokens.get(at).isIdentifier()) {
      return Optional.empty();
    }
    return Optional.of(tokens.get(at++));
  }

  /** Takes {@code name}, {@code schema.name} or {@code database.schema.name}. */
  Optional<QualifiedName> name() {
    Optional<Token> first = identifier();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> schema = Optional.empty();
    String name = first.get().identifier();
    while (isMark(".") && at + 1 < tokens.size() && tokens.get(at + 1).isIdentifier()) {
      schema = Optional.of(name);
      name = tokens.get(at + 1).identifier();
      at += 2;
    }
    return Optional.of(new QualifiedName(schema, name));
  }

  /** Takes {@code FOR role SERVER name}. */
  Optional<DatabaseObject> mapping() {
    if (!take("for")) {
      return Optional.empty();
    }
    Optional<Token> role = identifier();
    return role.isPresent() && take("server")
        ? name()
            .map(
                server ->
                    DatabaseObject.of(ObjectKind.USER_MAPPING, role.get().identifier(), server))
        : Optional.empty();
  }

  /** Skips the parenthesis or bracket that opens here, with its content. */
  void skipParentheses() {
    at = afterParentheses();
  }

  /** Returns the index behind the parenthesis or bracket that opens here. */
  int afterParentheses() {
    int depth = 0;
    for (int i = at; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.bracket();
      if (depth == 0) {
        return i + 1;
      }
    }
    return tokens.size();
  }

  /** Skips the next token, with the content of the parenthesis that it opens. */
  void skipElement() {
    if (isMark("(") || isMark("[")) {
      skipParentheses();
    } else {
      skip();
    }
  }

  /** Goes to the next of these keywords outside parentheses; false if there is none. */
  boolean seek(String... keywords) {
    int depth = 0;
    while (!atEnd()) {
      depth += isMark("(") ? 1 : isMark(")") ? -1 : 0;
      for (String keyword : keywords) {
        if (depth == 0 && is(keyword)) {
          return true;
        }
      }
      at++;
    }
    return false;
  }

  /**
   * Takes a list in parentheses and returns a name for each element, as <a
   * href="https://www.postgresql.org/docs/current/sql-createindex.html">CREATE INDEX</a> puts it
   * into a generated name: the column, or the function of an expression, else {@code expr}.
   */
  List<String> columns() {
    List<String> columns = new ArrayList<>();
    if (!takeMark("(")) {
      return columns;
    }
    while (!atEnd() && !isMark(")")) {
      columns.add(identifier().map(Token::identifier).orElse("expr"));
      while (!atEnd() && !isMark(",") && !isMark(")")) {
        skipElement();
      }
      takeMark(",");
    }
    skip();
    return columns;
  }

  /** Takes what stands in the parentheses that open here, and returns every word of it. */
  Set<String> wordsInParentheses() {
    Set<String> words = new LinkedHashSet<>();
    int end = afterParentheses();
    while (at < end) {
      identifier().map(Token::identifier).ifPresentOrElse(words::add, this::skip);
    }
    return words;
  }
}
