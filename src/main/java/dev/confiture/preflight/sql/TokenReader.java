package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a statement's tokens from left to right. */
final class TokenReader {

  /**
   * The <a href="https://www.postgresql.org/docs/current/datatype.html">short names of types</a>.
   */
  private static final Map<String, String> LONG_NAMES =
      Map.ofEntries(
          Map.entry("int", "integer"),
          Map.entry("int4", "integer"),
          Map.entry("int2", "smallint"),
          Map.entry("int8", "bigint"),
          Map.entry("bool", "boolean"),
          Map.entry("char", "character"),
          Map.entry("varchar", "character varying"),
          Map.entry("decimal", "numeric"),
          Map.entry("float", "double precision"),
          Map.entry("float8", "double precision"),
          Map.entry("float4", "real"),
          Map.entry("varbit", "bit varying"),
          Map.entry("timestamp", "timestamp without time zone"),
          Map.entry("timestamptz", "timestamp with time zone"),
          Map.entry("time", "time without time zone"),
          Map.entry("timetz", "time with time zone"));

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

  /** Takes the {@code *} that may stand behind a table, and changes nothing. */
  void takeStar() {
    at += !atEnd() && tokens.get(at).isStar() ? 1 : 0;
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

  /** Takes {@code ===}, {@code schema.===} or {@code OPERATOR(schema.===)} without its types. */
  Optional<QualifiedName> operator() {
    Optional<String> schema = Optional.empty();
    if (at + 1 < tokens.size() && tokens.get(at).isIdentifier() && tokens.get(at + 1).isMark(".")) {
      schema = Optional.of(tokens.get(at).identifier());
      at += 2;
    }
    return atEnd() || tokens.get(at).kind() != Token.Kind.OPERATOR
        ? Optional.empty()
        : Optional.of(new QualifiedName(schema, tokens.get(at++).text()));
  }

  /** Takes {@code (type AS type)}. */
  Optional<DatabaseObject> cast() {
    if (!takeMark("(")) {
      return Optional.empty();
    }
    Optional<QualifiedName> from = type();
    return from.isPresent() && take("as")
        ? type().map(to -> new DatabaseObject(ObjectKind.CAST, to, from))
        : Optional.empty();
  }

  /** Takes {@code FOR type LANGUAGE name}. */
  Optional<DatabaseObject> transform() {
    if (!take("for")) {
      return Optional.empty();
    }
    Optional<QualifiedName> type = type();
    return type.isPresent() && take("language")
        ? name().map(language -> new DatabaseObject(ObjectKind.TRANSFORM, language, type))
        : Optional.empty();
  }

  /** Takes the name of a type, by which {@code pg_dump} calls it; modifiers are left out of it. */
  private Optional<QualifiedName> type() {
    Optional<QualifiedName> first = name();
    StringBuilder name = new StringBuilder(first.map(QualifiedName::name).orElse(""));
    while (!atEnd() && !is("as") && !is("language") && !isMark(")")) {
      if (isMark("(")) {
        skipParentheses();
      } else {
        name.append(isMark("[") || isMark("]") ? "" : " ").append(tokens.get(at++).text());
      }
    }
    String written = name.toString();
    return first.map(
        type -> new QualifiedName(type.schema(), LONG_NAMES.getOrDefault(written, written)));
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
