package dev.confiture.preflight.session;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.ConnectionString.HostAndPort;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Translates libpq's <a
 * href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS">keywords</a>
 * into the driver's properties.
 *
 * <p>A keyword that the driver has no property for is refused by name: without it, the session
 * would not be the one that the user asked for.
 */
final class DriverProperties {

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
