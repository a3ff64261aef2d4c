package dev.confiture.preflight.cli;

import dev.confiture.preflight.postgres.TimeSpan;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration in PostgreSQL's units. */
final class Durations implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String value) {
    try {
      return TimeSpan.parse(value);
    } catch (IllegalArgumentException bad) {
      throw new TypeConversionException(String.valueOf(bad.getMessage()));
    }
  }
}
