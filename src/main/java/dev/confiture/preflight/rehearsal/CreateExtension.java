package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sandbox.Clone;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;
import java.util.Optional;

/** {@code CREATE EXTENSION [IF NOT EXISTS] name [WITH] [SCHEMA s] [VERSION v] [CASCADE]}. */
record CreateExtension(String name, boolean ifNotExists, Optional<String> schema, boolean cascade) {

  static Optional<CreateExtension> of(Statement statement) {
    List<Token> tokens = statement.tokens();
    if (tokens.size() < 3 || !tokens.get(0).is("create") || !tokens.get(1).is("extension")) {
      return Optional.empty();
    }
    boolean ifNotExists = tokens.size() > 5 && tokens.get(2).is("if") && tokens.get(3).is("not");
    int at = ifNotExists ? 5 : 2;
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

  /** The call that installs it here, where the migration role itself may not. */
  Optional<String> asSuperuserWould(Clone clone) {
    return clone.extensionCall(name, ifNotExists, schema, cascade);
  }
}
