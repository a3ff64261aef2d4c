package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.rehearsal.Limits;
import dev.confiture.preflight.rehearsal.PythonFiles;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.Isolation;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.seed.Seeder;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.source.SchemaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder with a schema, migrations, options, and what the report must say.
 *
 * <p>{@code expected.json} is a part of the report, written by hand: every key in it must be in the
 * report and equal; lists must have the same length. A text that starts with {@code ~} must be
 * contained. {@code expected-savepoint.json} is there where one transaction for all files cannot
 * tell what a real deployment would do; {@code expected-against.json} where a superuser's session
 * on a named server cannot do what the migration role's own could: end itself, for one.
 *
 * <p>A case that needs python3 is skipped where there is none.
 *
 * <p>An option may stand under the name of an isolation, and is then for that one alone.
 */
record GoldenCase(Path folder, JsonNode options) {

  private static final Path CASES = Path.of("src/test/resources/cases");
  private static final Set<String> PARTS =
      Set.of(
          "schema.sql",
          "migrations",
          "options.json",
          "expected.json",
          "expected-savepoint.json",
          "expected-against.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<GoldenCase> all() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.filter(Files::isDirectory).sorted().map(GoldenCase::in).toList();
    }
  }

  private static GoldenCase in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(
          file ->
              assertTrue(
                  PARTS.contains(String.valueOf(file.getFileName())), "no case uses " + file));
      return new GoldenCase(folder, JSON.readTree(folder.resolve("options.json").toFile()));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("no case in " + folder, unreadable);
    }
  }

  private Path schema() {
    return folder.resolve("schema.sql");
  }

  /** Restores the schema into an empty database; says whether nothing of it was lost. */
  boolean seed(ConnectionString url) {
    try (Session session = Session.open(url)) {
      return Seeder.restore(SchemaFile.read(schema()), session, true, (done, all) -> {})
          .gaps()
          .isEmpty();
    }
  }

  /** Whether it means the same on a server where a superuser's session plays the role. */
  boolean isForEveryServer() {
    return !options.path("embedded_only").asBoolean();
  }

  /** Whether savepoint isolation leaves a named database changed: it was told that it may. */
  boolean consumes() {
    return options.path("consumes").asBoolean();
  }

  /** On a server of these programs that is up already; to the run it is its own. */
  Report runOn(Path binaries, Isolation isolation) {
    return Preflight.run(
        options(Optional.of(schema()), Optional.empty(), isolation),
        () -> TestServers.embedded(binaries));
  }

  /** On a named server, seeded from the case's schema. */
  Report runAgainst(ConnectionString url, Isolation isolation) {
    return Preflight.rehearse(options(Optional.of(schema()), Optional.of(url), isolation));
  }

  /** On a named database that is seeded already: on a copy of it, or within a transaction. */
  Report runOnSeeded(ConnectionString url, Isolation isolation) {
    return Preflight.rehearse(options(Optional.empty(), Optional.of(url), isolation));
  }

  private Options options(
      Optional<Path> schema, Optional<ConnectionString> against, Isolation isolation) {
    assumeTrue(
        !options.path("needs_python").asBoolean()
            || new PythonFiles(System.getenv(), true).skipped().isEmpty(),
        "there is no python3 for " + this);
    return new Options(
        schema.map(SchemaOrigin.DumpFile::new),
        new Options.Where(
            against,
            isolation,
            option(isolation, "allow_non_transactional").asBoolean(),
            text(isolation, "run_as"),
            Optional.empty(),
            Duration.ZERO),
        new Options.Which(
            folder.resolve("migrations"),
            option(isolation, "convention").asText(Tools.AUTO),
            text(isolation, "since"),
            Optional.empty(),
            Optional.empty(),
            option(isolation, "python").asBoolean(true),
            true),
        new Limits(
            Duration.ofMillis(option(isolation, "statement_timeout_ms").asLong(60_000)),
            Duration.ofSeconds(5),
            Duration.ofMillis(option(isolation, "time_limit_ms").asLong(600_000))),
        Map.copyOf(System.getenv()));
  }

  private Optional<String> text(Isolation isolation, String key) {
    return Optional.of(option(isolation, key)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  private JsonNode option(Isolation isolation, String key) {
    JsonNode own = options.path(isolation.toString());
    return own.has(key) ? own.path(key) : options.path(key);
  }

  /** Asserts that the report says what is expected. */
  void check(Report report, Isolation isolation) throws IOException {
    check(report, expected(isolation).orElse("expected.json"));
  }

  /** The same for one on a named server that was seeded by a superuser. */
  void checkAgainst(Report report, Isolation isolation) throws IOException {
    check(
        report,
        expected(isolation).or(() -> present("expected-against.json")).orElse("expected.json"));
  }

  private Optional<String> expected(Isolation isolation) {
    return isolation == Isolation.SAVEPOINT ? present("expected-savepoint.json") : Optional.empty();
  }

  private Optional<String> present(String file) {
    return Optional.of(file).filter(name -> Files.exists(folder.resolve(name)));
  }

  /** Does nothing where the case is not for a server of this version. */
  private void check(Report report, String expected) throws IOException {
    int major =
        report
            .sandbox()
            .map(sandbox -> Integer.parseInt(sandbox.serverVersion().split("\\.", 2)[0]))
            .orElse(0);
    if (major >= options.path("min_major").asInt(0)
        && major <= options.path("max_major").asInt(Integer.MAX_VALUE)) {
      JsonNode against = JSON.readTree(JsonReport.write(report)).path("against");
      compare("", JSON.readTree(folder.resolve(expected).toFile()), against);
    }
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

  @Override
  public String toString() {
    return String.valueOf(folder.getFileName());
  }
}
