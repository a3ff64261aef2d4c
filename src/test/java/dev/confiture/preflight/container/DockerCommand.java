package dev.confiture.preflight.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@code docker} that runs. */
final class DockerCommand {

  private final Process process;
  private final Path out;
  private final Path err;

  private DockerCommand(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts one with these arguments; what it prints goes to files in this folder. */
  static DockerCommand start(List<String> arguments, Path folder) throws IOException {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(arguments);
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    return new DockerCommand(process, out, err);
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** What it has printed until now. */
  String out() {
    try {
      return Files.readString(out);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Waits for its end. */
  Ended await() {
    try {
      return new Ended(process.waitFor(), out(), Files.readString(err));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Whether it ends by this signal within the time. */
  boolean endsBy(String signal, Duration limit) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid())).start().waitFor();
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What it ended with. */
  record Ended(int code, String out, String err) {}
}
