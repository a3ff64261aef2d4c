package dev.confiture.preflight.session;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.ConnectionString.HostAndPort;
import dev.confiture.preflight.postgres.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/**
 * Opens a connection with settings of the server.
 *
 * @param connection the connection
 * @param keepsSettings true if RESET ALL goes back to these settings
 */
record SessionStart(Connection connection, boolean keepsSettings) {

  /**
   * The driver's log, which would end on standard error: what it says there, it throws too. Held
   * here, since a logger that nobody holds is made anew, with its level forgotten.
   */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  static {
    DRIVER.setLevel(Level.OFF);
  }

  private static final String OPTIONS = "options";

  /**
   * Opens a connection with the settings as start-up options; where the server, or a pooler before
   * it, refuses those, by SET.
   */
  static SessionStart open(ConnectionString target, Map<String, String> settings)
      throws SQLException {
    Properties properties = DriverProperties.of(target);
    // From this version on the driver has nothing to send after connecting but the application's
    // name, and sends that with the start, too.
    properties.setProperty("assumeMinServerVersion", "12");
    String given = properties.getProperty(OPTIONS, "");
    try {
      return new SessionStart(
          connect(target, withOptions(properties, optionsOf(given, settings))), true);
    } catch (SQLException refused) {
      if (settings.isEmpty() || !SqlState.PROTOCOL_VIOLATION.equals(refused.getSQLState())) {
        throw refused;
      }
    }
    Connection opened = connect(target, withOptions(properties, given));
    try {
      set(opened, settings, false);
      return new SessionStart(opened, false);
    } catch (SQLException refused) {
      opened.close();
      throw refused;
    }
  }

  /** Opens a connection and begins a read-only transaction, with which the settings end. */
  static SessionStart readOnly(ConnectionString target, Map<String, String> settings)
      throws SQLException {
    Properties properties = DriverProperties.of(target);
    // A server, or a pooler before it, may let clients connect and never answer.
    properties.setProperty("socketTimeout", "90");
    Connection opened = connect(target, properties);
    try (Statement statement = opened.createStatement()) {
      statement.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      set(opened, settings, true);
      return new SessionStart(opened, false);
    } catch (SQLException refused) {
      opened.close();
      throw refused;
    }
  }

  private static Properties withOptions(Properties properties, String options) {
    properties.remove(OPTIONS);
    if (!options.isEmpty()) {
      properties.setProperty(OPTIONS, options);
    }
    return properties;
  }

  private static String optionsOf(String given, Map<String, String> settings) {
    StringBuilder options = new StringBuilder(given);
    settings.forEach(
        (name, value) ->
            options
                .append(options.isEmpty() ? "-c " : " -c ")
                .append(name)
                .append('=')
                .append(value.replace("\\", "\\\\").replace(" ", "\\ ")));
    return options.toString();
  }

