package dev.confiture.preflight.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A path; a connection string in its place is refused without repeating it, since it may hold a
 * password, and would otherwise become a file's name.
 */
final class Paths implements ITypeConverter<Path> {

  @Override
  public Path convert(String value) {
    if (Secrets.isConnection(value)) {
      throw new TypeConversionException("a file or folder is wanted here, not a connection string");
    }
    if (value.isBlank()) {
      throw new TypeConversionException("it is empty");
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException bad) {
      throw new TypeConversionException("not a path: " + bad.getReason());
    }
  }
}
