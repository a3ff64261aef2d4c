package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.ConnectionString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The section {@code database} of older configurations: host, port, database, user and password,
 * with confiture's defaults.
 */
final class DatabaseSection {

  private static final Pattern PORT =
      Pattern.compile("[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]");

  private DatabaseSection() {}

  static ConnectionString read(ConfigurationSection section, Variables variables) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("host", text(section, "host", variables).orElse("localhost"));
    parameters.put("port", port(section, variables));
    parameters.put("dbname", text(section, "database", variables).orElse("postgres"));
    parameters.put("user", text(section, "user", variables).orElse("postgres"));
    text(section, "password", variables).ifPresent(each -> parameters.put("password", each));
    return new ConnectionString(parameters, false);
  }

  private static Optional<String> text(
      ConfigurationSection section, String key, Variables variables) {
    return section.text(key).map(variables::expand).filter(value -> !value.isEmpty());
  }

  private static String port(ConfigurationSection section, Variables variables) {
    String port = text(section, "port", variables).orElse("5432");
    if (!PORT.matcher(port).matches()) {
      throw section
          .text("port")
          .orElseThrow()
          .problem("port is no number from 1 to 65535", "PostgreSQL's own is 5432");
    }
    return port;
  }
}
