package dev.confiture.preflight.postgres;

import java.util.Locale;
import java.util.Optional;

/**
 * The two halves of a <a
 * href="https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-DATESTYLE">DateStyle</a>,
 * read as the server's {@code check_datestyle} does.
 *
 * @param iso true if dates are shown in the ISO form; empty where the text does not tell
 * @param order {@code MDY}, {@code DMY} or {@code YMD}, which decides what input means; empty where
 *     the text does not tell
 */
public record DateStyle(Optional<Boolean> iso, Optional<String> order) {

  /** Reads a value of the setting, and ignores words that the server would refuse. */
  public static DateStyle parse(String value) {
    Optional<Boolean> iso = Optional.empty();
    Optional<String> order = Optional.empty();
    for (String word : value.toUpperCase(Locale.ROOT).split("[^A-Z]+", -1)) {
      if (word.equals("ISO")) {
        iso = Optional.of(true);
      } else if (word.equals("SQL") || word.startsWith("POSTGRES")) {
        iso = Optional.of(false);
      } else if (word.equals("GERMAN")) {
        iso = Optional.of(false);
        order = order.or(() -> Optional.of("DMY"));
      } else if (word.equals("YMD")) {
        order = Optional.of("YMD");
      } else if (word.equals("DMY") || word.startsWith("EURO")) {
        order = Optional.of("DMY");
      } else if (word.equals("MDY") || word.equals("US") || word.startsWith("NONEURO")) {
        order = Optional.of("MDY");
      }
    }
    return new DateStyle(iso, order);
  }

  /** Returns the value that keeps the order and shows dates in the ISO form. */
  public String withIsoOutput() {
    return "ISO" + order.map(text -> ", " + text).orElse("");
  }
}
