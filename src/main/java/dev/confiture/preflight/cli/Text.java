package dev.confiture.preflight.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A text; an empty one is a variable that was not set, and does not mean that all was meant. */
final class Text implements ITypeConverter<String> {

  @Override
  public String convert(String value) {
    if (value.isBlank()) {
      throw new TypeConversionException("it is empty");
    }
    return value.strip();
  }
}
