package dev.confiture.preflight.findings;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;
import java.util.Optional;

/**
 * Statements that need an attribute which the migration role has in no sandbox: production's role
 * may have it.
 */
final class MissingAttribute {

  private MissingAttribute() {}

  /** What the statement needs, if PostgreSQL refused it for lack of a privilege. */
  static Optional<String> of(ServerError error, Optional<Statement> statement) {
    if (!error.is(SqlState.INSUFFICIENT_PRIVILEGE) || isOnAnObject(error)) {
      return Optional.empty();
    }
    return statement.flatMap(s -> of(s.tokens()));
  }

  /** A table, a schema and the like: who owns it and who may use it is in the dump. */
  private static boolean isOnAnObject(ServerError error) {
    return error.routine().filter(routine -> routine.startsWith("aclcheck_error")).isPresent()
        && !error.message().startsWith("permission denied for language");
  }

  private static Optional<String> of(List<Token> tokens) {
    String first = word(tokens, 0);
    String second = word(tokens, 1);
    String third = word(tokens, 2);
    return switch (first) {
      case "create", "alter", "drop" ->
          switch (second) {
            case "role", "user", "group" ->
                Optional.of(
                    second.equals("user") && third.equals("mapping")
                        ? "the right to map users"
                        : "CREATEROLE");
            case "extension" -> Optional.of("the right to install this extension");
            case "event" -> Optional.of("superuser, for an event trigger");
            case "subscription" -> Optional.of("the right to manage subscriptions");
            case "publication" -> Optional.of("superuser, for a publication of all tables");
            case "tablespace" -> Optional.of("superuser, for a tablespace");
            case "database" -> Optional.of("CREATEDB");
            case "system" -> Optional.of("superuser, for ALTER SYSTEM");
            case "language", "trusted", "procedural" -> Optional.of("superuser, for a language");
            case "foreign" ->
                third.equals("data")
                    ? Optional.of("superuser, for a foreign data wrapper")
                    : Optional.empty();
            case "function", "procedure", "or" -> untrustedLanguage(tokens);
            default -> Optional.empty();
          };
      case "copy" -> Optional.of("the right to use files or programs of the server");
      case "grant", "revoke" ->
          tokens.stream().anyMatch(token -> token.is("on"))
              ? Optional.empty()
              : Optional.of("ADMIN OPTION or CREATEROLE, for membership");
      case "set" ->
          tokens.stream().anyMatch(token -> token.is("role") || token.is("authorization"))
              ? Optional.of("membership in that role (a dump does not tell it)")
              : Optional.of("superuser, for this setting");
      case "load", "checkpoint" -> Optional.of("superuser");
      default -> Optional.empty();
    };
  }

  private static Optional<String> untrustedLanguage(List<Token> tokens) {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).is("language")) {
        String language = word(tokens, i + 1);
        return language.equals("sql") || language.equals("plpgsql")
            ? Optional.empty()
            : Optional.of("superuser, for the untrusted language " + language);
      }
    }
    return Optional.empty();
  }

  private static String word(List<Token> tokens, int index) {
    return index < tokens.size() && tokens.get(index).isIdentifier()
        ? tokens.get(index).identifier()
        : "";
  }
}
