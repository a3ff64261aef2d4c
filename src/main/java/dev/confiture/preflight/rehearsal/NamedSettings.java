package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the settings that statements name in <a
 * href="https://www.postgresql.org/docs/current/sql-set.html">SET</a> and {@code set_config}, whose
 * values are then asked of the session: no view lists local or custom settings.
 */
final class NamedSettings {

  private NamedSettings() {}

  /** Returns the settings of {@code SET LOCAL} and {@code set_config(…, true)}. */
  static Set<String> ofTransaction(List<Statement> statements) {
    Set<String> names = new LinkedHashSet<>();
    withBodies(statements)
        .forEach(
            statement -> {
              for (int i = 0; i < statement.tokens().size(); i++) {
                if (statement.is(i, "set") && statement.is(i + 1, "local")) {
                  name(statement, i + 2).ifPresent(names::add);
                } else if (isCalled(statement, i)
                    && statement.tokens().stream().skip(i).anyMatch(token -> token.is("true"))) {
                  configured(statement, i).ifPresent(names::add);
                }
              }
            });
    return names;
  }

  /**
   * Returns the <a href="https://www.postgresql.org/docs/current/runtime-config-custom.html">custom
   * settings</a> that are set in any way.
   */
  static Set<String> custom(List<Statement> statements) {
    Set<String> names = new LinkedHashSet<>();
    withBodies(statements)
        .forEach(
            statement -> {
              for (int i = 0; i < statement.tokens().size(); i++) {
                if (statement.is(i, "set")) {
                  boolean scope = statement.is(i + 1, "local") || statement.is(i + 1, "session");
                  name(statement, scope ? i + 2 : i + 1).ifPresent(names::add);
                } else if (isCalled(statement, i)) {
                  configured(statement, i).ifPresent(names::add);
                }
              }
            });
    names.removeIf(name -> !name.contains("."));
    return names;
  }

  /** Returns the setting that a statement changes for the session, and not for its transaction. */
  static Optional<String> ofSession(Statement s) {
    if (!s.is(0, "set") && !s.is(0, "reset")) {
      return Optional.empty();
    }
    int at = s.is(1, "session") && !s.is(2, "authorization") ? 2 : 1;
    return s.is(at, "local") || s.is(at, "transaction") || s.is(at, "constraints")
        ? Optional.empty()
        : name(s, at);
  }

  /** Returns true if a statement calls {@code set_config} for a setting, or its code does. */
  static boolean isConfigured(Statement statement, String setting) {
    return TemporaryTables.withBodies(statement)
        .anyMatch(
            s ->
                IntStream.range(0, s.tokens().size())
                    .anyMatch(
                        i ->
                            isCalled(s, i)
                                && configured(s, i).filter(setting::equals).isPresent()));
  }

  private static Stream<Statement> withBodies(List<Statement> statements) {
    return statements.stream().flatMap(TemporaryTables::withBodies);
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

  private static boolean isCalled(Statement s, int at) {
    return s.is(at, "set_config")
        && at + 2 < s.tokens().size()
        && s.tokens().get(at + 2).kind() == Token.Kind.STRING;
  }

  /** Returns the setting of {@code set_config('name', …)}. */
  private static Optional<String> configured(Statement s, int at) {
    Token name = s.tokens().get(at + 2);
    return Optional.of(name.stringValue().toLowerCase(Locale.ROOT));
  }
}
