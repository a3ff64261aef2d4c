package dev.confiture.preflight.source;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The facts of production's catalog that a schema dump leaves out, read in one snapshot with it
 * where the server allows that.
 *
 * @param database the database's name
 * @param owner the role that the database belongs to
 * @param rights the rights on the database itself, one by one; empty for PostgreSQL's defaults
 * @param readAt when the reading began
 * @param extensions the version of each extension, by its name
 * @param dependents the users' objects that need an object of an extension, by its name
 * @param roles all roles but PostgreSQL's own
 * @param tables the users' tables with the planner's estimates of their sizes
 */
public record Facts(
    ServerVersion version,
    String database,
    String owner,
    Optional<List<Right>> rights,
    Instant readAt,
    Map<String, String> extensions,
    Map<String, List<String>> dependents,
    List<Role> roles,
    List<Membership> memberships,
    List<Setting> settings,
    List<Table> tables) {

  public Facts {
    rights = rights.map(List::copyOf);
    extensions = Map.copyOf(extensions);
    dependents = Map.copyOf(dependents);
    roles = List.copyOf(roles);
    memberships = List.copyOf(memberships);
    settings = List.copyOf(settings);
    tables = List.copyOf(tables);
  }

  /**
   * A role; its password is never read.
   *
   * @param attributes as {@code CREATE ROLE} writes them
   */
  public record Role(String name, List<String> attributes) {
    public Role {
      attributes = List.copyOf(attributes);
    }
  }

  /**
   * A right on the database.
   *
   * @param role the role that has it; empty for PUBLIC
   */
  public record Right(String privilege, Optional<String> role, boolean grantable) {}

  /** The membership of one role in another. */
  public record Membership(String role, String member) {}

  /**
   * A setting of {@code ALTER ROLE … SET} or {@code ALTER DATABASE … SET}.
   *
   * @param role the role whose sessions begin with it; empty for everybody's
   * @param ofDatabase true if it holds in this database only
   */
  public record Setting(Optional<String> role, boolean ofDatabase, String name, String value) {}

  /**
   * A table.
   *
   * @param rows {@code pg_class.reltuples}, an estimate; empty where the server never counted
   * @param pages {@code pg_class.relpages}, an estimate of its 8 kB pages
   */
  public record Table(QualifiedName name, String owner, OptionalLong rows, long pages) {}
}
