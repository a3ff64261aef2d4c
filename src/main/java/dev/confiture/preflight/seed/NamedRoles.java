package dev.confiture.preflight.seed;

import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The roles that a schema file names: owners, grantees, policies, default privileges. */
final class NamedRoles {

  private static final Set<String> NO_ROLE =
      Set.of("public", "current_user", "session_user", "current_role", "none", "default");

  private final Set<String> roles = new TreeSet<>();

  private NamedRoles() {}

  static Set<String> of(Script script) {
    NamedRoles named = new NamedRoles();
    for (Statement statement : script.statements()) {
      switch (statement.tokens().getFirst().identifier()) {
        case "alter" -> named.alter(statement);
        case "grant" -> named.list(statement, "to");
        case "revoke" -> named.list(statement, "from");
        case "create" -> named.create(statement);
        case "set" -> named.set(statement);
        default -> {}
      }
    }
    return named.roles;
  }

  private void alter(Statement s) {
    List<Token> tokens = s.tokens();
    if (s.startsWith("alter", "default", "privileges")) {
      for (int i = 3; i + 2 < tokens.size(); i++) {
        if (s.is(i, "for") && (s.is(i + 1, "role") || s.is(i + 1, "user"))) {
          add(tokens.get(i + 2));
        }
      }
      list(s, "to");
      list(s, "from");
    } else if ((s.is(1, "role") || s.is(1, "user")) && tokens.size() > 2) {
      add(tokens.get(2));
    } else {
      for (int i = 2; i + 2 < tokens.size(); i++) {
        if (s.is(i, "owner") && s.is(i + 1, "to")) {
          add(tokens.get(i + 2));
        }
      }
    }
  }

  private void create(Statement s) {
    List<Token> tokens = s.tokens();
    if (s.is(1, "policy")) {
      list(s, "to");
    } else if (s.is(1, "role") || s.is(1, "group") || (s.is(1, "user") && !s.is(2, "mapping"))) {
      add(tokens.get(Math.min(2, tokens.size() - 1)));
    } else if (s.is(1, "schema")) {
      for (int i = 2; i + 1 < tokens.size(); i++) {
        if (s.is(i, "authorization")) {
          add(tokens.get(i + 1));
        }
      }
    }
  }

  private void set(Statement s) {
    if (s.startsWith("set", "session", "authorization") && s.tokens().size() > 3) {
      add(s.tokens().get(3));
    }
  }

  /** The names after the last of the keyword, commas between. */
  private void list(Statement s, String keyword) {
    List<Token> tokens = s.tokens();
    int at = -1;
    for (int i = 1; i < tokens.size(); i++) {
      at = s.is(i, keyword) ? i : at;
    }
    while (at >= 0 && at + 1 < tokens.size() && tokens.get(at + 1).isIdentifier()) {
      int name = s.is(at + 1, "group") && at + 2 < tokens.size() ? at + 2 : at + 1;
      add(tokens.get(name));
      at = name + 1 < tokens.size() && tokens.get(name + 1).isMark(",") ? name + 1 : -1;
    }
  }

  private void add(Token token) {
    String name = token.identifier();
    boolean quoted = token.text().startsWith("\"");
    if (token.isIdentifier() && !name.startsWith("pg_") && (quoted || !NO_ROLE.contains(name))) {
      roles.add(name);
    }
  }
}
