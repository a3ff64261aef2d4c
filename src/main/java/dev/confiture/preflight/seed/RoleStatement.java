package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one statement of a schema file tells of roles: attributes, and memberships.
 *
 * @param attributes of the role, true for those that it has; empty for a GRANT
 * @param memberships that it grants
 * @see <a href="https://www.postgresql.org/docs/current/sql-createrole.html">CREATE ROLE</a>
 */
record RoleStatement(
    Optional<String> role, Map<String, Boolean> attributes, List<Membership> memberships) {

  static final String SUPERUSER = "superuser";
  static final String CREATEROLE = "createrole";
  static final String REPLICATION = "replication";

  static final Set<String> ATTRIBUTES =
      Set.of(SUPERUSER, "inherit", CREATEROLE, "createdb", REPLICATION, "bypassrls");

  /** Those that a superuser of an ordinary server would have to answer for. */
  private static final Set<String> NEVER_GIVEN = Set.of(SUPERUSER, REPLICATION);

  /** The membership of one role in another. */
  record Membership(String group, String member) {}

  RoleStatement {
    attributes = Map.copyOf(attributes);
    memberships = List.copyOf(memberships);
  }

  /** Returns what the statement tells of roles, if it is about them. */
  static Optional<RoleStatement> of(Statement s) {
    boolean ofRole =
        s.is(1, "role") || s.is(1, "group") || (s.is(1, "user") && !s.is(2, "mapping"));
    if (s.tokens().size() > 2 && ofRole && (s.is(0, "create") || s.is(0, "alter"))) {
      boolean setting = Stream.of("set", "reset", "rename", "in").anyMatch(word -> s.is(3, word));
      return s.is(0, "alter") && setting ? Optional.empty() : Optional.of(new Reader(s).ofRole());
    }
    return s.is(0, "grant") && NamedRoles.isMembership(s)
        ? Optional.of(new Reader(s).grant())
        : Optional.empty();
  }

  /**
   * Returns the commands that give a stub role these attributes, but for those that reach out of
   * the database, and makes it a member of the other roles.
   *
   * @param createRole true if CREATEROLE may be given: before 16 it lets a role become any other
   */
  Optional<String> restored(boolean createRole) {
    List<String> commands = new ArrayList<>();
    List<String> given =
        attributes.entrySet().stream()
            .filter(each -> !NEVER_GIVEN.contains(each.getKey()))
            .filter(each -> createRole || !each.getKey().equals(CREATEROLE) || !each.getValue())
            .map(each -> (each.getValue() ? "" : "NO") + each.getKey())
            .sorted()
            .toList();
    role.filter(_ -> !given.isEmpty())
        .map(name -> "ALTER ROLE " + Identifiers.quote(name) + " " + String.join(" ", given))
        .ifPresent(commands::add);
    memberships.stream()
        .filter(membership -> !membership.group().startsWith("pg_"))
        .map(
            membership ->
                "GRANT "
                    + Identifiers.quote(membership.group())
                    + " TO "
                    + Identifiers.quote(membership.member()))
        .forEach(commands::add);
    return commands.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", commands));
  }

  /** Returns the statement without memberships in other roles than these. */
  RoleStatement within(Set<String> groups) {
    return new RoleStatement(
        role,
        attributes,
        memberships.stream().filter(each -> groups.contains(each.group())).toList());
  }

  /** Reads the options one after the other: each says how much of the rest is its own. */
  private static final class Reader {

    private final Statement s;
    private final Map<String, Boolean> attributes = new LinkedHashMap<>();
    private final List<Membership> memberships = new ArrayList<>();

    Reader(Statement s) {
      this.s = s;
    }

    RoleStatement ofRole() {
      String role = s.tokens().get(2).identifier();
      int at = 3;
      while (at < s.tokens().size()) {
        at = option(role, at);
      }
      return new RoleStatement(Optional.of(role), attributes, memberships);
    }

    private int option(String role, int at) {
      String word = s.tokens().get(at).identifier();
      return switch (word) {
        case "in" -> {
          List<String> groups = names(at + 2);
          groups.forEach(group -> memberships.add(new Membership(group, role)));
          yield at + 1 + 2 * groups.size();
        }
        case "role", "user", "admin" -> {
          List<String> members = names(at + 1);
          members.forEach(member -> memberships.add(new Membership(role, member)));
          yield at + Math.max(1, 2 * members.size());
        }
        case "password", "sysid" -> at + 2;
        case "valid", "connection" -> at + 3;
        default -> {
          boolean has = ATTRIBUTES.contains(word);
          if (has || (word.startsWith("no") && ATTRIBUTES.contains(word.substring(2)))) {
            attributes.put(has ? word : word.substring(2), has);
          }
          yield at + 1;
        }
      };
    }

    RoleStatement grant() {
      List<String> groups = names(1);
      int to = 1;
      while (to < s.tokens().size() && !s.is(to, "to")) {
        to++;
      }
      for (String member : names(to + 1)) {
        groups.forEach(group -> memberships.add(new Membership(group, member)));
      }
      return new RoleStatement(Optional.empty(), attributes, memberships);
    }

    /** Returns the names from an index on, commas between. */
    private List<String> names(int from) {
      List<String> names = new ArrayList<>();
      List<Token> tokens = s.tokens();
      for (int at = from; at < tokens.size(); at += 2) {
        names.add(tokens.get(at).identifier());
        if (at + 1 >= tokens.size() || !tokens.get(at + 1).isMark(",")) {
          break;
        }
      }
      return names;
    }
  }
}
