package dev.confiture.preflight.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The one place of this package that starts programs, always with an environment of our own. */
final class Programs {

  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Programs() {}

  /** A program of the system. */
  static Optional<Path> find(String name) {
    return Stream.of(PATH.split(":", -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts a program: input and output are pipes of ours. */
  static Process start(List<String> command, Path folder) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("LC_ALL", "C");
    environment.put("PATH", PATH);
    return builder.directory(folder.toFile()).redirectErrorStream(true).start();
  }
}
