package dev.confiture.preflight.postgres;

import static dev.confiture.preflight.postgres.ConnectionString.decode;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code user:password@host:port,host:port/dbname?key=value} (manual, 34.1.1.2). */
final class UriForm {

  private UriForm() {}

  static Map<String, String> parse(String afterScheme) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String rest = afterScheme;
    int query = rest.indexOf('?', credentialsEnd(rest));
    String queryText = query < 0 ? "" : rest.substring(query + 1);
    rest = query < 0 ? rest : rest.substring(0, query);
    int slash = rest.indexOf('/', hasSlashInPassword(rest) ? rest.lastIndexOf('@') : 0);
    String database = slash < 0 ? "" : rest.substring(slash + 1);
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String credentials = authority.substring(0, at);
      int colon = credentials.indexOf(':');
      put(parameters, "user", colon < 0 ? credentials : credentials.substring(0, colon));
      if (colon >= 0) {
        parameters.put("password", decode(credentials.substring(colon + 1)));
      }
    }
    hosts(authority.substring(at + 1), parameters);
    put(parameters, "dbname", database);
    for (String pair : queryText.isEmpty() ? new String[0] : queryText.split("&")) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException(
            "a parameter of the connection string has no value: it is written as ?key=value");
      }
      parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
    }
    return parameters;
  }

  /** As libpq looks for it: an @ before any slash ends the password, which may hold a ?. */
  private static int credentialsEnd(String text) {
    int at = text.indexOf('@');
    int slash = text.indexOf('/');
    return at >= 0 && (slash < 0 || at < slash) ? at : 0;
  }

  /**
   * Whether the first slash is an unescaped one of the password: a colon stands before it, and the
   * first @ behind it. libpq would take the user for a host, and the password for a port.
   */
  private static boolean hasSlashInPassword(String text) {
    int slash = text.indexOf('/');
    return slash >= 0
        && text.lastIndexOf('@') > slash
        && text.lastIndexOf('@', slash) < 0
        && !text.startsWith("[")
        && text.substring(0, slash).contains(":");
  }

  private static void hosts(String text, Map<String, String> parameters) {
    if (text.isEmpty()) {
      return;
    }
    StringBuilder hosts = new StringBuilder();
    StringBuilder ports = new StringBuilder();
    for (String entry : text.split(",", -1)) {
      int close = entry.indexOf(']');
      int colon = close >= 0 ? entry.indexOf(':', close) : entry.indexOf(':');
      String host = colon < 0 ? entry : entry.substring(0, colon);
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      }
      String separator = hosts.isEmpty() && ports.isEmpty() ? "" : ",";
      hosts.append(separator).append(decode(host));
      ports.append(separator).append(colon < 0 ? "" : entry.substring(colon + 1));
    }
    put(parameters, "host", hosts.toString());
    if (!ports.toString().replace(",", "").isEmpty()) {
      parameters.put("port", ports.toString());
    }
  }

  private static void put(Map<String, String> parameters, String keyword, String encoded) {
    if (!encoded.isEmpty()) {
      parameters.put(keyword, decode(encoded));
    }
  }
}
