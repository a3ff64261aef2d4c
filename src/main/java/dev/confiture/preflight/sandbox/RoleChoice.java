package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.RoleRights;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the migration role is found: the one that a real deployment would migrate as.
 *
 * <p>In this order: as the user says, the owner of the tracking table, the owner of most tables or,
 * where no table has one, of most other objects.
 *
 * @param runAs the role that the user named
 * @param superuser true if the role is to be a superuser
 * @param settings those that the role has in production, as the user tells them
 * @param ledger the table where production's tool keeps what was applied; its owner is the role
 *     that migrates there
 * @param told what the schema that was restored tells of the rights of a role
 */
public record RoleChoice(
    Optional<String> runAs,
    boolean superuser,
    Map<String, String> settings,
    Optional<QualifiedName> ledger,
    Function<String, RoleRights> told) {

  /** Makes a choice among ordinary roles of which nothing more is told. */
  public static RoleChoice of(Optional<String> runAs, Optional<QualifiedName> ledger) {
    return new RoleChoice(runAs, false, Map.of(), ledger, _ -> RoleRights.UNKNOWN);
  }

  public RoleChoice {
    // In the order in which they are told.
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  private static final String AS_ASKED = "as asked";

  private static final String TABLES =
      "SELECT 'pg_class'::regclass, oid, relowner FROM pg_class WHERE relkind IN ('r', 'p')";

  private static final String OBJECTS =
      "SELECT 'pg_namespace'::regclass, oid, nspowner FROM pg_namespace"
          + " UNION ALL SELECT 'pg_class'::regclass, oid, relowner FROM pg_class"
          + " WHERE relkind IN ('v', 'm', 'S', 'f')"
          + " UNION ALL SELECT 'pg_proc'::regclass, oid, proowner FROM pg_proc"
          + " UNION ALL SELECT 'pg_type'::regclass, oid, typowner FROM pg_type"
          + " WHERE typtype IN ('d', 'e', 'r')";

  /**
   * The role that was found.
   *
   * @param exists true if the server has it
   */
  record Found(MigrationRole role, boolean exists) {

    String name() {
      return role.name();
    }

    String reason() {
      return role.reason();
    }

    /** Returns true for the role that the user named. */
    boolean isAsAsked() {
      return reason().equals(AS_ASKED);
    }
  }

  /**
   * Searches the catalog of the seeded database.
   *
   * @param engine the engine's own roles, which are never meant
   */
  Optional<Found> search(Session database, Collection<String> engine) {
    return runAs
        .map(role -> named(database, role))
        .or(() -> ledger.flatMap(table -> ownerOf(database, table, engine)))
        .or(() -> ownerOfMost(database, TABLES, "tables", engine))
        .or(() -> ownerOfMost(database, OBJECTS, "objects", engine));
  }

  private static Found named(Session database, String role) {
    return database
        .query("SELECT rolsuper FROM pg_roles WHERE rolname = " + Identifiers.literal(role))
        .stream()
        .map(row -> new Found(new MigrationRole(role, AS_ASKED, row.isTrue(0)), true))
        .findFirst()
        .orElseGet(() -> new Found(new MigrationRole(role, AS_ASKED, false), false));
  }

  private static Optional<Found> ownerOf(
      Session database, QualifiedName table, Collection<String> engine) {
    return database
        .query(
            "SELECT r.rolname, r.rolsuper FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
                + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p') AND c.relname = "
                + Identifiers.literal(table.name())
                + table.schema().map(s -> " AND n.nspname = " + Identifiers.literal(s)).orElse("")
                + without(engine)
                + " ORDER BY n.nspname = 'public' DESC, n.nspname")
        .stream()
        .map(row -> found(row, "owner of " + table))
        .findFirst();
  }

  private static Optional<Found> ownerOfMost(
      Session database, String objects, String kind, Collection<String> engine) {
    return database
        .query(
            "SELECT r.rolname, r.rolsuper, count(*), sum(count(*)) OVER () FROM ("
                + objects
                + ") AS o (class, oid, owner) JOIN pg_roles r ON r.oid = o.owner"
                + " WHERE o.oid >= 16384 AND r.rolname !~ '^pg_' AND NOT EXISTS (SELECT"
                + " FROM pg_depend d WHERE d.classid = o.class AND d.objid = o.oid"
                + " AND d.deptype = 'e')"
                + without(engine)
                + " GROUP BY r.rolname, r.rolsuper ORDER BY count(*) DESC, r.rolname LIMIT 1")
        .stream()
        .map(
            row ->
                found(
                    row, "owner of most " + kind + " (" + row.text(2) + " of " + row.text(3) + ")"))
        .findFirst();
  }

  private static Found found(Row row, String reason) {
    return new Found(new MigrationRole(row.text(0), reason, row.isTrue(1)), true);
  }

  private static String without(Collection<String> engine) {
    return engine.isEmpty()
        ? ""
        : engine.stream()
            .map(Identifiers::literal)
            .collect(Collectors.joining(", ", " AND r.rolname NOT IN (", ")"));
  }
}
