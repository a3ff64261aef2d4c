package dev.confiture.preflight.cli;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.sandbox.Isolation;
import dev.confiture.preflight.sandbox.Sandbox;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.session.Session;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** An external server, with a database that is seeded and a user whose password is hard. */
final class CliServer implements AutoCloseable {

  static final String USER = "rehearser";

  private final Sandbox server;
  private final Session control;
  private final String password;

  private CliServer(Sandbox server, String password) {
    this.server = server;
    this.password = password;
    this.control = server.openTemplate(Isolation.CLONE);
  }

  /** With this password for the user. */
  static CliServer start(String password) {
    CliServer started = new CliServer(TestServers.embedded(OptionalInt.empty()), password);
    started.control.run(
        "CREATE ROLE " + USER + " SUPERUSER LOGIN PASSWORD " + Identifiers.literal(password));
    started.control.run("CREATE DATABASE seeded TEMPLATE template0 OWNER " + USER);
    return started;
  }

  String port() {
    return control.query("SHOW port").getFirst().text(0);
  }

  /** A session of the user's in a database. */
  Session connect(String database) {
    Map<String, String> parameters =
        Map.of(
            "host", "127.0.0.1",
            "port", port(),
            "user", USER,
            "password", password,
            "dbname", database);
    return Session.open(new ConnectionString(parameters, true));
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
