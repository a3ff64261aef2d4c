package dev.confiture.preflight.source;

import dev.confiture.preflight.process.AtExit;
import dev.confiture.preflight.sql.DecodedText;
import dev.confiture.preflight.sql.SourceText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One run of pg_dump, to its end or until it is stopped.
 *
 * @param exitCode zero when it is complete
 * @param out what it wrote
 * @param errors what it complained of, line by line
 * @param lastStep what it did last, in its own words
 */
record DumpRun(int exitCode, DecodedText out, List<String> errors, String lastStep) {

  private static final int LONGEST = 300;
  private static final long GRACE_SECONDS = 2;
  private static final String OWN = "pg_dump: ";
  private static final List<String> COMPLAINTS = List.of("error: ", "detail: ", "hint: ");

  /**
   * Runs it.
   *
   * @param ender is told at its start how it can be ended from another thread
   */
  static DumpRun of(
      DumpProgram program,
      List<String> arguments,
      Map<String, String> variables,
      Deadline deadline,
      Consumer<Runnable> ender)
      throws IOException {
    Process process = program.dump(arguments, variables);
    ender.accept(() -> end(process));
    AtExit atExit = AtExit.run(process::destroy);
    Thread watch = deadline.watch(() -> end(process));
    List<String> errors = new ArrayList<>();
    List<String> steps = new ArrayList<>(List.of("starting"));
    try {
      process.getOutputStream().close();
      Thread reader = Thread.ofVirtual().start(() -> read(process, errors, steps));
      byte[] out = process.getInputStream().readAllBytes();
      int exitCode = process.waitFor();
      reader.join();
      return new DumpRun(exitCode, SourceText.decode(out), List.copyOf(errors), steps.getLast());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    } finally {
      watch.interrupt();
      end(process);
      atExit.forget();
    }
  }

  boolean isComplete() {
    return exitCode == 0;
  }

  /** Whether it complained of this, in the words that pg_dump or a pooler has for it. */
  boolean complainsOf(String words) {
    return errors.stream().anyMatch(line -> line.contains(words));
  }

  /** All complaints, as one sentence; a query that locks thousands of tables is cut. */
  String complaint() {
    return errors.isEmpty()
        ? "exit code " + exitCode
        : errors.stream()
            .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line)
            .collect(Collectors.joining("; "));
  }

  private static void read(Process process, List<String> errors, List<String> steps) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String said = line.startsWith(OWN) ? line.substring(OWN.length()) : line;
        if (said.startsWith(COMPLAINTS.getFirst())) {
          errors.add(said.substring(COMPLAINTS.getFirst().length()));
        } else if (!line.startsWith(OWN) || COMPLAINTS.stream().anyMatch(said::startsWith)) {
          errors.add(said);
        } else {
          steps.add(said);
        }
      }
    } catch (IOException ended) {
      // With the program.
    }
  }

  /** Asked first: it then cancels what it runs on the server. */
  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
