package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.seed.RestorePlan.Step;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides how statements on roles, databases and other objects of the whole cluster are restored:
 * nothing is changed that this run has not made.
 */
final class ClusterObjects {

  /** The kinds of object that a comment, a label or a grant would change outside the database. */
  private static final Set<String> KINDS =
      Set.of("database", "role", "tablespace", "subscription", "parameter");

  private static final Set<String> SERVER_ROLES =
      Set.of("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files");

  private final String database;
  private final Optional<String> production;
  private final Set<String> made;
  private final boolean superuser;
  private final boolean createRole;

  /**
   * Makes the rules for one database.
   *
   * @param database the database that stands for the file's own
   * @param production the name of the file's own, if that is known and its owner and rights can be
   *     restored: only a superuser can give a database to anyone
   * @param made the roles that this run has made, and may change
   * @param superuser true if the restoring user is one, who can give them any attribute
   * @param createRole true if they may get CREATEROLE
   */
  ClusterObjects(
      String database,
      Optional<String> production,
      Collection<String> made,
      boolean superuser,
      boolean createRole) {
    this.database = database;
    this.production = production;
    this.made = Set.copyOf(made);
    this.superuser = superuser;
    this.createRole = createRole;
  }

  /**
   * Restores the attributes of a role that this run has made: a stub role stands for it already.
   */
  Step role(Statement s) {
    return RoleStatement.of(s)
        .filter(told -> superuser && told.role().filter(made::contains).isPresent())
        .filter(told -> told.memberships().stream().allMatch(each -> made.contains(each.member())))
        .map(told -> told.within(made))
        .flatMap(told -> told.restored(createRole))
        .<Step>map(sql -> new Step.Alone(s, sql))
        .orElseGet(Step.Skipped::new);
  }

  /** Restores a COMMENT or SECURITY LABEL, unless it is on an object of the cluster. */
  static Step remark(Statement s) {
    return isOnOne(s) ? new Step.Skipped() : new Step.Batched(s, s.text());
  }

  /** Restores a DROP, unless it is of an object of the cluster: stubs are needed until the end. */
  static Step drop(Statement s) {
    boolean ofTheCluster =
        KINDS.contains(second(s))
            || (s.is(1, "user") && !s.is(2, "mapping"))
            || s.is(1, "group")
            || s.is(1, "owned");
    return ofTheCluster ? new Step.Skipped() : new Step.Batched(s, s.text());
  }

  /** Restores settings and owner of the file's database for ours, but not its tablespace. */
  Step alterDatabase(Statement s) {
    boolean owner = s.is(3, "owner") && isProduction(s, 2);
    return owner || (s.is(3, "set") && !s.is(4, "tablespace")) || s.is(3, "reset")
        ? new Step.Alone(s, renamed(s, 2))
        : new Step.Skipped();
  }

  /** Restores settings and attributes of a role, but no password. */
  Step alterRole(Statement s) {
    if (s.is(3, "in") && s.is(4, "database") && s.tokens().size() > 5) {
      return new Step.Alone(s, renamed(s, 5));
    }
    if (!s.is(3, "set") && !s.is(3, "reset")) {
      return role(s);
    }
    Token name = s.tokens().get(2);
    return NamedRoles.isName(name) && made.contains(name.identifier())
        ? new Step.Alone(s, renamed(s, 2, name.identifier()))
        : new Step.LeftOut("settings of roles that were here before are left out");
  }

  /** Restores a GRANT or REVOKE, unless it changes what this run has not made. */
  Step grant(Statement s) {
    if (!NamedRoles.isMembership(s)) {
      int database = 1;
      while (database < s.tokens().size() && !s.is(database - 1, "database")) {
        database++;
      }
      if (s.is(database - 2, "on") && isProduction(s, database)) {
        return new Step.Alone(s, renamed(s, database));
      }
      return isOnOne(s) ? new Step.Skipped() : new Step.Batched(s, s.text());
    }
    if (s.tokens().stream().anyMatch(token -> SERVER_ROLES.contains(token.identifier()))) {
      return new Step.Refused(s, "membership in a role for the server's files and programs");
    }
    if (!made.containsAll(members(s))) {
      return new Step.LeftOut("memberships of roles that were here before are left out");
    }
    List<String> groups = groups(s).stream().filter(made::contains).toList();
    return groups.isEmpty()
        ? new Step.LeftOut("memberships in roles that were here before are left out")
        : new Step.Batched(s, membership(s, groups));
  }

  /** Returns a GRANT or REVOKE of membership in these roles alone. */
  private static String membership(Statement s, List<String> groups) {
    List<Token> tokens = s.tokens();
    int first = firstGroup(s);
    int direction =
        IntStream.range(first, tokens.size())
            .filter(i -> s.is(i, "to") || s.is(i, "from"))
            .findFirst()
            .orElse(tokens.size() - 1);
    // From 16 on the grantor must have the role itself, which no stub has.
    int by =
        IntStream.range(direction, tokens.size())
            .filter(i -> s.is(i, "granted") && s.is(i + 1, "by"))
            .findFirst()
            .orElse(tokens.size());
    return s.source().substring(s.start(), tokens.get(first).start())
        + groups.stream().map(Identifiers::quote).collect(Collectors.joining(", "))
        + " "
        + s.source().substring(tokens.get(direction).start(), tokens.get(by - 1).end());
  }

  private static int firstGroup(Statement s) {
    return s.is(2, "option") && s.is(3, "for") ? 4 : 1;
  }

  /** Returns the roles whose membership it is. */
  private static List<String> groups(Statement s) {
    return s.tokens().stream()
        .skip(firstGroup(s))
        .takeWhile(token -> !token.is("to") && !token.is("from"))
        .filter(token -> !token.isMark(","))
        .map(Token::identifier)
        .toList();
  }

  /** Returns the roles that get or lose the membership. */
  private static List<String> members(Statement s) {
    List<String> members = new ArrayList<>();
    boolean listed = false;
    for (int i = 1; i < s.tokens().size(); i++) {
      if (listed) {
        members.add(s.tokens().get(i).identifier());
      }
      listed =
          s.is(i, "to") || s.is(i, "from") || (!members.isEmpty() && s.tokens().get(i).isMark(","));
    }
    return members;
  }

  /** Returns true if the token names the file's own database, and no other stands beside it. */
  private boolean isProduction(Statement s, int index) {
    return index + 1 < s.tokens().size()
        && !s.tokens().get(index + 1).isMark(",")
        && production.filter(s.tokens().get(index).identifier()::equals).isPresent();
  }

  /** Returns the statement with our database's name in place of a token. */
  private String renamed(Statement s, int index) {
    return renamed(s, index, database);
  }

  private static String renamed(Statement s, int index, String other) {
    Token name = s.tokens().get(index);
    return s.source().substring(s.start(), name.start())
        + Identifiers.quote(other)
        + s.source().substring(name.end(), s.tokens().getLast().end());
  }

  private static String second(Statement s) {
    return s.tokens().size() > 1 ? s.tokens().get(1).identifier() : "";
  }

  /** Returns true if the statement is ON one; each kind may also be a table's name. */
  private static boolean isOnOne(Statement s) {
    for (int i = 1; i + 2 < s.tokens().size(); i++) {
      if (s.is(i, "on")) {
        Token kind = s.tokens().get(i + 1);
        boolean named =
            s.tokens().get(i + 2).isIdentifier() && !s.is(i + 2, "to") && !s.is(i + 2, "from");
        return kind.kind() == Token.Kind.WORD && KINDS.contains(kind.identifier()) && named;
      }
    }
    return false;
  }
}
