package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings that a file makes for its transaction alone, by {@code SET LOCAL} or {@code
 * set_config(…, true)}, with the values that they have before it.
 *
 * @param before the values by name
 * @param statements the file's
 */
record LocalSettings(Map<String, String> before, List<Statement> statements) {

  static final LocalSettings NONE = new LocalSettings(Map.of(), List.of());

  static LocalSettings of(List<Statement> statements, MigratingSession session) {
    Set<String> names = names(statements);
    Map<String, String> before = new LinkedHashMap<>();
    for (String name : names) {
      before.put(
          name,
          session
              .query("SELECT pg_catalog.current_setting(" + Identifiers.literal(name) + ", true)")
              .getFirst()
              .text(0));
    }
    return new LocalSettings(before, statements);
  }

  /** Returns the commands after which each setting is what it would be after a COMMIT. */
  List<String> restoring() {
    List<String> commands = new ArrayList<>();
    before.forEach(
        (name, value) ->
            commands.add(
                "SELECT pg_catalog.set_config("
                    + Identifiers.literal(name)
                    + ", "
                    + Identifiers.literal(value)
                    + ", false)"));
    // COMMIT keeps a setting that the file made for the session as well.
    for (Statement statement : statements) {
      if (SessionLeaks.setting(statement).filter(before::containsKey).isPresent()
          || statement.startsWith("reset", "all")
          || (statement.is(0, "reset")
              && name(statement, 1).filter(before::containsKey).isPresent())) {
        commands.add(statement.text());
      }
    }
    return commands;
  }

  private static Set<String> names(List<Statement> statements) {
    Set<String> names = new LinkedHashSet<>();
    statements.stream()
        .flatMap(TemporaryTables::withBodies)
        .forEach(
            statement -> {
              for (int i = 0; i < statement.tokens().size(); i++) {
                if (statement.is(i, "set") && statement.is(i + 1, "local")) {
                  name(statement, i + 2).ifPresent(names::add);
                } else if (statement.is(i, "set_config")) {
                  configured(statement, i).ifPresent(names::add);
                }
              }
            });
    return names;
  }

  private static Optional<String> name(Statement s, int at) {
    if (s.is(at, "time")) {
      return Optional.of("timezone");
    }
    if (s.is(at, "session")) {
      return Optional.of("session_authorization");
    }
    if (s.is(at, "schema")) {
      return Optional.of("search_path");
    }
    if (s.is(at, "names")) {
      return Optional.of("client_encoding");
    }
    if (at >= s.tokens().size()) {
      return Optional.empty();
    }
    StringBuilder name = new StringBuilder(s.tokens().get(at).identifier());
    for (int i = at + 1; i + 1 < s.tokens().size() && s.tokens().get(i).isMark("."); i += 2) {
      name.append('.').append(s.tokens().get(i + 1).identifier());
    }
    return Optional.of(name.toString().toLowerCase(Locale.ROOT));
  }

  /** Returns the setting of {@code set_config('name', value, true)}. */
  private static Optional<String> configured(Statement s, int at) {
    List<Token> tokens = s.tokens();
    if (at + 2 >= tokens.size()
        || tokens.get(at + 2).kind() != Token.Kind.STRING
        || tokens.stream().skip(at).noneMatch(token -> token.is("true"))) {
      return Optional.empty();
    }
    return Optional.of(tokens.get(at + 2).text().replace("'", "").toLowerCase(Locale.ROOT));
  }
}
