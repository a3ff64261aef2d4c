package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.RoleRights;
import dev.confiture.preflight.seed.RoleStatement.Membership;
import dev.confiture.preflight.sql.Script;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a schema tells of the rights of production's roles: with <a
 * href="https://www.postgresql.org/docs/current/app-pg-dumpall.html">pg_dumpall --roles-only</a> in
 * front, or read from the source.
 */
public final class ToldRoles {

  /** Nothing is told. */
  public static final ToldRoles NONE = new ToldRoles(Map.of(), List.of(), true);

  private final Map<String, Map<String, Boolean>> attributes;
  private final List<Membership> memberships;
  private final boolean createRole;

  private ToldRoles(
      Map<String, Map<String, Boolean>> attributes,
      List<Membership> memberships,
      boolean createRole) {
    this.attributes = attributes;
    this.memberships = memberships;
    this.createRole = createRole;
  }

  /**
   * Reads the role statements of a schema.
   *
   * @param createRole true if the restore gives CREATEROLE: {@link Seeder#givesCreateRole}
   */
  public static ToldRoles of(Script schema, boolean createRole) {
    Map<String, Map<String, Boolean>> attributes = new HashMap<>();
    Set<Membership> memberships = new LinkedHashSet<>();
    schema.statements().stream()
        .flatMap(statement -> RoleStatement.of(statement).stream())
        .forEach(
            told -> {
              told.role()
                  .ifPresent(
                      role ->
                          attributes
                              .computeIfAbsent(role, _ -> new HashMap<>())
                              .putAll(told.attributes()));
              memberships.addAll(told.memberships());
            });
    return new ToldRoles(attributes, List.copyOf(memberships), createRole);
  }

  /**
   * Returns how far the rights of a role are known: no more than by its name where no statement has
   * an attribute, as in a file that only wants to name an owner.
   */
  public RoleRights of(String role) {
    if (attributes.getOrDefault(role, Map.of()).isEmpty()) {
      return RoleRights.UNKNOWN;
    }
    if (has(role, RoleStatement.SUPERUSER)) {
      return RoleRights.SUPERUSER;
    }
    boolean withheld =
        has(role, RoleStatement.REPLICATION)
            || (has(role, RoleStatement.CREATEROLE) && !createRole)
            || groups(role).stream()
                .anyMatch(group -> group.startsWith("pg_") || has(group, RoleStatement.SUPERUSER));
    return withheld ? RoleRights.WITHHELD : RoleRights.KNOWN;
  }

  /**
   * Returns true if a schema holds every role of its cluster, as pg_dumpall writes them: none is
   * without a superuser, whom nobody writes down by hand with each of his attributes.
   */
  public boolean holdsEveryRole() {
    return attributes.entrySet().stream()
        .anyMatch(
            role ->
                has(role.getKey(), RoleStatement.SUPERUSER)
                    && role.getValue().keySet().containsAll(RoleStatement.ATTRIBUTES));
  }

  private boolean has(String role, String attribute) {
    return attributes.getOrDefault(role, Map.of()).getOrDefault(attribute, false);
  }

  /** Returns the roles that a role is a member of, directly or not. */
  private Set<String> groups(String role) {
    Set<String> groups = new HashSet<>();
    Set<String> next = Set.of(role);
    while (!next.isEmpty()) {
      Set<String> found = new HashSet<>();
      for (Membership membership : memberships) {
        if (next.contains(membership.member()) && groups.add(membership.group())) {
          found.add(membership.group());
        }
      }
      next = found;
    }
    return groups;
  }
}
