package dev.confiture.preflight.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A package from npm: {@code -Dpreflight.live.npm} names the folder into which those of {@code
 * src/test/npm} are installed.
 */
record NpmPackage(String name) {

  private static final String INSTALLED = "preflight.live.npm";

  private static final String NODE = "node";

  /** Returns what is not here and is needed; empty where the package can be used. */
  Optional<String> missing() {
    return Program.missing(NODE)
        .or(
            () ->
                folder().map(this::here).filter(Files::isDirectory).isPresent()
                    ? Optional.empty()
                    : Optional.of(name + " of npm, in the folder of -D" + INSTALLED + ","));
  }

  /** Runs the package's program, which has its name, in a folder. */
  LiveTool.End run(Path folder, List<String> arguments) throws IOException {
    Path program = here(folder().orElseThrow()).resolveSibling(".bin").resolve(name);
    return Program.run(folder, withArguments(List.of(program.toString()), arguments));
  }

  /** Runs a script that uses the package. */
  LiveTool.End call(String script, List<String> arguments) throws IOException {
    return Program.run(
        folder().orElseThrow(), withArguments(List.of(NODE, "-e", script, "--"), arguments));
  }

  private static List<String> withArguments(List<String> command, List<String> arguments) {
    return Stream.concat(command.stream(), arguments.stream()).toList();
  }

  private static Optional<Path> folder() {
    return Optional.ofNullable(System.getProperty(INSTALLED)).map(Path::of);
  }

  private Path here(Path folder) {
    return folder.resolve("node_modules").resolve(name).toAbsolutePath();
  }
}
