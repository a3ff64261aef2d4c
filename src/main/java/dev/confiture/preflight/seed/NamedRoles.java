package dev.confiture.preflight.seed;

import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the roles that a schema file names: owners, grantees, roles of policies and of default
 * privileges.
 *
 * <p>They stand where the <a
 * href="https://www.postgresql.org/docs/current/sql-commands.html">grammar</a> of a command has a
 * {@code role_specification}. Roles of PostgreSQL's own ({@code pg_…}) and the words that stand for
 * a role are left out.
 */
final class NamedRoles {

  private static final Set<String> NO_ROLE =
      Set.of("public", "current_user", "session_user", "current_role", "none", "default", "all");

  private final Set<String> roles = new TreeSet<>();

  private NamedRoles() {}

  static Set<String> of(Script script) {
    NamedRoles named = new NamedRoles();
    for (Statement statement : script.statements()) {
      switch (statement.tokens().getFirst().identifier()) {
        case "alter" -> named.alter(statement);
        case "grant" -> named.grant(statement, "to");
        case "revoke" -> named.grant(statement, "from");
        case "create" -> named.create(statement);
        case "set" -> named.set(statement);
        default -> {}
      }
    }
    return named.roles;
  }

  /** Returns true if a GRANT or REVOKE is of membership: one on an object has {@code ON}. */
  static boolean isMembership(Statement s) {
    return !s.startsWith("alter") && s.tokens().stream().noneMatch(token -> token.is("on"));
  }

  private void alter(Statement s) {
    if (s.startsWith("alter", "default", "privileges")) {
      int what = Math.max(find(s, 3, "grant"), find(s, 3, "revoke"));
      int forRole = find(s, 3, "for");
      if (forRole >= 0 && forRole < what) {
        list(s, forRole + 2);
      }
      list(s, find(s, what, "to") + 1);
      list(s, find(s, what, "from") + 1);
    } else if (s.is(1, "role") || s.is(1, "group") || (s.is(1, "user") && !s.is(2, "mapping"))) {
      list(s, 2);
      if (s.is(1, "group")) {
        list(s, Math.max(find(s, 3, "add"), find(s, 3, "drop")) + 2);
      }
    } else if (s.is(1, "policy")) {
      list(s, find(s, 2, "to") + 1);
    } else {
      for (int i = 2; i + 2 < s.tokens().size(); i++) {
        if (s.is(i, "owner") && s.is(i + 1, "to") && !isRenamed(s, i)) {
          list(s, i + 2);
        }
      }
    }
  }

  /** Returns true if {@code owner} is a column's name: {@code RENAME COLUMN owner TO holder}. */
  private static boolean isRenamed(Statement s, int owner) {
    int rename = s.is(owner - 1, "rename") ? owner - 1 : owner - 2;
    return rename > 2 && s.is(rename, "rename") && !s.tokens().get(rename - 1).isMark(".");
  }

  private void grant(Statement s, String direction) {
    if (isMembership(s)) {
      int granted = s.is(2, "option") && s.is(3, "for") ? 4 : 1;
      list(s, granted);
    }
    list(s, find(s, 1, direction) + 1);
    int by = find(s, 1, "granted");
    if (by >= 0 && s.is(by + 1, "by")) {
      list(s, by + 2);
    }
  }

  private void create(Statement s) {
    if (s.is(1, "policy")) {
      list(s, find(s, 2, "to") + 1);
    } else if (s.is(1, "role") || s.is(1, "group") || (s.is(1, "user") && !s.is(2, "mapping"))) {
      list(s, 2);
    } else if (s.is(1, "schema")) {
      list(s, find(s, 2, "authorization") + 1);
    }
  }

  /** Reads SET ROLE and SET SESSION AUTHORIZATION, where pg_dump writes the name as a literal. */
  private void set(Statement s) {
    int at = s.is(1, "session") || s.is(1, "local") ? 2 : 1;
    if (s.is(1, "session") && s.is(2, "authorization")) {
      list(s, 3);
    } else if (s.is(at, "session") && s.is(at + 1, "authorization")) {
      list(s, at + 2);
    } else if (s.is(at, "role")) {
      list(s, at + 1);
    }
  }

  /** Returns the index of the first such keyword outside parentheses from an index on, or -1. */
  private static int find(Statement s, int from, String keyword) {
    int depth = 0;
    for (int i = 0; i < s.tokens().size(); i++) {
      Token token = s.tokens().get(i);
      depth += token.parenthesis();
      if (i >= from && depth == 0 && token.is(keyword)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns true if a token names a role, and is none of the words that stand for one, or all. */
  static boolean isName(Token token) {
    return token.isIdentifier()
        && !(token.kind() == Token.Kind.WORD && NO_ROLE.contains(token.identifier()));
  }

  /** Adds the names from an index on, commas between; none where the keyword was not found. */
  private void list(Statement s, int from) {
    List<Token> tokens = s.tokens();
    int at = from;
    while (at > 0 && at < tokens.size()) {
      at += s.is(at, "group") && at + 1 < tokens.size() ? 1 : 0;
      add(tokens.get(at));
      at = at + 1 < tokens.size() && tokens.get(at + 1).isMark(",") ? at + 2 : -1;
    }
  }

  private void add(Token token) {
    boolean literal = token.kind() == Token.Kind.STRING && token.text().startsWith("'");
    if (!literal && !token.isIdentifier()) {
      return;
    }
    String name =
        literal
            ? token.text().substring(1, token.text().length() - 1).replace("''", "'")
            : token.identifier();
    if (!name.isEmpty() && !name.startsWith("pg_") && (literal || isName(token))) {
      roles.add(name);
    }
  }
}
