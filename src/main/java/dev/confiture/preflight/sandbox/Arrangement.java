package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Session;
import java.util.ArrayList;
import java.util.List;

/** The migration role of the embedded server, to which the seeded database is handed over. */
record Arrangement(
    Credentials migrating,
    MigrationRole role,
    NaturalSettings natural,
    ExtensionGate extensions,
    List<String> notes) {

  private static final String PLAIN_OWNER = "preflight_owner";

  Arrangement {
    notes = List.copyOf(notes);
  }

  static Arrangement of(EmbeddedServer server, Session superuser, RoleChoice choice) {
    List<String> notes = new ArrayList<>();
    disarm(superuser, server.engineRoles());
    RoleSearch found =
        RoleSearch.in(superuser, choice, server.engineRoles())
            .orElseGet(
                () -> new RoleSearch(PLAIN_OWNER, "a plain owner: no table has one", false, false));
    Credentials migrating = Credentials.of(found.name());
    String name = Identifiers.quote(found.name());
    if (!found.exists()) {
      superuser.run("CREATE ROLE " + name);
      if (choice.runAs().isPresent()) {
        notes.add("role " + found.name() + " is not in the schema: made here as a plain role");
      }
    }
    superuser.run(
        "ALTER ROLE "
            + name
            + " LOGIN CONNECTION LIMIT -1 VALID UNTIL 'infinity' PASSWORD "
            + Identifiers.literal(migrating.verifier()));
    if (!superuser
        .query(
            "SELECT FROM pg_database WHERE datname = current_database() AND datdba = "
                + Identifiers.literal(Identifiers.quote(server.restorer().user()))
                + "::regrole")
        .isEmpty()) {
      superuser.run("ALTER DATABASE " + Identifiers.quote(server.template()) + " OWNER TO " + name);
    }
    notes.addAll(Handover.of(superuser, server.restorer().user(), found.name()));
    return new Arrangement(
        migrating,
        new MigrationRole(found.name(), found.reason(), false),
        NaturalSettings.of(superuser, found.name(), server.template(), "UTC", false),
        ExtensionGate.install(superuser, found.name()),
        notes);
  }

  /**
   * Takes from every role what would let a migration out of the database: a schema file may have
   * given it. Before 16, CREATEROLE could grant itself any role (release notes of 16,
   * "Privileges").
   */
  private static void disarm(Session superuser, List<String> engine) {
    boolean before16 = superuser.serverVersion().major() < 16;
    superuser
        .query(
            "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolreplication OR rolcreaterole AND "
                + before16
                + ") AND oid >= 16384")
        .stream()
        .map(row -> row.text(0))
        .filter(role -> !engine.contains(role))
        .forEach(
            role ->
                superuser.run(
                    "ALTER ROLE "
                        + Identifiers.quote(role)
                        + " NOSUPERUSER NOREPLICATION"
                        + (before16 ? " NOCREATEROLE" : "")));
    superuser
        .query(
            "SELECT DISTINCT quote_ident(g.rolname), quote_ident(m.rolname) FROM pg_auth_members a"
                + " JOIN pg_roles g ON g.oid = a.roleid JOIN pg_roles m ON m.oid = a.member"
                + " WHERE g.rolname IN ('pg_execute_server_program', 'pg_read_server_files',"
                + " 'pg_write_server_files') AND m.oid >= 16384")
        .forEach(row -> superuser.run("REVOKE " + row.text(0) + " FROM " + row.text(1)));
  }
}
