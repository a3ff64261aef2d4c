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
   * The median of several runs of each command, taken in turns so that both see the same machine.
   */
  static long[] medians(int runs, List<List<String>> commands)
      throws IOException, InterruptedException {
    long[][] times = new long[commands.size()][runs];
    for (int run = 0; run < runs; run++) {
      for (int i = 0; i < commands.size(); i++) {
        times[i][run] = millis(commands.get(i));
      }
    }
    long[] medians = new long[commands.size()];
    for (int i = 0; i < medians.length; i++) {
      Arrays.sort(times[i]);
      medians[i] = times[i][runs / 2];
    }
    return medians;
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
