package dev.confiture.preflight.postgres;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * Reads durations in PostgreSQL's <a
 * href="https://www.postgresql.org/docs/current/config-setting.html">units</a>; a bare number is in
 * milliseconds.
 */
public final class TimeSpan {

  /** The longest time in milliseconds, which the server counts in 32 bits. */
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Integer.MAX_VALUE);

  private TimeSpan() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException if it is none, or longer than the server can count
   */
  public static Duration parse(String value) {
    String text = value.strip();
    int unitStart = 0;
    while (unitStart < text.length()
        && (Character.isDigit(text.charAt(unitStart)) || text.charAt(unitStart) == '.')) {
      unitStart++;
    }
    BigDecimal micros = micros(text.substring(unitStart).strip());
    BigDecimal millis =
        number(text.substring(0, unitStart))
            .multiply(micros)
            .divide(BigDecimal.valueOf(1000), 0, RoundingMode.CEILING);
    if (millis.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "PostgreSQL knows no longer time than 2147483647 ms, which is 24 days (0 for no limit)");
    }
    return Duration.ofMillis(millis.longValueExact());
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException notANumber) {
      throw wrong();
    }
  }

  private static BigDecimal micros(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "us" -> 1L;
          case "ms", "" -> 1_000L;
          case "s" -> 1_000_000L;
          case "min" -> 60_000_000L;
          case "h" -> 3_600_000_000L;
          case "d" -> 86_400_000_000L;
          default -> throw wrong();
        });
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "not a duration: write a number and us, ms, s, min, h or d, such as 90s (0 for no limit)");
  }
}
