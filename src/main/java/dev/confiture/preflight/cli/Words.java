package dev.confiture.preflight.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option whose value is one of a few words, in any case. */
final class Words<E extends Enum<E>> implements ITypeConverter<E> {

  private final E[] constants;

  Words(Class<E> type) {
    this.constants = type.getEnumConstants();
  }

  @Override
  public E convert(String value) {
    for (E constant : constants) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    throw new TypeConversionException(
        "'"
            + value
            + "' is not one of "
            + Arrays.stream(constants).map(Enum::toString).collect(Collectors.joining(", ")));
  }
}
