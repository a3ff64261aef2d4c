package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confiture.preflight.migrations.Tool;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder with a schema, migrations, options, and what the report must say, for one tool; its
 * format is in {@code cases/README.md}.
 *
 * @param name the folder's name
 * @param tool the tool, where the folder is for several
 * @param migrations the files as that tool wants them
 */
record GoldenCase(String name, Optional<String> tool, Path migrations, JsonNode options) {

  private static final Path CASES = Path.of("src/test/resources/cases");
  private static final Pattern PARTS =
      Pattern.compile(
          "schema\\.sql|migrations|environments|options\\.json|applied\\.txt"
              + "|expected(-savepoint)?(-confiture|-plain)?\\.json");
  private static final String CONFITURE = "confiture";

  /**
   * Words of what an external server differs in from one that the run starts: what its databases
   * share, rights of the user who connects, files and processes of the machine, settings that were
   * there before, and what outlives a ROLLBACK.
   */
  private static final Pattern OF_THE_SERVER =
      Pattern.compile(
          "(?im)\\b(role|grant|revoke|owner|authorization|privileges|policy|database|tablespace"
              + "|system|extension|publication|subscription|server|pg_(terminate|cancel)_backend"
              + "|pg_advisory\\w*|nextval|setval|sequence|vacuum|discard|set_config)\\b"
              + "|^\\s*(re)?set\\s");

