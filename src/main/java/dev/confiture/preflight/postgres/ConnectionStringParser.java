package dev.confiture.preflight.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parses connection strings as libpq does, with messages that never repeat a part of the text. */
final class ConnectionStringParser {

  private ConnectionStringParser() {}

  /**
   * Parses either form.
   *
   * @throws IllegalArgumentException if the text is neither form
   */
  static ConnectionString parse(String text) {
    String trimmed = text.strip();
    for (String prefix : List.of("postgresql://", "postgres://", "jdbc:postgresql://")) {
      if (trimmed.toLowerCase(Locale.ROOT).startsWith(prefix)) {
        return checked(new ConnectionString(parseUri(trimmed.substring(prefix.length())), true));
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

  /** Checks the ports: a text in a port's place may be an unescaped password. */
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

  /** Parses {@code user:password@host:port,host:port/dbname?key=value}, without the scheme. */
  private static Map<String, String> parseUri(String afterScheme) {
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

  /** Returns the end of the credentials as libpq does: an @ before any slash, behind any ?. */
  private static int credentialsEnd(String text) {
    int at = text.indexOf('@');
    int slash = text.indexOf('/');
    return at >= 0 && (slash < 0 || at < slash) ? at : 0;
  }

  /**
   * Returns true if the first slash is an unescaped one of the password: a colon stands before it,
   * and the first @ behind it. libpq would take the user for a host, and the password for a port.
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

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException bad) {
      // Its message repeats a part of the text.
      throw new IllegalArgumentException(
          "the connection string has a % that no two hexadecimal digits follow: write %25");
    }
  }

  /** Parses {@code host=localhost dbname='my db'}, with libpq's quotes and backslashes. */
  private static final class KeyValueForm {

    private final String text;
    private int at;

    private KeyValueForm(String text) {
      this.text = text;
    }

    static Map<String, String> parse(String text) {
      KeyValueForm form = new KeyValueForm(text);
      Map<String, String> parameters = new LinkedHashMap<>();
      form.skipBlanks();
      while (form.at < text.length()) {
        String keyword = form.keyword();
        parameters.put(keyword, form.value());
        form.skipBlanks();
      }
      return parameters;
    }

    private String keyword() {
      int equals = text.indexOf('=', at);
      String keyword = equals < 0 ? "" : text.substring(at, equals).strip();
      if (keyword.isEmpty() || keyword.chars().anyMatch(Character::isWhitespace)) {
        throw new IllegalArgumentException(
            "a connection string of the form key=value has a part without \"=\"");
      }
      at = equals + 1;
      skipBlanks();
      return keyword;
    }

    private String value() {
      boolean quoted = at < text.length() && text.charAt(at) == '\'';
      StringBuilder value = new StringBuilder();
      at += quoted ? 1 : 0;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (quoted ? c == '\'' : Character.isWhitespace(c)) {
          return value.toString();
        }
        if (c != '\\') {
          value.append(c);
        } else if (at < text.length()) {
          value.append(text.charAt(at++));
        }
      }
      if (quoted) {
        throw new IllegalArgumentException(
            "a quoted value of the connection string has no closing quote");
      }
      return value.toString();
    }

    private void skipBlanks() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }
  }
}
