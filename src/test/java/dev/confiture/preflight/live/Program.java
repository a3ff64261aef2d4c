package dev.confiture.preflight.live;

import dev.confiture.preflight.process.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of this machine: without this process's environment, and not for ever. */
final class Program {

  private Program() {}

  /** Returns those of the programs that are not here; empty where all are. */
  static Optional<String> missing(String... names) {
    return Stream.of(names)
        .filter(name -> Programs.find(name).isEmpty())
        .reduce((first, second) -> first + " and " + second);
  }

  /** Runs a program in a folder; one that does not end is killed, and has not ended well. */
  static LiveTool.End run(Path folder, List<String> command) throws IOException {
    Process process = Programs.start(command, folder);
    CompletableFuture<Void> guard =
        CompletableFuture.runAsync(
            () -> end(process),
            CompletableFuture.delayedExecutor(LiveTools.TIME_LIMIT, TimeUnit.SECONDS));
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new LiveTool.End(process.waitFor() == 0, output);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new LiveTool.End(false, "interrupted");
    } finally {
      guard.cancel(false);
      end(process);
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
