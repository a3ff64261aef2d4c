package dev.confiture.preflight.source;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.ConnectionString.HostAndPort;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A connection string as the environment of a program that uses libpq (manual, 34.15): nothing of
 * it stands in the program's arguments, where all users of the machine could read it.
 *
 * <p>The password is in a file of its own (manual, 34.16).
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
   * The variables, without password and options.
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

  /** The line of the password file, for every host. */
  static String passwordLine(String password) {
    return "*:*:*:*:" + password.replace("\\", "\\\\").replace(":", "\\:") + "\n";
  }

  private static String variable(String keyword) {
    String name = VARIABLES.get(keyword);
    if (name == null) {
      throw new IllegalArgumentException(
          "the connection parameter \"" + keyword + "\" cannot be handed to pg_dump: leave it out");
    }
    return name;
  }
}
