package dev.confiture.preflight.cli;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.postgres.ConnectionString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hides connection strings as they were given, and passwords, in error messages. */
final class Redactor {

  /** The length from which a password is hidden: a shorter one is a word that messages need. */
  private static final int SHORTEST = 8;

  private static final String HIDDEN = "(hidden)";

  private final Map<String, String> replacements = new LinkedHashMap<>();

  Redactor(String[] arguments, Map<String, String> environment) {
    List<String> passwords = new ArrayList<>();
    for (String argument : arguments) {
      int equals = argument.startsWith("-") ? argument.indexOf('=') : -1;
      String value = argument.substring(equals + 1);
      if (equals >= 0 && argument.substring(0, equals).contains("password")) {
        replacements.put(argument, argument.substring(0, equals + 1) + HIDDEN);
      } else if (Option.isConnectionString(value)) {
        Optional<ConnectionString> parsed = ConnectionString.find(value);
        replacements.put(value, parsed.map(ConnectionString::redacted).orElse(HIDDEN));
        parsed.map(ConnectionString::secrets).ifPresent(passwords::addAll);
      }
    }
    Optional.ofNullable(environment.get("PGPASSWORD")).ifPresent(passwords::add);
    for (String password : passwords) {
      if (password.length() >= SHORTEST) {
        replacements.put(password, HIDDEN);
      }
    }
  }

  /** Returns the text without connection strings and passwords. */
  String hide(String text) {
    String hidden = text;
    for (Map.Entry<String, String> each : replacements.entrySet()) {
      hidden = hidden.replace(each.getKey(), each.getValue());
    }
    return hidden;
  }
}
