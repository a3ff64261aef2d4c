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
 * A run of pg_dump that has ended, by itself or because it was stopped.
 *
 * @param exitCode zero if the dump is complete
 * @param out the dump
 * @param errors the lines of its error messages
 * @param lastStep the last line of its {@code --verbose} output: the step it was at
 */
record PgDumpRun(int exitCode, DecodedText out, List<String> errors, String lastStep) {

  private static final int LONGEST_ERROR = 300;
  private static final long GRACE_SECONDS = 2;
  private static final String OWN = "pg_dump: ";
  private static final List<String> ERROR_PREFIXES = List.of("error: ", "detail: ", "hint: ");

  /**
   * Runs pg_dump and waits for its end.
   *
   * @param ender is given, at the start, the action that ends pg_dump from another thread
   */
  static PgDumpRun of(
      PgDumpProgram program,
      List<String> arguments,
      Map<String, String> variables,
      Deadline deadline,
      Consumer<Runnable> ender)
      throws IOException {
    Process process = program.start(arguments, variables);
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
      return new PgDumpRun(exitCode, SourceText.decode(out), List.copyOf(errors), steps.getLast());
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

  /** Returns true if an error message of pg_dump's or a pooler's contains these words. */
  boolean reports(String words) {
    return errors.stream().anyMatch(line -> line.contains(words));
  }

  /** Returns all error messages as one sentence; a LOCK of thousands of tables is cut short. */
  String errorText() {
    return errors.isEmpty()
        ? "exit code " + exitCode
        : errors.stream()
            .map(
                line ->
                    line.length() > LONGEST_ERROR ? line.substring(0, LONGEST_ERROR) + "…" : line)
            .collect(Collectors.joining("; "));
  }

  private static void read(Process process, List<String> errors, List<String> steps) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String said = line.startsWith(OWN) ? line.substring(OWN.length()) : line;
        if (said.startsWith(ERROR_PREFIXES.getFirst())) {
          errors.add(said.substring(ERROR_PREFIXES.getFirst().length()));
        } else if (!line.startsWith(OWN) || ERROR_PREFIXES.stream().anyMatch(said::startsWith)) {
          errors.add(said);
        } else {
          steps.add(said);
        }
      }
    } catch (IOException ended) {
      // The pipe ends with the program.
    }
  }

  /** Ends pg_dump by SIGTERM first: it then cancels its query on the server. */
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
