package dev.confiture.preflight.cli;

import dev.confiture.preflight.postgres.ConnectionString;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A connection string; what is said about a bad one never repeats it. */
final class ConnectionStrings implements ITypeConverter<ConnectionString> {

  @Override
  public ConnectionString convert(String value) {
    try {
      return ConnectionString.parse(value);
    } catch (IllegalArgumentException bad) {
      throw new TypeConversionException(String.valueOf(bad.getMessage()));
    }
  }
}
