package dev.confiture.preflight.process;

import java.util.List;
import java.util.Optional;

/**
 * The reports of a Python program, and the end of its process.
 *
 * @param reports in the order in which they came
 * @param stopped the reason for which the engine ended it, as the end of a sentence about the file
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
