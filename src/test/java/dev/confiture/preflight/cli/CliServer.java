package dev.confiture.preflight.cli;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.sandbox.EmbeddedServer;
import dev.confiture.preflight.sandbox.ServerBinaries;
import dev.confiture.preflight.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A server of somebody's, with a database that is seeded and a user whose password is hard. */
final class CliServer implements AutoCloseable {

  static final String USER = "rehearser";

  private final EmbeddedServer server;
  private final Session control;

  private CliServer(EmbeddedServer server) {
    this.server = server;
    this.control = server.openTemplate();
  }

  /** With this password for the user. */
  static CliServer start(String password) {
    CliServer started =
        new CliServer(
            EmbeddedServer.start(
                ServerBinaries.find(Optional.empty(), OptionalInt.empty(), System.getenv())));
    started.control.run(
        "CREATE ROLE " + USER + " SUPERUSER LOGIN PASSWORD " + Identifiers.literal(password));
    started.control.run("CREATE DATABASE seeded TEMPLATE template0 OWNER " + USER);
    return started;
  }

  String port() {
    return control.query("SHOW port").getFirst().text(0);
  }

  /** Makes a database with this in it, which belongs to the user. */
  void database(String name, String sql) {
    control.run("CREATE DATABASE " + name + " TEMPLATE template0 OWNER " + USER);
    try (Session session = server.openOn(name)) {
      session.run(sql);
    }
  }

  /** The first column of a query, in every row. */
  List<String> query(String sql) {
    return control.query(sql).stream().map(row -> row.text(0)).toList();
  }

  @Override
  public void close() {
    control.close();
    server.close();
  }
}
