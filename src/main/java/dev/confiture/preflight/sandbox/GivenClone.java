package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The copy on a given server, migrated under the role that a deployment would use as far as the
 * URL's user can arrange that.
 */
final class GivenClone implements Clone {

  private final GivenServer server;
  private final MigrationRole role;
  private final Switch becoming;
  private final Map<String, String> settings;
  private final NaturalSettings natural;
  private final Optional<ExtensionGate> extensions;
  private final List<String> notes;
  private boolean closed;

  /** How a session of the URL's user becomes one of the migration role. */
  private enum Switch {
    NONE(""),
    ROLE("SET ROLE "),
    AUTHORIZATION("SET SESSION AUTHORIZATION ");

    private final String command;

    Switch(String command) {
      this.command = command;
    }
  }

  private GivenClone(
      GivenServer server,
      MigrationRole role,
      Switch becoming,
      Map<String, String> settings,
      NaturalSettings natural,
      Optional<ExtensionGate> extensions,
      List<String> notes) {
    this.server = server;
    this.role = role;
    this.becoming = becoming;
    this.settings = Map.copyOf(settings);
    this.natural = natural;
    this.extensions = extensions;
    this.notes = List.copyOf(notes);
  }

  /**
   * Prepares the copy.
   *
   * @param source the database it is a copy of
   * @param seeded whether this run restored it, so that what belongs to the URL's user has no owner
   *     in production
   * @param notes what had to be done otherwise so far
   */
  static GivenClone prepare(
      GivenServer server,
      RoleChoice choice,
      Map<String, String> settings,
      String source,
      boolean seeded,
      List<String> notes) {
    String database = server.run().cloneDatabase();
    try (Session control = server.openControlOn(database)) {
      Optional<RoleSearch> found =
          RoleSearch.in(
              control,
              choice,
              seeded && server.restoresAsSuperuser() ? List.of(server.user()) : List.of());
      List<String> said = new ArrayList<>(notes);
      MigrationRole role =
          server.restoresAsSuperuser()
              ? asSuperuser(server, control, found, seeded, said)
              : asUser(server, control, found, said);
      Switch becoming =
          role.name().equals(server.user())
              ? Switch.NONE
              : server.restoresAsSuperuser() ? Switch.AUTHORIZATION : Switch.ROLE;
      NaturalSettings natural =
          NaturalSettings.of(
              control, role.name(), source, serverTimeZone(control), becoming != Switch.NONE);
      said.addAll(natural.notes());
      server.language().note().ifPresent(said::add);
      Optional<ExtensionGate> extensions =
          server.restoresAsSuperuser() && !role.superuser()
              ? Optional.of(ExtensionGate.install(control, role.name()))
              : Optional.empty();
      return new GivenClone(server, role, becoming, settings, natural, extensions, said);
    }
  }

  /** A superuser can become anyone: never one without need. */
  private static MigrationRole asSuperuser(
      GivenServer server,
      Session control,
      Optional<RoleSearch> found,
      boolean seeded,
      List<String> notes) {
    RoleSearch choice =
        found.orElseGet(
            () ->
                new RoleSearch(
                    server.run().owner(), "a plain owner: no table has one", false, false));
    String name = Identifiers.quote(choice.name());
    if (!choice.exists()) {
      control.run("CREATE ROLE " + name);
      if (found.isPresent()) {
        notes.add("role " + choice.name() + " does not exist: made for this run as a plain role");
      }
    }
    if (choice.superuser()) {
      notes.add(
          "migrations run as "
              + choice.name()
              + ", a superuser on this server ("
              + choice.reason()
              + ")");
    } else if (seeded || !choice.exists()) {
      control.run(
          "ALTER DATABASE "
              + Identifiers.quote(server.run().cloneDatabase())
              + " OWNER TO "
              + name);
    }
    if (seeded && !choice.superuser()) {
      notes.addAll(Handover.of(control, server.user(), choice.name()));
    }
    return new MigrationRole(choice.name(), choice.reason(), choice.superuser());
  }

  /** Anyone else can become a role that he is a member of. */
  private static MigrationRole asUser(
      GivenServer server, Session control, Optional<RoleSearch> found, List<String> notes) {
    if (found.isEmpty() || found.get().name().equals(server.user())) {
      return new MigrationRole(
          server.user(), found.map(RoleSearch::reason).orElse("the user of the URL"), false);
    }
    RoleSearch choice = found.get();
    if (!choice.exists() || !canBecome(control, choice.name())) {
      notes.add(
          "migrations run as "
              + server.user()
              + ", the user of the URL: it cannot become "
              + choice.name()
              + " ("
              + choice.reason()
              + ")"
              + (choice.exists() ? ", of which it is no member" : ", which does not exist"));
      return new MigrationRole(server.user(), "the user of the URL", false);
    }
    String database = server.run().cloneDatabase();
    Databases.attempt(
            control,
            "ALTER DATABASE "
                + Identifiers.quote(database)
                + " OWNER TO "
                + Identifiers.quote(choice.name()))
        .ifPresent(
            why ->
                notes.add(
                    "the copy belongs to "
                        + server.user()
                        + ", not "
                        + choice.name()
                        + ": "
                        + why));
    return new MigrationRole(choice.name(), choice.reason(), choice.superuser());
  }

  private static boolean canBecome(Session control, String role) {
    return Databases.attempt(
            control, "BEGIN; SET LOCAL ROLE " + Identifiers.quote(role) + "; ROLLBACK")
        .isEmpty();
  }

  /**
   * The time zone of the server's configuration, which this session cannot see for itself: the
   * file's where a superuser asks, else that of the log, which initdb sets to the same.
   */
  private static String serverTimeZone(Session control) {
    try {
      List<Row> configured =
          control.query(
              "SELECT setting FROM pg_file_settings WHERE lower(name) = 'timezone' AND applied"
                  + " ORDER BY seqno DESC LIMIT 1");
      if (!configured.isEmpty()) {
        return configured.getFirst().text(0);
      }
    } catch (SessionException notAllowed) {
      // Only a superuser may.
    }
    return control.query("SELECT current_setting('log_timezone')").getFirst().text(0);
  }

  @Override
  public String database() {
    return server.run().cloneDatabase();
  }

  @Override
  public MigrationRole role() {
    return role;
  }

  @Override
  public Session openMigrating() {
    Session session = server.openOn(database(), settings);
    try {
      natural.applyTo(session);
      becoming().ifPresent(session::run);
      return session;
    } catch (SessionException refused) {
      session.close();
      throw refused;
    }
  }

  @Override
  public Optional<String> becoming() {
    return becoming == Switch.NONE
        ? Optional.empty()
        : Optional.of(becoming.command + Identifiers.quote(role.name()));
  }

  @Override
  public Session openControl() {
    return server.openForQuestionsOn(database());
  }

  @Override
  public void mayMake(Collection<String> roles) {
    server.mayMake(roles);
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
    return extensions.flatMap(gate -> gate.call(extension, ifNotExists, schema, cascade));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      server.dropClone();
    }
  }
}
