package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The servers that tests outside this package run on. */
public final class TestServers {

  /** Whether every case is run everywhere. */
  public static final boolean NIGHTLY = Boolean.getBoolean("preflight.test.nightly");

  private static final ServerPool POOL = new ServerPool();

  private TestServers() {}

  /** The folders of the oldest and the newest major version. */
  public static List<Path> binaries() {
    return Servers.all().map(ServerBinaries::folder).toList();
  }

  /** The folder of the newest. */
  public static Path newest() {
    return Servers.newest().folder();
  }

  /** The folder of the oldest, where the build has put it. */
  public static Optional<Path> oldest() {
    return Servers.oldest().map(ServerBinaries::folder);
  }

  /** The folder of the machine's own programs of a major version, where they are installed. */
  public static Optional<Path> ofMajor(int major) {
    return Servers.ofMajor(major).map(ServerBinaries::folder);
  }

  /** Lends an embedded server of these programs, as one just started; closing it gives it back. */
  public static Sandbox embedded(Path binaries) {
    return POOL.lend(new ServerBinaries(binaries));
  }

  /** Makes a database on a server, and fills it from a script: how its administrator connects. */
  public static ConnectionString newDatabase(Sandbox sandbox, String name, String script) {
    ConnectionString database = sandbox.administrator().withDatabase(name);
    try (Session session = Session.open(sandbox.administrator())) {
      session.run("CREATE DATABASE " + name);
    }
    try (Session session = Session.open(database)) {
      session.run(script);
    }
    return database;
  }

  /** Asks the newest database of a server: during a run, the one that is migrated. */
  public static List<Row> askClone(Sandbox sandbox, String sql) {
    ConnectionString administrator = sandbox.administrator();
    String newest;
    try (Session session = Session.open(administrator)) {
      newest =
          session
              .query(
                  "SELECT datname FROM pg_database WHERE datname LIKE 'preflight%'"
                      + " ORDER BY oid DESC LIMIT 1")
              .getFirst()
              .text(0);
    }
    try (Session session = Session.open(administrator.withDatabase(newest))) {
      return session.query(sql);
    }
  }

  /** Lends one of the programs that are taken where a major version is asked for, or any. */
  public static Sandbox embedded(OptionalInt major) {
    return POOL.lend(ServerBinaries.find(Optional.empty(), major, System.getenv()));
  }
}
