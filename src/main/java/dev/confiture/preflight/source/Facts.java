package dev.confiture.preflight.source;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a production server tells beside its schema, as of the same moment where it allows that.
 *
 * @param database its name
 * @param readAt when the reading began
 * @param extensions with their versions
 * @param dependents of the extensions: what of the users' objects needs something of theirs
 * @param roles without PostgreSQL's own
 * @param tables of the users, with what is known of their sizes
 */
public record Facts(
    ServerVersion version,
    String database,
    Instant readAt,
    Map<String, String> extensions,
    Map<String, List<String>> dependents,
    List<Role> roles,
    List<Membership> memberships,
    List<Setting> settings,
    List<Table> tables) {

  public Facts {
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

  /** That a role is a member of another one. */
  public record Membership(String role, String member) {}

  /**
   * A setting that sessions begin with.
   *
   * @param role whose; empty: everybody's
   * @param ofDatabase whether in this database only
   */
  public record Setting(Optional<String> role, boolean ofDatabase, String name, String value) {}

  /**
   * A table.
   *
   * @param owner the role it belongs to
   * @param rows {@code pg_class.reltuples}: an estimate, empty where the server never counted
   * @param pages {@code pg_class.relpages}: an estimate too
   */
  public record Table(QualifiedName name, String owner, OptionalLong rows, long pages) {}
}
