package dev.confiture.preflight.postgres;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A <a
 * href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING">connection
 * string</a> in either of libpq's forms.
 *
 * <p>It keeps libpq's keywords; one that the driver has no property for is refused by name where
 * the connection is opened. {@link #redacted} never shows a secret.
 *
 * @param parameters libpq's keywords with their values, in the order written
 * @param uri true if it was written as a URI
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

    /** Returns the port, 5432 where none is written. */
    public String port() {
      return writtenPort.orElse(DEFAULT_PORT);
    }

    /** Returns {@code host:port}, with the brackets that an address of version 6 needs. */
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
    return ConnectionStringParser.parse(text);
  }

  /** Reads a connection string; empty if the text is neither form. */
  public static Optional<ConnectionString> find(String text) {
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException bad) {
      return Optional.empty();
    }
  }

  /** Returns the value of a parameter. */
  public Optional<String> get(String keyword) {
    return Optional.ofNullable(parameters.get(keyword));
  }

  /**
   * Returns the hosts in the order in which they are tried, {@code localhost} where none is
   * written; a single port is that of all hosts.
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

  /** Returns the database: as written, else the user's name, else that of this process's user. */
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

  /** Returns the passwords: the user's, and that of a client certificate's key. */
  public List<String> secrets() {
    return Stream.of(password(), get("sslpassword")).flatMap(Optional::stream).toList();
  }

  /**
   * Returns this string completed from <a
   * href="https://www.postgresql.org/docs/current/libpq-envars.html">environment variables</a>, as
   * libpq would: with the user and the password where none is written.
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

  /** Returns the same connection to another database. */
  public ConnectionString withDatabase(String database) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    changed.put("dbname", database);
    return new ConnectionString(changed, uri);
  }

  /** Returns the same connection as another user. */
  public ConnectionString withUser(String user, String password) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    changed.put("user", user);
    changed.put("password", password);
    return new ConnectionString(changed, uri);
  }

  /** Returns host, port, database and user and nothing else: fit for logs, reports and JSON. */
  public String redacted() {
    StringBuilder out = new StringBuilder("postgresql://");
    user().ifPresent(u -> out.append(u).append('@'));
    if (get("host").or(() -> get("hostaddr")).isPresent()) {
      out.append(hosts().stream().map(HostAndPort::asWritten).collect(Collectors.joining(",")));
    }
    get("dbname").ifPresent(d -> out.append('/').append(d));
    return out.toString();
  }

  /** Returns the redacted form: a record's own would show the password. */
  @Override
  public String toString() {
    return redacted();
  }
}