  private static final List<String> OPTIONS_OF_THE_SERVER =
      List.of("consumes", "allow_non_transactional", "run_as");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * All of them; a folder for several tools is a case for each.
   *
   * @param scratch where files are written that are not as their tool wants them
   */
  static List<GoldenCase> all(Path scratch) throws IOException {
    List<GoldenCase> all = new ArrayList<>();
    Path written = Files.createTempDirectory(scratch, "cases");
    try (Stream<Path> folders = Files.list(CASES)) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        all.addAll(in(folder, written));
      }
    }
    return all;
  }

  private static List<GoldenCase> in(Path folder, Path written) throws IOException {
    String name = String.valueOf(folder.getFileName());
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(
          file ->
              assertTrue(
                  PARTS.matcher(String.valueOf(file.getFileName())).matches(),
                  "no case uses " + file));
    }
    JsonNode options = JSON.readTree(folder.resolve("options.json").toFile());
    Path migrations = folder.resolve("migrations");
    List<GoldenCase> cases = new ArrayList<>();
    for (JsonNode tool : options.path("tools")) {
      boolean confiture = tool.asText().equals(CONFITURE);
      cases.add(
          new GoldenCase(
              name,
              Optional.of(tool.asText()),
              confiture ? inPairs(migrations, written.resolve(name)) : migrations,
              options));
    }
    return cases.isEmpty()
        ? List.of(new GoldenCase(name, Optional.empty(), migrations, options))
        : cases;
  }

  /**
   * The cases to run on an external server: those that depend on which server it is, the tools of a
   * folder in turn; in the nightly build all that mean the same there, with every tool.
   */
  static Stream<GoldenCase> forExternalServer(Path scratch) throws IOException {
    Map<String, List<GoldenCase>> folders = new TreeMap<>();
    for (GoldenCase golden : all(scratch)) {
      if (golden.isForEveryServer()) {
        folders.computeIfAbsent(golden.name, _ -> new ArrayList<>()).add(golden);
      }
    }
    List<GoldenCase> chosen = new ArrayList<>();
    for (List<GoldenCase> tools : folders.values()) {
      if (TestServers.NIGHTLY) {
        chosen.addAll(tools);
      } else if (tools.getFirst().dependsOnServer()) {
        chosen.add(tools.get(chosen.size() % tools.size()));
      }
    }
    return chosen.stream();
  }

  /** Copies {@code x.sql} to {@code x.up.sql}, with a down file beside it. */
  private static Path inPairs(Path plain, Path pairs) throws IOException {
    Files.createDirectories(pairs);
    try (Stream<Path> files = Files.list(plain)) {
      for (Path file : files.toList()) {
        String base = String.valueOf(file.getFileName()).replaceFirst("\\.sql$", "");
        Files.copy(file, pairs.resolve(base + ".up.sql"));
        Files.writeString(pairs.resolve(base + ".down.sql"), "-- undone by hand\n");
      }
    }
    return pairs;
  }

  private Path folder() {
    return CASES.resolve(name);
  }

  Path schema() {
    return folder().resolve("schema.sql");
  }

  /** Restores the schema into an empty database; says whether nothing of it was lost. */
  boolean seed(ConnectionString url) {
    try (Session session = Session.open(url)) {
      return Seeder.restore(
              SchemaFile.read(schema()),
              session,
              true,
              Optional.empty(),
              Optional.empty(),
              (done, all) -> {})
          .gaps()
          .isEmpty();
    }
  }

  /** Whether it means the same on a server where a superuser's session plays the role. */
  boolean isForEveryServer() {
    return !options.path("embedded_only").asBoolean();
  }

  /** Whether the verdict, its words or the way to it are another's on another major version. */
  boolean dependsOnVersion() {
    return options.path("depends_on_version").asBoolean();
  }

  /** Whether an option, the schema or a migration names what differs from server to server. */
  private boolean dependsOnServer() throws IOException {
    if (OPTIONS_OF_THE_SERVER.stream().anyMatch(key -> !options.findValues(key).isEmpty())
        || namesTheServer(schema())) {
      return true;
    }
    try (Stream<Path> files = Files.walk(migrations)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (namesTheServer(file)) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean namesTheServer(Path file) throws IOException {
    return OF_THE_SERVER.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find();
  }

  /** Whether it is also run on a server that the run starts for itself. */
  boolean startsServer() {
    return options.path("starts_server").asBoolean();
  }

  /** Returns true if savepoint isolation leaves an external database changed, as it was told. */
  boolean consumes() {
    return options.path("consumes").asBoolean();
  }

  /** On a server of these programs that the run starts for itself. */
  Report runOnItsOwn(Path binaries, Isolation isolation) {
    return Preflight.rehearse(
        options(Optional.of(schema()), Optional.empty(), Optional.of(binaries), isolation));
  }

  /** On a server of these programs that is up already; to the run it is its own. */
  Report runOn(Path binaries, Isolation isolation) {
    return Preflight.run(
        options(Optional.of(schema()), Optional.empty(), Optional.empty(), isolation),
        () -> TestServers.embedded(binaries));
  }

  /** Rehearses on an external server, seeded from the case's schema. */
  Report runAgainst(ConnectionString url, Isolation isolation) {
    return Preflight.rehearse(
        options(Optional.of(schema()), Optional.of(url), Optional.empty(), isolation));
  }

  /** Rehearses on an external database that is seeded: on a copy, or within a transaction. */
  Report runOnSeeded(ConnectionString url, Isolation isolation) {
    return Preflight.rehearse(
        options(Optional.empty(), Optional.of(url), Optional.empty(), isolation));
  }

  private Options options(
      Optional<Path> schema,
      Optional<ConnectionString> against,
      Optional<Path> binaries,
      Isolation isolation) {
    assumeTrue(
        !options.path("needs_python").asBoolean()
            || new PythonFiles(System.getenv(), true).skipped().isEmpty(),
        "there is no python3 for " + this);
    return new Options(
        schema.map(SchemaOrigin.DumpFile::new),
        new Options.Where(
            new Options.Server(against, false, binaries, Duration.ZERO),
            isolation,
            option(isolation, "allow_non_transactional").asBoolean(),
            new Options.Role(
                text(isolation, "run_as"),
                option(isolation, "run_as_superuser").asBoolean(),
                pairs(isolation, "settings"))),
        new Options.Which(
            migrations,
            tool.orElse(option(isolation, "tool").asText(Tools.AUTO)),
            text(isolation, "since"),
            text(isolation, "applied_from").map(folder()::resolve),
            Optional.empty(),
            new Tool.Told(pairs(isolation, "placeholders"), pairs(isolation, "tool_options")),
            option(isolation, "python").asBoolean(true),
            true),
        new Limits(
            Duration.ofMillis(option(isolation, "statement_timeout_ms").asLong(60_000)),
            Duration.ofSeconds(5),
            Duration.ofMillis(option(isolation, "time_limit_ms").asLong(600_000))),
        Map.copyOf(System.getenv()));
  }

  private Map<String, String> pairs(Isolation isolation, String name) {
    Map<String, String> pairs = new TreeMap<>();
    option(isolation, name)
        .properties()
        .forEach(setting -> pairs.put(setting.getKey(), setting.getValue().asText()));
    return pairs;
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
    check(
        report,
        isolation == Isolation.SAVEPOINT
            ? List.of("expected-savepoint", "expected")
            : List.of("expected"));
  }

  /** Does nothing where the case is not for a server of this version. */
  private void check(Report report, List<String> names) throws IOException {
    int major =
        report
            .sandbox()
            .map(sandbox -> Integer.parseInt(sandbox.serverVersion().split("\\.", 2)[0]))
            .orElse(0);
    if (major >= options.path("min_major").asInt(0)
        && major <= options.path("max_major").asInt(Integer.MAX_VALUE)) {
      JsonNode against = JSON.readTree(JsonReport.write(report)).path("against");
      compare("", JSON.readTree(expectation(names).toFile()), against);
    }
  }

  /** The first of these that is there, the tool's own before the one for all. */
  private Path expectation(List<String> names) {
    return names.stream()
        .flatMap(one -> Stream.concat(tool.map(own -> one + "-" + own).stream(), Stream.of(one)))
        .map(one -> folder().resolve(one + ".json"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  /** Asserts that a report says what is expected; it may say more. */
  static void compare(String path, JsonNode expected, JsonNode actual) {
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
    return name + tool.map(own -> " (" + own + ")").orElse("");
  }
}
