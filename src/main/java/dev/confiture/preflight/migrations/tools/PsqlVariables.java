package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The <a href="https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-VARIABLES">variables
 * of psql</a>: what the user gives, as {@code psql -v} does, and what files set. None is taken from
 * this process's environment.
 */
final class PsqlVariables {

  /** Limits how deep a value may name other variables. */
  private static final int DEEPEST = 16;

  /**
   * Those of psql's own that have a value whatever it is connected to, as long as nothing fails.
   */
  private static final Map<String, String> OWN =
      Map.of("ERROR", "false", "SQLSTATE", "00000", "AUTOCOMMIT", "on", "ON_ERROR_STOP", "on");

  /** Those of psql's own whose values only a running one knows. */
  private static final Set<String> OF_ITS_CONNECTION =
      Set.of(
          "DBNAME",
          "ENCODING",
          "HOST",
          "LAST_ERROR_MESSAGE",
          "LAST_ERROR_SQLSTATE",
          "PORT",
          "ROW_COUNT",
          "SERVER_VERSION_NAME",
          "SERVER_VERSION_NUM",
          "SERVICE",
          "USER",
          "VERSION",
          "VERSION_NAME",
          "VERSION_NUM");

  private final Map<String, String> values;

  /** Those that have no value for certain: psql leaves their names in the text. */
  private final Set<String> unset = new HashSet<>();

  private boolean forgotten;

  PsqlVariables(Map<String, String> given) {
    this.values = new HashMap<>(OWN);
    values.putAll(given);
  }

  /** The forms in which a variable is used. */
  enum Form {
    /** {@code :name}. */
    PLAIN,
    /** {@code :'name'}. */
    LITERAL,
    /** {@code :"name"}. */
    IDENTIFIER,
    /** <code>:{?name}</code>. */
    TEST
  }

  /**
   * A use of a variable.
   *
   * @param end the index behind it, in the text that it was found in
   */
  record Use(Form form, String name, int end) {}

  /** Returns the use that begins with a colon, if one does. */
  static Optional<Use> use(String text, int colon) {
    if (text.startsWith("{?", colon + 1)) {
      return named(text, colon + 3, Form.TEST, "}");
    }
    if (text.startsWith("'", colon + 1)) {
      return named(text, colon + 2, Form.LITERAL, "'");
    }
    return text.startsWith("\"", colon + 1)
        ? named(text, colon + 2, Form.IDENTIFIER, "\"")
        : named(text, colon + 1, Form.PLAIN, "");
  }

  private static Optional<Use> named(String text, int start, Form form, String close) {
    int end = start;
    while (end < text.length() && isOfName(text.charAt(end))) {
      end++;
    }
    return end > start && text.startsWith(close, end)
        ? Optional.of(new Use(form, text.substring(start, end), end + close.length()))
        : Optional.empty();
  }

  private static boolean isOfName(char c) {
    return c == '_'
        || (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c >= 0x80;
  }

  /** Returns true if psql takes this name. */
  static boolean isName(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> isOfName((char) c));
  }

  void set(String name, String value) {
    values.put(name, value);
    unset.remove(name);
  }

  void unset(String name) {
    values.remove(name);
    unset.add(name);
  }

  /** Returns true if it has no value for certain. */
  boolean isUnset(String name) {
    return unset.contains(name);
  }

  /** Forgets a value: which one it has now is not known. */
  void forget(String name) {
    values.remove(name);
    unset.remove(name);
  }

  /** Forgets all values: a query that was not sent may have set any of them. */
  void forget() {
    values.clear();
    unset.clear();
    forgotten = true;
  }

  /** Returns true if variables may have values that only a query tells. */
  boolean isForgotten() {
    return forgotten;
  }

  /** Returns what a use stands for in a command's line, if that is known. */
  Optional<String> value(Use use) {
    if (use.form() == Form.TEST) {
      boolean isSet = values.containsKey(use.name()) || OF_ITS_CONNECTION.contains(use.name());
      return isSet || !forgotten || unset.contains(use.name())
          ? Optional.of(isSet ? "TRUE" : "FALSE")
          : Optional.empty();
    }
    return Optional.ofNullable(values.get(use.name()))
        .map(
            value ->
                switch (use.form()) {
                  case PLAIN, TEST -> value;
                  case LITERAL -> literal(value);
                  case IDENTIFIER -> "\"" + value.replace("\"", "\"\"") + "\"";
                });
  }

  /**
   * Returns what a use stands for in SQL, if that is known: a value is SQL that is read once more.
   */
  Optional<String> inSql(Use use) {
    return use.form() == Form.PLAIN ? expanded(use.name(), 0) : value(use);
  }

  private Optional<String> expanded(String name, int depth) {
    Optional<String> value = Optional.ofNullable(values.get(name));
    if (value.isEmpty() || value.get().indexOf(':') < 0 || depth == DEEPEST) {
      return value;
    }
    String text = value.get();
    SourceText source = SourceText.of(text);
    if (source.length() != text.length()) {
      return value;
    }
    StringBuilder all = new StringBuilder();
    int from = 0;
    for (Token token : colons(Script.of(source))) {
      Optional<Use> use = token.start() < from ? Optional.empty() : use(text, token.start());
      Optional<String> inner =
          use.flatMap(u -> u.form() == Form.PLAIN ? expanded(u.name(), depth + 1) : value(u));
      if (inner.isPresent()) {
        all.append(text, from, token.start()).append(inner.get());
        from = use.get().end();
      }
    }
    return Optional.of(all.append(text.substring(from)).toString());
  }

  /** Returns the colons of a text's statements that are no part of another token. */
  private static List<Token> colons(Script script) {
    return script.statements().stream()
        .flatMap(statement -> statement.tokens().stream())
        .filter(token -> token.isMark(":"))
        .toList();
  }

  /**
   * Returns true if a value is whole by itself: text behind it is not read otherwise for it, as it
   * is behind a quote that it opens.
   */
  static boolean isWhole(String value) {
    Script script = Script.of(SourceText.of(value));
    List<Token> tokens =
        script.statements().stream().map(Statement::tokens).flatMap(List::stream).toList();
    return script.pieces().stream()
            .allMatch(piece -> piece instanceof Statement || piece instanceof Piece.Trivia)
        && tokens.stream().noneMatch(token -> token.kind() == Token.Kind.UNTERMINATED)
        && (tokens.size() == 1 || Stream.of("--", "/*").noneMatch(value::contains));
  }

  /** Writes a string as libpq's {@code PQescapeLiteral} does. */
  private static String literal(String value) {
    String quoted = "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    return value.indexOf('\\') < 0 ? quoted : " E" + quoted;
  }
}
