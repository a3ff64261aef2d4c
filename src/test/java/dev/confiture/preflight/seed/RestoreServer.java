package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.sandbox.EmbeddedServer;
import dev.confiture.preflight.sandbox.ServerBinaries;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One server for all tests of a class, with an empty database for each. */
final class RestoreServer implements AutoCloseable {

  private static final String PASSWORD = "only for this test";

  private final EmbeddedServer server;
  private final Session control;
  private final String port;
  private int databases;

  private RestoreServer(EmbeddedServer server) {
    this.server = server;
    this.control = server.openTemplate();
    this.port = control.query("SHOW port").getFirst().text(0);
    control.run("CREATE ROLE preflight_test SUPERUSER LOGIN PASSWORD '" + PASSWORD + "'");
    control.run(
        "CREATE ROLE preflight_plain CREATEDB CREATEROLE LOGIN PASSWORD '" + PASSWORD + "'");
  }

  static RestoreServer start() {
    return new RestoreServer(
        EmbeddedServer.start(
            ServerBinaries.find(Optional.empty(), OptionalInt.of(15), System.getenv())));
  }

  int major() {
    return control.serverVersion().major();
  }

  /** A superuser's session in a new database, as the sandbox opens it. */
  Session openAsSuperuser() {
    return open("preflight_test", Map.of("session_replication_role", "replica"));
  }

  /** The session of a role that may make databases and roles, and no more. */
  Session openAsPlainUser() {
    return open("preflight_plain", Map.of());
  }

  /** A superuser's command outside the database of the test. */
  void run(String sql) {
    control.run(sql);
  }

  private Session open(String user, Map<String, String> settings) {
    String database = "restored_" + ++databases;
    control.run("CREATE DATABASE " + database + " TEMPLATE template0 OWNER " + user);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("host", "127.0.0.1");
    parameters.put("port", port);
    parameters.put("user", user);
    parameters.put("password", PASSWORD);
    parameters.put("dbname", database);
    parameters.put("sslmode", "disable");
    return Session.open(new ConnectionString(parameters, true), settings);
  }

  /** Drops the databases and roles that a test has left. */
  void clean() {
    for (Row row :
        control.query("SELECT datname FROM pg_database WHERE datname LIKE 'restored\\_%'")) {
      control.run("DROP DATABASE " + Identifiers.quote(row.text(0)) + " WITH (FORCE)");
    }
    List<Row> roles =
        control.query(
            "SELECT rolname FROM pg_roles WHERE oid >= 16384 AND NOT rolsuper"
                + " AND rolname <> 'preflight_plain'");
    for (Row row : roles) {
      control.run("DROP ROLE " + Identifiers.quote(row.text(0)));
    }
  }

  @Override
  public void close() {
    control.close();
    server.close();
  }
}
