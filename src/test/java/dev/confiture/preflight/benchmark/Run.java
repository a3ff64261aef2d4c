package dev.confiture.preflight.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A process, measured. */
final class Run {

  private Run() {}

  /** Runs a command that must end with 0 or 1, and returns its wall-clock milliseconds. */
  static long millis(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("bench", ".out");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = process.waitFor();
    long millis = (System.nanoTime() - start) / 1_000_000;
    if (code > 1) {
      throw new IOException(command + " ended with " + code + ":\n" + Files.readString(output));
    }
    Files.delete(output);
    return millis;
  }

  /** Runs a command that must end with 0. */
  static void checked(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed");
    }
  }

  /**
   * Two commands that do the same, compared.
   *
   * @param ours the median of our times, in milliseconds
   * @param theirs the median of theirs
   * @param ratio the median of the ratios of neighbours
   */
  record Compared(long ours, long theirs, double ratio) {

    /** From times taken in turns. */
    static Compared of(long[] ours, long[] theirs) {
      double[] ratios = new double[ours.length];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = (double) ours[i] / Math.max(1, theirs[i]);
      }
      Arrays.sort(ours);
      Arrays.sort(theirs);
      Arrays.sort(ratios);
      int middle = ratios.length / 2;
      return new Compared(ours[middle], theirs[middle], ratios[middle]);
    }
  }

  /** Runs both in turns after a warm-up, so that they see the same machine. */
  static Compared compared(int runs, List<String> ours, List<String> theirs)
      throws IOException, InterruptedException {
    long[] our = new long[runs];
    long[] their = new long[runs];
    millis(ours);
    millis(theirs);
    for (int run = 0; run < runs; run++) {
      our[run] = millis(ours);
      their[run] = millis(theirs);
    }
    return Compared.of(our, their);
  }

  /** The most memory that a command held, in MiB. */
  static long peakMebibytes(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long peak = 0;
    while (process.isAlive()) {
      Path status = Path.of("/proc/" + process.pid() + "/status");
      try {
        for (String line : Files.readAllLines(status)) {
          if (line.startsWith("VmHWM:")) {
            peak = Math.max(peak, Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024);
          }
        }
      } catch (IOException ended) {
        break;
      }
      Thread.sleep(5);
    }
    process.waitFor();
    return peak;
  }
}
