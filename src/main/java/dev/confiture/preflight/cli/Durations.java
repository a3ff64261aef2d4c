package dev.confiture.preflight.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations in PostgreSQL's units (manual, 20.1.1): a bare number is in milliseconds. */
final class Durations implements ITypeConverter<Duration> {

  /** The server counts milliseconds in 32 bits. */
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Integer.MAX_VALUE);

  @Override
  public Duration convert(String value) {
    String text = value.strip();
    int unitStart = 0;
    while (unitStart < text.length()
        && (Character.isDigit(text.charAt(unitStart)) || text.charAt(unitStart) == '.')) {
      unitStart++;
    }
    BigDecimal micros = micros(text.substring(unitStart).strip());
    try {
      BigDecimal number = new BigDecimal(text.substring(0, unitStart));
      BigDecimal millis =
          number.multiply(micros).divide(BigDecimal.valueOf(1000), 0, RoundingMode.CEILING);
      if (millis.compareTo(LONGEST) > 0) {
        throw new TypeConversionException(
            "PostgreSQL knows no longer time than 2147483647 ms, which is 24 days (0 for no limit)");
      }
      return Duration.ofMillis(millis.longValueExact());
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

  private static TypeConversionException wrong() {
    return new TypeConversionException(
        "not a duration: write a number and us, ms, s, min, h or d, such as 90s (0 for no limit)");
  }
}