  private static void set(
      Connection opened, Map<String, String> settings, boolean forTheTransaction)
      throws SQLException {
    try (PreparedStatement statement =
        opened.prepareStatement("SELECT pg_catalog.set_config(?, ?, ?)")) {
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        statement.setString(1, setting.getKey());
        statement.setString(2, setting.getValue());
        statement.setBoolean(3, forTheTransaction);
        statement.execute();
      }
    }
  }

  private static Connection connect(ConnectionString target, Properties properties)
      throws SQLException {
    Connection opened = new Driver().connect(DriverProperties.url(target), properties);
    if (opened == null) {
      throw new SQLException("the connection string is not one of PostgreSQL's");
    }
    return opened;
  }

  /**
   * Translates libpq's <a
   * href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS">keywords</a>
   * into the driver's properties.
   *
   * <p>A keyword that the driver has no property for is refused by name: without it, the session
   * would not be the one that the user asked for.
   */
  private static final class DriverProperties {

    private static final Map<String, String> RENAMED =
        Map.ofEntries(
            Map.entry("sslmode", "sslmode"),
            Map.entry("sslrootcert", "sslrootcert"),
            Map.entry("sslcert", "sslcert"),
            Map.entry("sslkey", "sslkey"),
            Map.entry("sslpassword", "sslpassword"),
            Map.entry("sslnegotiation", "sslNegotiation"),
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("gssencmode", "gssEncMode"),
            Map.entry("connect_timeout", "connectTimeout"),
            Map.entry("krbsrvname", "kerberosServerName"),
            Map.entry("options", "options"),
            Map.entry("service", "service"));

    private DriverProperties() {}

    /**
     * Returns the properties, without settings of the server.
     *
     * @throws IllegalArgumentException naming a keyword that the driver has no property for
     */
    static Properties of(ConnectionString target) {
      Properties properties = new Properties();
      properties.setProperty("preferQueryMode", "simple");
      properties.setProperty("autosave", "never");
      properties.setProperty("allowEncodingChanges", "true");
      properties.setProperty("logServerErrorDetail", "false");
      properties.setProperty("ApplicationName", "preflight");
      properties.setProperty("connectTimeout", "10");
      // As libpq does: the loss of a server whose machine is gone is noticed in the end.
      properties.setProperty("tcpKeepAlive", "true");
      // A server that is stuck accepts connections and never answers.
      properties.setProperty("loginTimeout", "30");
      if (target.get("host").isPresent() && target.get("hostaddr").isPresent()) {
        throw new IllegalArgumentException(
            "the connection parameters \"host\" and \"hostaddr\" cannot be used together: leave one"
                + " out");
      }
      target.parameters().forEach((keyword, value) -> carry(keyword, value, properties));
      target
          .get("connect_timeout")
          .ifPresent(each -> properties.setProperty("loginTimeout", forAllHosts(each, target)));
      return properties;
    }

    /** Returns the JDBC URL, with the hosts and their ports. */
    static String url(ConnectionString target) {
      for (HostAndPort place : target.hosts()) {
        if (place.host().startsWith("/")) {
          throw new IllegalArgumentException(
              "a Unix-domain socket (host="
                  + place.host()
                  + ") cannot be used: name a host and a port that the server listens on");
        }
      }
      return target.hosts().stream()
          .map(HostAndPort::toString)
          .collect(Collectors.joining(",", "jdbc:postgresql://", "/"));
    }

    private static void carry(String keyword, String value, Properties properties) {
      switch (keyword) {
        case "host", "hostaddr", "port" -> {}
        case "dbname" -> properties.setProperty("PGDBNAME", value);
        case "user" -> properties.setProperty("user", value);
        case "password" -> properties.setProperty("password", value);
        case "application_name", "fallback_application_name" ->
            properties.setProperty("ApplicationName", value);
        case "client_encoding" -> requireUtf8(value);
        case "keepalives" ->
            properties.setProperty("tcpKeepAlive", value.equals("0") ? "false" : "true");
        case "target_session_attrs" ->
            properties.setProperty("targetServerType", targetServerType(value));
        default -> {
          String renamed = RENAMED.get(keyword);
          if (renamed == null) {
            throw new IllegalArgumentException(
                "the connection parameter \"" + keyword + "\" is not supported: leave it out");
          }
          properties.setProperty(renamed, value);
        }
      }
    }

    /** Multiplies libpq's limit, which holds for each host, also for one that never answers. */
    private static String forAllHosts(String seconds, ConnectionString target) {
      try {
        return Long.toString(Long.parseLong(seconds) * target.hosts().size());
      } catch (NumberFormatException wrong) {
        throw new IllegalArgumentException(
            "the connection parameter \"connect_timeout\" is a number of seconds", wrong);
      }
    }

    private static void requireUtf8(String value) {
      if (!value.equalsIgnoreCase("utf8")
          && !value.equalsIgnoreCase("utf-8")
          && !value.equalsIgnoreCase("auto")) {
        throw new IllegalArgumentException(
            "the connection parameter \"client_encoding\" can only be UTF8");
      }
    }

    private static String targetServerType(String value) {
      return switch (value) {
        case "any" -> "any";
        case "read-write", "primary" -> "primary";
        case "standby", "read-only" -> "secondary";
        case "prefer-standby" -> "preferSecondary";
        default ->
            throw new IllegalArgumentException(
                "the connection parameter \"target_session_attrs\" has no value " + value);
      };
    }
  }
}
