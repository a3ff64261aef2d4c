package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what a file's COMMIT keeps in the session for the files after it, as far as the words of
 * its statements tell; <a
 * href="https://www.postgresql.org/docs/current/sql-discard.html">DISCARD</a> lists such things.
 */
final class SessionLeaks {

  private final Map<String, Leak> leaks = new LinkedHashMap<>();

  private SessionLeaks() {}

  /**
   * Something that stays in the session.
   *
   * @param text the beginning of a sentence
   */
  record Leak(Statement statement, String text) {}

  /** Returns what a file leaves in its session, with the last statement for each thing. */
  static List<Leak> of(List<Statement> statements) {
    SessionLeaks leaks = new SessionLeaks();
    statements.forEach(leaks::follow);
    return new ArrayList<>(leaks.leaks.values());
  }

  /**
   * Returns the setting that a statement changes for the session, and not for its transaction
   * alone.
   */
  static Optional<String> setting(Statement s) {
    List<Token> tokens = s.tokens();
    if (tokens.size() < 3 || !s.is(0, "set")) {
      return Optional.empty();
    }
    Token name = tokens.get(s.is(1, "session") ? 2 : 1);
    if (name.is("local") || name.is("transaction") || name.is("constraints")) {
      return Optional.empty();
    }
    if (name.is("time")) {
      return Optional.of("timezone");
    }
    return Optional.of(name.is("authorization") ? "session authorization" : name.identifier());
  }

  private void follow(Statement s) {
    switch (s.tokens().getFirst().text().toLowerCase(Locale.ROOT)) {
      case "set" -> setting(s).ifPresent(name -> stays(s, name, name + " stays set"));
      case "select" -> {
        configured(s);
        advisoryLock(s);
      }
      case "reset" -> ends(s, 1);
      case "prepare" -> {
        if (!s.is(1, "transaction")) {
          name(s, 1).ifPresent(n -> stays(s, n, "the prepared statement " + n + " stays"));
        }
      }
      case "deallocate" -> ends(s, s.is(1, "prepare") ? 2 : 1);
      case "create" -> temporaryTable(s);
      case "drop" -> ends(s, s.is(2, "if") ? 4 : 2);
      case "discard" -> leaks.clear();
      default -> {}
    }
  }

  /** Notes the settings of {@code set_config(name, value, false)}. */
  private void configured(Statement s) {
    List<Token> tokens = s.tokens();
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (s.is(i, "set_config") && tokens.stream().anyMatch(token -> token.is("false"))) {
        String name = tokens.get(i + 2).text().replace("'", "");
        stays(s, name.toLowerCase(Locale.ROOT), name + " stays set");
      }
    }
  }

  private void advisoryLock(Statement s) {
    for (Token token : s.tokens()) {
      if (token.is("pg_advisory_lock") || token.is("pg_try_advisory_lock")) {
        stays(s, "advisory lock", "an advisory lock of the session stays held");
      } else if (token.is("pg_advisory_unlock") || token.is("pg_advisory_unlock_all")) {
        leaks.remove("advisory lock");
      }
    }
  }

  private void temporaryTable(Statement s) {
    int at = s.is(1, "local") || s.is(1, "global") ? 2 : 1;
    boolean table = (s.is(at, "temp") || s.is(at, "temporary")) && s.is(at + 1, "table");
    if (table && s.tokens().stream().noneMatch(token -> token.is("commit"))) {
      name(s, s.is(at + 2, "if") ? at + 5 : at + 2)
          .ifPresent(name -> stays(s, name, "the temporary table " + name + " stays"));
    }
  }

  private void stays(Statement s, String what, String text) {
    leaks.put(what, new Leak(s, text));
  }

  private void ends(Statement s, int index) {
    if (s.is(index, "all")) {
      leaks.clear();
    } else {
      name(s, index).ifPresent(leaks::remove);
    }
  }

  private static Optional<String> name(Statement s, int index) {
    return index < s.tokens().size()
        ? Optional.of(s.tokens().get(index).identifier())
        : Optional.empty();
  }
}
