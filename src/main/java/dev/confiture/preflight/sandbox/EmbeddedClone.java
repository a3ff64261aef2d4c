package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The seeded database of the embedded server, in the hands of the migration role. */
final class EmbeddedClone implements MigratedDatabase {

  private static final String PLAIN_OWNER = "preflight_owner";

  private final EmbeddedServer server;
  private final Isolation isolation;
  private final Credentials migrating;
  private final MigrationRole role;
  private final Map<String, String> settings;
  private final NaturalSettings natural;
  private final ExtensionGate extensions;
  private final List<String> notes;

  private EmbeddedClone(
      EmbeddedServer server,
      Isolation isolation,
      Credentials migrating,
      MigrationRole role,
      Map<String, String> settings,
      NaturalSettings natural,
      ExtensionGate extensions,
      List<String> notes) {
    this.server = server;
    this.isolation = isolation;
    this.migrating = migrating;
    this.role = role;
    this.settings = Map.copyOf(settings);
    this.natural = natural;
    this.extensions = extensions;
    this.notes = List.copyOf(notes);
  }

  static EmbeddedClone prepare(
      EmbeddedServer server, Isolation isolation, RoleChoice choice, Map<String, String> settings) {
    List<String> notes = new ArrayList<>();
    try (Session superuser = server.openAsRestorer()) {
      disarm(superuser, server.engineRoles());
      RoleSearch found =
          RoleSearch.in(superuser, choice, server.engineRoles())
              .orElseGet(
                  () ->
                      new RoleSearch(PLAIN_OWNER, "a plain owner: no table has one", false, false));
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
        superuser.run(
            "ALTER DATABASE " + Identifiers.quote(server.database()) + " OWNER TO " + name);
      }
      notes.addAll(Handover.of(superuser, server.restorer().user(), found.name()));
      return new EmbeddedClone(
          server,
          isolation == Isolation.AUTO ? Isolation.CLONE : isolation,
          migrating,
          new MigrationRole(found.name(), found.reason(), false),
          settings,
          NaturalSettings.of(superuser, found.name(), server.database(), "UTC", false),
          ExtensionGate.install(superuser, found.name()),
          notes);
    }
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

  @Override
  public String database() {
    return server.database();
  }

  @Override
  public Isolation isolation() {
    return isolation;
  }

  @Override
  public MigrationRole role() {
    return role;
  }

  @Override
  public Session openMigrating() {
    Session session = Session.open(server.target(server.database(), migrating), settings);
    try {
      settle(session);
      return session;
    } catch (SessionException refused) {
      session.close();
      throw refused;
    }
  }

  @Override
  public void settle(Session session) {
    natural.applyTo(session);
  }

  @Override
  public Optional<String> becoming() {
    return Optional.empty();
  }

  @Override
  public Session openControl() {
    return server.openForQuestions();
  }

  @Override
  public void mayMake(Collection<String> roles) {
    // All roles of the server go with it.
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public List<String> appliedSettings() {
    return natural.applied();
  }

  @Override
  public Optional<String> extensionCall(
      String extension, boolean ifNotExists, Optional<String> schema, boolean cascade) {
    return extensions.call(extension, ifNotExists, schema, cascade);
  }

  @Override
  public Aftermath aftermath() {
    return new Aftermath.Dropped();
  }

  /** The database goes with the server. */
  @Override
  public void close() {}
}
