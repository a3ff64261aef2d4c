package dev.confiture.preflight.source;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.ConnectionString.HostAndPort;
import dev.confiture.preflight.process.AtExit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Translates a connection string into the <a
 * href="https://www.postgresql.org/docs/current/libpq-envars.html">environment variables</a> of a
 * program that uses libpq: its arguments can be read by all users of the machine.
 *
 * <p>The password goes by a <a
 * href="https://www.postgresql.org/docs/current/libpq-pgpass.html">password file</a> of its own.
 */
final class LibpqEnvironment {

  private static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("user", "PGUSER"),
          Map.entry("sslmode", "PGSSLMODE"),
          Map.entry("sslrootcert", "PGSSLROOTCERT"),
          Map.entry("sslcert", "PGSSLCERT"),
          Map.entry("sslkey", "PGSSLKEY"),
          Map.entry("sslnegotiation", "PGSSLNEGOTIATION"),
          Map.entry("channel_binding", "PGCHANNELBINDING"),
          Map.entry("gssencmode", "PGGSSENCMODE"),
          Map.entry("krbsrvname", "PGKRBSRVNAME"),
          Map.entry("connect_timeout", "PGCONNECT_TIMEOUT"),
          Map.entry("target_session_attrs", "PGTARGETSESSIONATTRS"));

  private LibpqEnvironment() {}

  /**
   * Returns the variables, without the password and the options.
   *
   * @throws IllegalArgumentException naming a parameter that no variable carries
   */
  static Map<String, String> of(ConnectionString target) {
    Map<String, String> environment = new LinkedHashMap<>();
    boolean byAddress = target.get("host").isEmpty() && target.get("hostaddr").isPresent();
    environment.put(
        byAddress ? "PGHOSTADDR" : "PGHOST",
        target.hosts().stream().map(HostAndPort::host).collect(Collectors.joining(",")));
    environment.put(
        "PGPORT", target.hosts().stream().map(HostAndPort::port).collect(Collectors.joining(",")));
    environment.put("PGDATABASE", target.database());
    environment.put("PGAPPNAME", "preflight");
    environment.put("PGCONNECT_TIMEOUT", "10");
    target
        .parameters()
        .forEach(
            (keyword, value) -> {
              switch (keyword) {
                case "host", "hostaddr", "port", "dbname", "password", "options" -> {}
                case "client_encoding", "keepalives" -> {}
                case "application_name", "fallback_application_name" ->
                    environment.put("PGAPPNAME", value);
                default -> environment.put(variable(keyword), value);
              }
            });
    return environment;
  }

  private static String variable(String keyword) {
    String name = VARIABLES.get(keyword);
    if (name == null) {
      throw new IllegalArgumentException(
          "the connection parameter \"" + keyword + "\" cannot be handed to pg_dump: leave it out");
    }
    return name;
  }

  /** A password in a private folder, removed when closed, and at the latest with this process. */
  static final class PasswordFile implements AutoCloseable {

    private final Path folder;
    private final Path file;
    private final AtExit atExit;

    private PasswordFile(Path folder) {
      this.folder = folder;
      this.file = folder.resolve("pgpass");
      this.atExit = AtExit.run(this::remove);
    }

    /** Writes the password into a file that only this user can read. */
    static PasswordFile write(String password) throws IOException {
      PasswordFile made =
          new PasswordFile(Files.createTempDirectory("preflight-", only("rwx------")));
      try {
        Files.createFile(made.file, only("rw-------"));
        Files.writeString(made.file, line(password), StandardCharsets.UTF_8);
        return made;
      } catch (IOException refused) {
        made.close();
        throw refused;
      }
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
      return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /** Returns the line of a password file that holds for every host. */
    static String line(String password) {
      return "*:*:*:*:" + password.replace("\\", "\\\\").replace(":", "\\:") + "\n";
    }

    Path path() {
      return file;
    }

    @Override
    public void close() {
      atExit.runNow();
    }

    private void remove() {
      try {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      } catch (IOException stays) {
        // What stays can be read by this user only.
      }
    }
  }
}
