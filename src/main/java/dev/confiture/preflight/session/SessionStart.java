package dev.confiture.preflight.session;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Opens a connection with settings of the server.
 *
 * @param connection the connection
 * @param keepsSettings true if RESET ALL goes back to these settings
 */
record SessionStart(Connection connection, boolean keepsSettings) {

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
}
