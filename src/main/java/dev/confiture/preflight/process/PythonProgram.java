package dev.confiture.preflight.process;

import java.util.List;

/**
 * A program for python3 that exists nowhere as a file.
 *
 * @param modules its modules; {@code preflight.recorder} is the one that is run
 * @param arguments what its {@code run} is given after the channel on which it reports
 */
public record PythonProgram(List<Module> modules, List<byte[]> arguments) {

  public PythonProgram {
    modules = List.copyOf(modules);
    arguments = List.copyOf(arguments);
  }

  /**
   * A module.
   *
   * @param name with the names of its packages, as it is imported
   * @param isPackage true if it is a package itself
   * @param text its source
   */
  public record Module(String name, boolean isPackage, String text) {}
}
