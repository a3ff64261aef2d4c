package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.sandbox.Isolation;
import dev.confiture.preflight.sandbox.Sandbox;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.seed.Seeder.RestoredSchema;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.source.SchemaFile;
import dev.confiture.preflight.source.SchemaText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server for all tests of a class, with an empty database for each. */
final class RestoreServer implements AfterEachCallback, AfterAllCallback {

  private static final String SUPERUSER = "preflight_test";
  private static final String PASSWORD = "only for this test";

  /** Restores what may run code of a schema. */
  private static final String ORDINARY = "preflight_ordinary_";

  private final Sandbox server;
  private final Session control;
  private final String port;
  private final List<Session> sessions = new ArrayList<>();
  private int databases;

  private RestoreServer(Sandbox server) {
    this.server = server;
    this.control = server.openTemplate(Isolation.CLONE);
    this.port = control.query("SHOW port").getFirst().text(0);
    control.run("CREATE ROLE " + SUPERUSER + " SUPERUSER LOGIN PASSWORD '" + PASSWORD + "'");
    control.run(
        "CREATE ROLE preflight_plain CREATEDB CREATEROLE LOGIN PASSWORD '" + PASSWORD + "'");
    control.run("CREATE ROLE preflight_weak LOGIN PASSWORD '" + PASSWORD + "'");
  }

  static RestoreServer start() {
    return new RestoreServer(TestServers.embedded(OptionalInt.of(15)));
  }

  /** Restores a script as a superuser, in a session such as the sandbox opens. */
  Restored restore(String script) {
    return restore(schema(script));
  }

  /** Restores one of the dumps among the test resources as a superuser. */
  Restored restoreDump(String name) {
    return restore(SchemaFile.read(dump(name)));
  }

  /** Restores as a role that may make databases and roles, and no more. */
  Restored restoreAsPlainUser(SchemaText schema) {
    return restore(schema, "preflight_plain", Map.of());
  }

  /** Restores as a role that may make nothing outside of its database. */
  Restored restoreAsWeakUser(SchemaText schema) {
    return restore(schema, "preflight_weak", Map.of());
  }

  /** The major version of the server. */
  int major() {
    return control.serverVersion().major();
  }

  /** A superuser's command outside the databases of the tests. */
  void run(String sql) {
    control.run(sql);
  }

  /** A superuser's question outside the databases of the tests. */
  List<Row> query(String sql) {
    return control.query(sql);
  }

  /** A dump among the test resources. */
  static Path dump(String name) {
    return Path.of("src", "test", "resources", "dumps", name);
  }

  /** A script as a schema file. */
  static SchemaText schema(String script) {
    try {
      Path file = Files.createTempFile("schema", ".sql");
      try {
        return SchemaFile.read(Files.writeString(file, script));
      } finally {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Restored restore(SchemaText schema) {
    Map<String, String> replica = Map.of("session_replication_role", "replica");
    String role = ORDINARY + databases;
    control.run("CREATE ROLE " + role + " LOGIN BYPASSRLS PASSWORD '" + PASSWORD + "'");
    control.run("ALTER ROLE " + role + " SET session_replication_role = replica");
    String database = create(role);
    Session restoring = open(database, SUPERUSER, replica);
    Session ordinary = open(database, role, Map.of());
    RestoredSchema seeded =
        Seeder.restore(
            schema, restoring, true, Optional.of(ordinary), Optional.empty(), (_, _) -> {});
    Session superuser = open(database, SUPERUSER, replica);
    superuser.run("REASSIGN OWNED BY " + role + " TO " + SUPERUSER);
    superuser.run("DROP OWNED BY " + role);
    superuser.run("DROP ROLE " + role);
    return new Restored(seeded, restoring, open(database, SUPERUSER, Map.of()));
  }

  private Restored restore(SchemaText schema, String user, Map<String, String> settings) {
    String database = create(user);
    Session restoring = open(database, user, settings);
    RestoredSchema seeded =
        Seeder.restore(schema, restoring, false, Optional.empty(), Optional.empty(), (_, _) -> {});
    return new Restored(seeded, restoring, open(database, SUPERUSER, Map.of()));
  }

  private String create(String owner) {
    String database = "restored_" + ++databases;
    control.run("CREATE DATABASE " + database + " TEMPLATE template0 OWNER " + owner);
    return database;
  }

  private Session open(String database, String user, Map<String, String> settings) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("host", "127.0.0.1");
    parameters.put("port", port);
    parameters.put("user", user);
    parameters.put("password", PASSWORD);
    parameters.put("dbname", database);
    parameters.put("sslmode", "disable");
    Session session = Session.open(new ConnectionString(parameters, true), settings);
    sessions.add(session);
    return session;
  }

  /** Ends the sessions and drops the databases and roles that a test has left. */
  @Override
  public void afterEach(ExtensionContext context) {
    sessions.forEach(Session::close);
    sessions.clear();
    for (Row row :
        control.query("SELECT datname FROM pg_database WHERE datname LIKE 'restored\\_%'")) {
      control.run("DROP DATABASE " + Identifiers.quote(row.text(0)) + " WITH (FORCE)");
    }
    List<Row> roles =
        control.query(
            "SELECT rolname FROM pg_roles WHERE oid >= 16384 AND NOT rolsuper"
                + " AND rolname NOT LIKE 'preflight\\_%'");
    for (Row row : roles) {
      control.run("DROP ROLE " + Identifiers.quote(row.text(0)));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    control.close();
    server.close();
  }
}
