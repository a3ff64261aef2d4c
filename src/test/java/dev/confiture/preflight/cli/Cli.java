package dev.confiture.preflight.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confiture.preflight.rehearsal.Stop;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A run of the command line inside this process.
 *
 * @param code the exit code
 * @param out what went to stdout
 * @param err what went to stderr
 */
record Cli(int code, String out, String err) {

  private static final Pattern STEP =
      Pattern.compile("preflight: (starting|restoring|preparing|rehearsing|asking) .*");

  static Cli run(String... arguments) {
    return runIn(Map.of(), arguments);
  }

  static Cli runIn(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = terminal(out, err, environment);
    int code = new PreflightCommand(terminal, environment, new Stop()).run(arguments);
    return new Cli(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Streams that nobody watches. */
  private static Terminal terminal(
      ByteArrayOutputStream out, ByteArrayOutputStream err, Map<String, String> environment) {
    return new Terminal(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        environment,
        false,
        false);
  }

  /** Standard error without the steps that are shown there once they take long. */
  String complaints() {
    return err.lines()
        .filter(line -> !STEP.matcher(line).matches())
        .collect(Collectors.joining("\n"));
  }

  /** Both streams. */
  String printed() {
    return out + err;
  }

  JsonNode json() throws JsonProcessingException {
    return json(out);
  }

  static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }

  /** Ended with 2 and this complaint: on stderr, and nothing on stdout. */
  void assertRefused(String message, String hint) {
    assertEquals(
        "preflight: " + message + "\n" + (hint.isEmpty() ? "" : "  hint: " + hint + "\n"), err);
    assertEquals("", out);
    assertEquals(2, code);
  }
}
