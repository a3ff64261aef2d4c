package dev.confiture.preflight.sql;

import java.util.List;
import java.util.Optional;

/** {@code CREATE EXTENSION [IF NOT EXISTS] name [WITH] [SCHEMA s] [VERSION v] [CASCADE]}. */
public record CreateExtension(
    String name, boolean ifNotExists, Optional<String> schema, boolean cascade) {

  /** Reads a statement; empty if it is no CREATE EXTENSION. */
  public static Optional<CreateExtension> of(Statement statement) {
    if (!statement.startsWith("create", "extension")) {
      return Optional.empty();
    }
    List<Token> tokens = statement.tokens();
    boolean ifNotExists = statement.is(2, "if") && statement.is(3, "not");
    int at = ifNotExists ? 5 : 2;
    if (at >= tokens.size()) {
      return Optional.empty();
    }
    Optional<String> schema = Optional.empty();
    boolean cascade = false;
    for (int i = at + 1; i < tokens.size(); i++) {
      if (tokens.get(i).is("schema") && i + 1 < tokens.size()) {
        schema = Optional.of(tokens.get(++i).identifier());
      } else if (tokens.get(i).is("cascade")) {
        cascade = true;
      } else if (tokens.get(i).is("version")) {
        i++;
      }
    }
    return Optional.of(
        new CreateExtension(tokens.get(at).identifier(), ifNotExists, schema, cascade));
  }
}
