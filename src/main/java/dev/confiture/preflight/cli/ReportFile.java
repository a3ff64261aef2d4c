package dev.confiture.preflight.cli;

import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file that the report is written to.
 *
 * <p>It is emptied before the rehearsal: a report of an earlier run must not be taken for this
 * one's, and that it cannot be written is found out early.
 */
final class ReportFile {

  private final Path file;

  private ReportFile(Path file) {
    this.file = file;
  }

  /**
   * Empties the file, or creates it.
   *
   * @param read the files that the run reads, which must not be overwritten
   */
  static ReportFile prepare(Path file, List<Path> read) {
    try {
      for (Path each : read) {
        if (Files.exists(file) && Files.exists(each) && Files.isSameFile(file, each)) {
          throw new UsageProblem(
              "the report would overwrite " + file, "name another file with --output");
        }
      }
      Files.write(file, new byte[0]);
    } catch (IOException failed) {
      throw notWritable(file, failed);
    }
    return new ReportFile(file);
  }

  void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw notWritable(file, failed);
    }
  }

  private static UsageProblem notWritable(Path file, IOException failed) {
    return new UsageProblem(
        "the report cannot be written to " + file, "name another file with --output", failed);
  }
}
