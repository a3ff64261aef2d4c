package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confiture.preflight.migrations.Conventions;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.rehearsal.Limits;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole runs: a folder a case, on the oldest and the newest server.
 *
 * <p>{@code expected.json} is a part of the report, written by hand: every key in it must be in the
 * report and equal; lists must have the same length. A text that starts with {@code ~} must be
 * contained.
 */
final class GoldenCasesTest {

  private static final Path CASES = Path.of("src/test/resources/cases");
  private static final Set<String> PARTS =
      Set.of("schema.sql", "migrations", "options.json", "expected.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Arguments> cases() throws IOException {
    List<Arguments> all = new ArrayList<>();
    try (Stream<Path> folders = Files.list(CASES)) {
      for (Path folder : folders.sorted().toList()) {
        for (Path binaries : TestServers.binaries()) {
          all.add(Arguments.of(String.valueOf(folder.getFileName()), binaries));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void givesTheVerdictOfARealDeployment(String name, Path binaries) throws IOException {
    Path folder = CASES.resolve(name);
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(
          file ->
              assertTrue(
                  PARTS.contains(String.valueOf(file.getFileName())), "no case uses " + file));
    }
    JsonNode options = JSON.readTree(folder.resolve("options.json").toFile());
    Report report = Preflight.run(options(folder, options, binaries), Progress.NONE, new Stop());
    int major =
        report
            .sandbox()
            .map(s -> new ServerVersion(0, s.serverVersion()).text())
            .map(text -> Integer.parseInt(text.substring(0, text.indexOf('.'))))
            .orElse(0);
    if (major >= options.path("min_major").asInt(0)) {
      JsonNode against = JSON.readTree(JsonReport.write(report)).path("against");
      compare("", JSON.readTree(folder.resolve("expected.json").toFile()), against);
    }
  }

  private static Options options(Path folder, JsonNode options, Path binaries) {
    return new Options(
        Optional.of(folder.resolve("schema.sql")),
        Optional.empty(),
        folder.resolve("migrations"),
        options.path("convention").asText(Conventions.AUTO),
        text(options, "since"),
        Optional.empty(),
        text(options, "run_as"),
        Optional.of(binaries),
        new Limits(
            Duration.ofMillis(options.path("statement_timeout_ms").asLong(60_000)),
            Duration.ofSeconds(5),
            Duration.ofMillis(options.path("time_limit_ms").asLong(600_000))),
        Map.copyOf(System.getenv()));
  }

  private static Optional<String> text(JsonNode node, String key) {
    return Optional.ofNullable(node.get(key)).map(JsonNode::asText);
  }

  private static void compare(String path, JsonNode expected, JsonNode actual) {
    if (expected.isObject()) {
      expected
          .properties()
          .forEach(
              entry -> {
                assertTrue(actual.has(entry.getKey()), path + "/" + entry.getKey() + " is missing");
                compare(path + "/" + entry.getKey(), entry.getValue(), actual.get(entry.getKey()));
              });
    } else if (expected.isArray()) {
      assertEquals(expected.size(), actual.size(), path + ": " + actual);
      for (int i = 0; i < expected.size(); i++) {
        compare(path + "/" + i, expected.get(i), actual.get(i));
      }
    } else if (expected.isTextual() && expected.asText().startsWith("~")) {
      assertTrue(
          actual.asText().contains(expected.asText().substring(1)), path + ": " + actual.asText());
    } else {
      assertEquals(expected, actual, path);
    }
  }
}
