package dev.confiture.preflight.process;

import java.util.List;
import java.util.Optional;

/**
 * What a program reported, and how its process ended.
 *
 * @param reports in the order in which they came
 * @param stopped why it was ended from here, as the end of a sentence about the file
 * @param status its exit status; over 128 a signal's number and 128
 * @param lastWords the last line that it wrote on standard error, empty for none
 */
public record PythonRun(
    List<Report> reports, Optional<String> stopped, int status, String lastWords) {

  public PythonRun {
    reports = List.copyOf(reports);
  }

  /** A word and what belongs to it. */
  public record Report(String word, List<String> fields) {
    public Report {
      fields = List.copyOf(fields);
    }
  }
}
