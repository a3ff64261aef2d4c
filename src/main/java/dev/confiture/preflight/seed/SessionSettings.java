package dev.confiture.preflight.seed;

import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is done with {@code SET}: the file's settings hold, as far as the driver can bear them. */
final class SessionSettings {

  private static final Set<String> FIELD_ORDERS =
      Set.of("dmy", "mdy", "ymd", "european", "euro", "us", "noneuropean", "german");

  private SessionSettings() {}

  static Step step(Statement s) {
    int at = s.is(1, "session") || s.is(1, "local") ? 2 : 1;
    // The text is decoded here already; and the driver speaks UTF-8 and ISO dates only.
    if (s.is(at, "client_encoding") || s.is(at, "names")) {
      return new Step.Skipped();
    }
    if (s.is(at, "datestyle")) {
      return s.tokens().stream()
          .flatMap(token -> List.of(token.text().toLowerCase(Locale.ROOT).split("\\W+")).stream())
          .filter(FIELD_ORDERS::contains)
          .findFirst()
          .<Step>map(order -> new Step.Alone(s, "SET datestyle = 'ISO, " + fieldOrder(order) + "'"))
          .orElseGet(Step.Skipped::new);
    }
    if (s.is(at, "default_tablespace") && !s.tokens().getLast().text().equals("''")) {
      return new Step.LeftOut("tablespaces of the schema are left out: all is in the default one");
    }
    return new Step.Alone(s, s.text());
  }

  private static String fieldOrder(String word) {
    return switch (word) {
      case "ymd" -> "YMD";
      case "mdy", "us", "noneuropean" -> "MDY";
      default -> "DMY";
    };
  }
}
