package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Session;

/** Somebody's server, for {@code --against}, played by an embedded one of the newest version. */
public final class NamedServer implements AutoCloseable {

  private final EmbeddedServer server;

  private NamedServer(EmbeddedServer server) {
    this.server = server;
  }

  public static NamedServer start() {
    return new NamedServer(EmbeddedServer.start(Servers.newest()));
  }

  /** Makes an empty database, and says how a superuser reaches it. */
  public ConnectionString newDatabase(String name) {
    try (Session admin = Session.open(server.superuserTarget())) {
      admin.run("CREATE DATABASE " + Identifiers.quote(name) + " TEMPLATE template0");
    }
    return server.superuserTarget().withDatabase(name);
  }

  @Override
  public void close() {
    server.close();
  }
}
