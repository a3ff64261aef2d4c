package dev.confiture.preflight.source;

import dev.confiture.preflight.process.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pg_dump.
 *
 * @param version as it says, for example 15.18
 */
record DumpProgram(Path path, String version) {

  private static final Pattern VERSION = Pattern.compile("\\) (([0-9]{1,3})[0-9A-Za-z.]*)");

  /** The program, if it runs and says its version. */
  static Optional<DumpProgram> of(Path path) {
    try {
      Process process = Programs.startHere(List.of(path.toString(), "--version"), Map.of());
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher matcher = VERSION.matcher(said);
      return matcher.find()
          ? Optional.of(new DumpProgram(path, matcher.group(1)))
          : Optional.empty();
    } catch (IOException cannotRun) {
      return Optional.empty();
    }
  }

  int major() {
    return Integer.parseInt(version.split("[^0-9]", 2)[0]);
  }

  /** Starts it with these arguments, and nothing else in its environment. */
  Process dump(List<String> arguments, Map<String, String> variables) throws IOException {
    List<String> command = new ArrayList<>(List.of(path.toString()));
    command.addAll(arguments);
    return Programs.startHere(command, variables);
  }
}
