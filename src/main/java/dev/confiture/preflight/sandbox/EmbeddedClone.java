package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The seeded database of the embedded server, in the hands of the migration role. */
final class EmbeddedClone implements MigratedDatabase {

  private final EmbeddedServer server;
  private final Isolation isolation;
  private final Arrangement arrangement;
  private final Map<String, String> settings;

  EmbeddedClone(
      EmbeddedServer server,
      Isolation isolation,
      Arrangement arrangement,
      Map<String, String> settings) {
    this.server = server;
    this.isolation = isolation == Isolation.AUTO ? Isolation.CLONE : isolation;
    this.arrangement = arrangement;
    this.settings = Map.copyOf(settings);
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
    return arrangement.role();
  }

  @Override
  public Session openMigrating() {
    Session session =
        Session.open(server.target(server.database(), arrangement.migrating()), settings);
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
    arrangement.natural().applyTo(session);
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
    return arrangement.notes();
  }

  @Override
  public List<String> appliedSettings() {
    return arrangement.natural().applied();
  }

  @Override
  public Optional<String> extensionCall(
      String extension, boolean ifNotExists, Optional<String> schema, boolean cascade) {
    return arrangement.extensions().call(extension, ifNotExists, schema, cascade);
  }

  @Override
  public Aftermath aftermath() {
    return new Aftermath.Dropped();
  }

  /** The database goes with the server. */
  @Override
  public void close() {}
}
