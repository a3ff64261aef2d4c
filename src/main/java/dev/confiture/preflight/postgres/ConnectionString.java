package dev.confiture.preflight.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A connection string in either of libpq's forms (manual, 34.1.1): {@code postgresql://…} or {@code
 * key=value …}.
 *
 * <p>It keeps libpq's parameter names; what the driver cannot carry is refused by name where the
 * connection is opened. {@link #redacted} never shows a secret.
 *
 * @param parameters libpq's keywords with their values, in the order written
 * @param uri whether it was written as a URI
 */
public record ConnectionString(Map<String, String> parameters, boolean uri) {

  private static final Map<String, String> VARIABLES =
      Map.of("PGUSER", "user", "PGPASSWORD", "password");
  private static final String DEFAULT_HOST = "localhost";
  private static final String DEFAULT_PORT = "5432";

  /**
   * A host, or the folder of a Unix-domain socket, with its port.
   *
   * @param writtenPort the port, where one is written
   */
  public record HostAndPort(String host, Optional<String> writtenPort) {

    /** The port, 5432 where none is written. */
    public String port() {
      return writtenPort.orElse(DEFAULT_PORT);
    }

    /** {@code host:port}, with the brackets that an address of version 6 needs. */
    @Override
    public String toString() {
      return bracketed() + ":" + port();
    }

    private String asWritten() {
      return writtenPort.isPresent() ? toString() : bracketed();
    }

    private String bracketed() {
      return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }
  }

  public ConnectionString {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Reads a connection string.
   *
   * @throws IllegalArgumentException if the text is neither form; the message never holds the text,
   *     which may hold a password
   */
  public static ConnectionString parse(String text) {
    String trimmed = text.strip();
    for (String prefix : new String[] {"postgresql://", "postgres://", "jdbc:postgresql://"}) {
      if (trimmed.toLowerCase(Locale.ROOT).startsWith(prefix)) {
        return checked(
            new ConnectionString(UriForm.parse(trimmed.substring(prefix.length())), true));
      }
    }
    int equals = trimmed.indexOf('=');
    int scheme = trimmed.indexOf("://");
    if (equals < 0 || (scheme >= 0 && scheme < equals)) {
      throw new IllegalArgumentException(
          "a connection string starts with postgresql:// or is written as host=… dbname=…");
    }
    return checked(new ConnectionString(KeyValueForm.parse(text), false));
  }

  /** What stands where a port belongs may be a password that was written the wrong way. */
  private static ConnectionString checked(ConnectionString parsed) {
    for (String port : parsed.get("port").orElse("").split(",", -1)) {
      if (!port.isEmpty() && !isPort(port)) {
        throw new IllegalArgumentException(
            "the port of the connection string is no number from 1 to 65535; in a password, /, ?"
                + " and @ are written as %2F, %3F and %40");
      }
    }
    return parsed;
  }

  private static boolean isPort(String text) {
    return text.length() <= 5
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= 65_535;
  }

  /** The value of a parameter. */
  public Optional<String> get(String keyword) {
    return Optional.ofNullable(parameters.get(keyword));
  }

  /**
   * Where a server may be, in the order in which it is tried; {@code localhost} where nothing is
   * written. One port is that of all hosts (manual, 34.1.1.3).
   */
  public List<HostAndPort> hosts() {
    String[] hosts = get("host").or(() -> get("hostaddr")).orElse("").split(",", -1);
    String[] ports = get("port").orElse("").split(",", -1);
    List<HostAndPort> pairs = new ArrayList<>();
    for (int i = 0; i < hosts.length; i++) {
      String port = ports.length == 1 ? ports[0] : i < ports.length ? ports[i] : "";
      pairs.add(
          new HostAndPort(
              hosts[i].isEmpty() ? DEFAULT_HOST : hosts[i],
              Optional.of(port).filter(written -> !written.isEmpty())));
    }
    return pairs;
  }

  /** The database: as written, else the user's name, else that of this process's user. */
  public String database() {
    return get("dbname")
        .filter(d -> !d.isEmpty())
        .or(this::user)
        .orElseGet(() -> System.getProperty("user.name", ""));
  }

  public Optional<String> user() {
    return get("user").filter(u -> !u.isEmpty());
  }

  public Optional<String> password() {
    return get("password");
  }

  /**
   * Completed from environment variables, as libpq would: the user and the password, where none is
   * written (manual, 34.15).
   */
  public ConnectionString completedBy(Map<String, String> environment) {
    Map<String, String> completed = new LinkedHashMap<>(parameters);
    VARIABLES.forEach(
        (variable, keyword) -> {
          String value = environment.getOrDefault(variable, "");
          if (!value.isEmpty() && get(keyword).filter(written -> !written.isEmpty()).isEmpty()) {
            completed.put(keyword, value);
          }
        });
    return new ConnectionString(completed, uri);
  }

  /** The same connection to another database. */
  public ConnectionString withDatabase(String database) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    changed.put("dbname", database);
    return new ConnectionString(changed, uri);
  }

  /** The same connection as another user. */
  public ConnectionString withUser(String user, String password) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    changed.put("user", user);
    changed.put("password", password);
    return new ConnectionString(changed, uri);
  }

  /** Host, port, database and user, and nothing else: fit for logs, reports and JSON. */
  public String redacted() {
    StringBuilder out = new StringBuilder("postgresql://");
    user().ifPresent(u -> out.append(u).append('@'));
    if (get("host").or(() -> get("hostaddr")).isPresent()) {
      out.append(hosts().stream().map(HostAndPort::asWritten).collect(Collectors.joining(",")));
    }
    get("dbname").ifPresent(d -> out.append('/').append(d));
    return out.toString();
  }

  /** The redacted form: a record's own would show the password. */
  @Override
  public String toString() {
    return redacted();
  }

  static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException bad) {
      // Its message repeats a part of the text.
      throw new IllegalArgumentException(
          "the connection string has a % that no two hexadecimal digits follow: write %25");
    }
  }
}
