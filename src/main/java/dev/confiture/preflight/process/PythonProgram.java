package dev.confiture.preflight.process;

import java.util.List;
import java.util.Optional;

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

  /**
   * The reports of a Python program, and the end of its process.
   *
   * @param reports in the order in which they came
   * @param stopped the reason for which the engine ended it, as the end of a sentence about the
   *     file
   * @param status its exit status; over 128 a signal's number and 128
   * @param lastWords the last line that it wrote on standard error, empty for none
   */
  public record PythonRun(
      List<Report> reports, Optional<String> stopped, int status, String lastWords) {

    public PythonRun {
      reports = List.copyOf(reports);
    }

    /** A report: a word and its fields. */
    public record Report(String word, List<String> fields) {
      public Report {
        fields = List.copyOf(fields);
      }
    }
  }
}
