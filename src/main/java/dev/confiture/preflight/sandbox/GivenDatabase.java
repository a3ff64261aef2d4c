package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A database of a given server, migrated under the role that a deployment would use as far as the
 * URL's user can arrange that: a copy made for the run, or under savepoint isolation the named
 * database itself.
 */
final class GivenDatabase implements MigratedDatabase {

  private final GivenServer server;
  private final Isolation isolation;
  private final Kind kind;
  private final MigrationRole role;
  private final Map<String, String> settings;
  private final NaturalSettings natural;
  private final Optional<ExtensionGate> extensions;
  private final List<String> notes;
  private Optional<Aftermath> aftermath = Optional.empty();

  /** Whose database it is. */
  private sealed interface Kind {

    /** Made for the run. */
    record Copy() implements Kind {}

    /** The user's, to be left as it was. */
    record Named(Optional<Fingerprint> before) implements Kind {}

    /** The user's, empty before the run and emptied at its end. */
    record Filled(FilledDatabase database) implements Kind {}
  }

  private GivenDatabase(
      GivenServer server,
      Isolation isolation,
      Kind kind,
      MigrationRole role,
      Map<String, String> settings,
      NaturalSettings natural,
      Optional<ExtensionGate> extensions,
      List<String> notes) {
    this.server = server;
    this.isolation = isolation;
    this.kind = kind;
    this.role = role;
    this.settings = Map.copyOf(settings);
    this.natural = natural;
    this.extensions = extensions;
    this.notes = List.copyOf(notes);
  }

  /**
   * Prepares the copy.
   *
   * @param isolation of the migrations in it
   * @param source the database it is a copy of
   * @param seeded whether this run restored it, so that what belongs to the URL's user has no owner
   *     in production
   * @param notes what had to be done otherwise so far
   */
  static GivenDatabase copy(
      GivenServer server,
      Isolation isolation,
      RoleChoice choice,
      Map<String, String> settings,
      String source,
      boolean seeded,
      List<String> notes) {
    try (Session control = server.openControlOn(server.run().cloneDatabase())) {
      List<String> said = new ArrayList<>(notes);
      MigrationRole role = new GivenRole(server, control, said).ofCopy(choice, seeded);
      NaturalSettings natural = natural(server, control, role, source, said);
      Optional<ExtensionGate> extensions =
          server.restoresAsSuperuser() && !role.superuser()
              ? Optional.of(ExtensionGate.install(control, role.name()))
              : Optional.empty();
      return new GivenDatabase(
          server, isolation, new Kind.Copy(), role, settings, natural, extensions, said);
    }
  }

  /**
   * Prepares the named database itself, in which nothing is changed.
   *
   * @param notes why, where nobody asked for it
   */
  static GivenDatabase named(
      GivenServer server, RoleChoice choice, Map<String, String> settings, List<String> notes) {
    try (Session control = server.openControlOn(server.namedDatabase())) {
      return inPlace(
          server, control, new Kind.Named(fingerprint(control)), choice, settings, notes);
    }
  }

  /**
   * Prepares the named database into which the schema was restored.
   *
   * @param notes why
   */
  static GivenDatabase filled(
      GivenServer server,
      RoleChoice choice,
      Map<String, String> settings,
      FilledDatabase database,
      List<String> notes) {
    try (Session control = server.openControlOn(server.namedDatabase())) {
      return inPlace(server, control, new Kind.Filled(database), choice, settings, notes);
    }
  }

  private static GivenDatabase inPlace(
      GivenServer server,
      Session control,
      Kind kind,
      RoleChoice choice,
      Map<String, String> settings,
      List<String> notes) {
    List<String> said = new ArrayList<>(notes);
    MigrationRole role = new GivenRole(server, control, said).inPlace(choice);
    NaturalSettings natural = natural(server, control, role, server.namedDatabase(), said);
    return new GivenDatabase(
        server, Isolation.SAVEPOINT, kind, role, settings, natural, Optional.empty(), said);
  }

  private static NaturalSettings natural(
      GivenServer server, Session control, MigrationRole role, String source, List<String> notes) {
    NaturalSettings natural =
        NaturalSettings.of(
            control,
            role.name(),
            source,
            serverTimeZone(control),
            Becoming.of(server, role) != Becoming.NOTHING);
    notes.addAll(natural.notes());
    server.language().note().ifPresent(notes::add);
    return natural;
  }

  private static Optional<Fingerprint> fingerprint(Session control) {
    try {
      return Optional.of(Fingerprint.of(control));
    } catch (SessionException refused) {
      // Then the report says that it could not be told.
      return Optional.empty();
    }
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
    return switch (kind) {
      case Kind.Copy _ -> server.run().cloneDatabase();
      case Kind.Named _, Kind.Filled _ -> server.namedDatabase();
    };
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
    Session session = server.openOn(database(), settings);
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
    becoming().ifPresent(session::run);
  }

  @Override
  public Optional<String> becoming() {
    return Becoming.of(server, role).command(role);
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
  public Aftermath aftermath() {
    if (aftermath.isEmpty() && kind instanceof Kind.Filled(FilledDatabase database)) {
      aftermath = Optional.of(emptied(database));
    }
    return aftermath.orElseThrow(() -> new IllegalStateException("known only after the end"));
  }

  @Override
  public void close() {
    if (aftermath.isPresent()) {
      return;
    }
    switch (kind) {
      case Kind.Copy _ -> {
        aftermath = Optional.of(new Aftermath.Dropped());
        server.dropClone();
      }
      case Kind.Named(Optional<Fingerprint> before) -> aftermath = Optional.of(since(before));
      case Kind.Filled _ -> {
        // A second run may follow: it is emptied when nobody asks for one any more.
      }
    }
  }

  /** What the rehearsal has found is not lost where emptying is refused; the end tries again. */
  private Aftermath emptied(FilledDatabase database) {
    try {
      database.empty();
    } catch (SessionException refused) {
      return new Aftermath.Unverified(
          "the schema that was restored may still be there: " + refused.text());
    }
    Aftermath known = since(Optional.of(database.before()));
    return known instanceof Aftermath.Unchanged ? new Aftermath.Emptied() : known;
  }

  private Aftermath since(Optional<Fingerprint> before) {
    try (Session control = server.openForQuestionsOn(database())) {
      return Fingerprint.since(before, control);
    } catch (SessionException lost) {
      return new Aftermath.Unverified("it could not be reached after the run: " + lost.text());
    }
  }
}
