package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import dev.confiture.preflight.sql.TokenKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is done with roles, databases and all else that belongs to the cluster and not to our
 * database: nothing is changed that this run has not made.
 */
final class ClusterObjects {

  /** Kinds which a comment, a label or a grant would change outside of our database. */
  private static final Set<String> KINDS =
      Set.of("database", "role", "tablespace", "subscription", "parameter");

  private static final Set<String> SERVER_ROLES =
      Set.of("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files");

  private final String database;
  private final Set<String> made;

  /**
   * For one database.
   *
   * @param database the one that stands for the file's own
   * @param made the roles that this run has made, and may change
   */
  ClusterObjects(String database, Collection<String> made) {
    this.database = database;
    this.made = Set.copyOf(made);
  }

  /** {@code COMMENT} and {@code SECURITY LABEL}. */
  static RestoreStep remark(Statement s) {
    return isOnOne(s) ? new RestoreStep.Skipped() : new RestoreStep.Batched(s, s.text());
  }

  /** Roles and databases belong to the server, and stubs are needed until the end. */
  static RestoreStep drop(Statement s) {
    boolean ofTheCluster =
        KINDS.contains(second(s))
            || (s.is(1, "user") && !s.is(2, "mapping"))
            || s.is(1, "group")
            || s.is(1, "owned");
    return ofTheCluster ? new RestoreStep.Skipped() : new RestoreStep.Batched(s, s.text());
  }

  /** The settings of the file's database are for ours; its owner and its place are not. */
  RestoreStep alterDatabase(Statement s) {
    return (s.is(3, "set") && !s.is(4, "tablespace")) || s.is(3, "reset")
        ? new RestoreStep.Alone(s, renamed(s, 2))
        : new RestoreStep.Skipped();
  }

  /** Settings only: attributes and passwords are not for stubs. */
  RestoreStep alterRole(Statement s) {
    if (s.is(3, "in") && s.is(4, "database") && s.tokens().size() > 5) {
      return new RestoreStep.Alone(s, renamed(s, 5));
    }
    if (!s.is(3, "set") && !s.is(3, "reset")) {
      return new RestoreStep.Skipped();
    }
    String name = s.tokens().get(2).identifier();
    return made.contains(name)
        ? new RestoreStep.Alone(s, s.text())
        : new RestoreStep.LeftOut("settings of roles that were here before are left out");
  }

  /** {@code GRANT} and {@code REVOKE}. */
  RestoreStep grant(Statement s) {
    if (!NamedRoles.isMembership(s)) {
      return isOnOne(s) ? new RestoreStep.Skipped() : new RestoreStep.Batched(s, s.text());
    }
    if (s.tokens().stream().anyMatch(token -> SERVER_ROLES.contains(token.identifier()))) {
      return new RestoreStep.Refused(s, "membership in a role for the server's files and programs");
    }
    int by =
        IntStream.range(1, s.tokens().size())
            .filter(i -> s.is(i, "granted") && s.is(i + 1, "by"))
            .findFirst()
            .orElse(s.tokens().size());
    // From 16 on the grantor must have the role itself, which no stub has.
    return made.containsAll(members(s))
        ? new RestoreStep.Batched(s, s.source().substring(s.start(), s.tokens().get(by - 1).end()))
        : new RestoreStep.LeftOut("memberships of roles that were here before are left out");
  }

  /** Those that get or lose the membership. */
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

  /** The statement with our database's name in place of the token of this index. */
  private String renamed(Statement s, int index) {
    Token name = s.tokens().get(index);
    return s.source().substring(s.start(), name.start())
        + Identifiers.quote(database)
        + s.source().substring(name.end(), s.tokens().getLast().end());
  }

  private static String second(Statement s) {
    return s.tokens().size() > 1 ? s.tokens().get(1).identifier() : "";
  }

  /** Each of these words may also be a table's name, where the kind is left out. */
  private static boolean isOnOne(Statement s) {
    for (int i = 1; i + 2 < s.tokens().size(); i++) {
      if (s.is(i, "on")) {
        Token kind = s.tokens().get(i + 1);
        boolean named =
            s.tokens().get(i + 2).isIdentifier() && !s.is(i + 2, "to") && !s.is(i + 2, "from");
        return kind.kind() == TokenKind.WORD && KINDS.contains(kind.identifier()) && named;
      }
    }
    return false;
  }
}
