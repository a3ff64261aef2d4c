package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The role that a real deployment would migrate as, found in the catalog of the seeded database.
 *
 * <p>In this order: as the user says, the owner of the tracking table, the owner of most tables.
 *
 * @param name the role
 * @param reason why this one
 * @param exists true if the server has it
 * @param superuser true if it is a superuser
 */
record RoleSearch(String name, String reason, boolean exists, boolean superuser) {

  private static final String AS_ASKED = "as asked";

  /** Returns true for the role that the user named. */
  boolean isAsAsked() {
    return reason.equals(AS_ASKED);
  }

  /** Returns what the report says of it. */
  MigrationRole role() {
    return new MigrationRole(name, reason, superuser);
  }

  /**
   * Searches the catalog.
   *
   * @param engine the engine's own roles, which are never meant
   */
  static Optional<RoleSearch> in(Session control, RoleChoice choice, Collection<String> engine) {
    return choice
        .runAs()
        .map(named -> named(control, named))
        .or(() -> choice.ledger().flatMap(table -> ownerOf(control, table, engine)))
        .or(() -> ownerOfMost(control, engine));
  }

  private static RoleSearch named(Session control, String role) {
    return control
        .query("SELECT rolsuper FROM pg_roles WHERE rolname = " + Identifiers.literal(role))
        .stream()
        .map(row -> new RoleSearch(role, AS_ASKED, true, row.isTrue(0)))
        .findFirst()
        .orElseGet(() -> new RoleSearch(role, AS_ASKED, false, false));
  }

  private static Optional<RoleSearch> ownerOf(
      Session control, QualifiedName table, Collection<String> engine) {
    return control
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

  private static Optional<RoleSearch> ownerOfMost(Session control, Collection<String> engine) {
    return control
        .query(
            "SELECT r.rolname, r.rolsuper, count(*), sum(count(*)) OVER ()"
                + " FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
                + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_'"
                + " AND n.nspname <> 'information_schema'"
                + " AND NOT EXISTS (SELECT FROM pg_depend d"
                + " WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid"
                + " AND d.deptype = 'e')"
                + without(engine)
                + " GROUP BY r.rolname, r.rolsuper ORDER BY count(*) DESC, r.rolname LIMIT 1")
        .stream()
        .map(row -> found(row, "owner of most tables (" + row.text(2) + " of " + row.text(3) + ")"))
        .findFirst();
  }

  private static RoleSearch found(Row row, String reason) {
    return new RoleSearch(row.text(0), reason, true, row.isTrue(1));
  }

  private static String without(Collection<String> engine) {
    return engine.isEmpty()
        ? ""
        : engine.stream()
            .map(Identifiers::literal)
            .collect(Collectors.joining(", ", " AND r.rolname NOT IN (", ")"));
  }
}
