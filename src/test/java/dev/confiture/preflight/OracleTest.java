package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.Sandbox;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.verdict.JudgedMigration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the real tools did with small histories, as it was recorded on PostgreSQL 15: the verdict,
 * the error at which they stopped, the files that they applied, the tables that they left, and the
 * rows of their ledgers.
 *
 * <p>{@code oracle/<tool>.json} holds the runs of a tool, or of one with a setting; {@code
 * oracle/differences.txt} the runs that end otherwise here, each with its reason.
 */
@Execution(ExecutionMode.CONCURRENT)
final class OracleTest {

  /** The recorded runs are many, and a tool's differ in little: the nightly build has all. */
  private static final int EVERY = TestServers.NIGHTLY ? 1 : 4;

  /** The major version on which they were recorded: a part of them runs there as well. */
  private static final int RECORDED_ON = 15;

  private static final int EVERY_THERE = 8 * EVERY;

  private static final int MOST_DIFFERENCES = 20;

  private static final Pattern RECORDED = Pattern.compile("public\\.(x[0-9]+):r");

  private static final Pattern MOMENT = Pattern.compile("<ts>|^20[0-9]{2}-[0-9]{2}-[0-9]{2} ");

  private static final Map<String, String> DIFFERENCES = differences();

  @TempDir private static Path scratch;

  /**
   * One run of a tool.
   *
   * @param data the tool's file: what all its runs have in common
   * @param run the files, what ran before, and what the tool did
   */
  record Recorded(String tool, String name, JsonNode data, JsonNode run) {
    @Override
    public String toString() {
      return tool + " " + name;
    }
  }

  static Stream<Recorded> runs() {
    return every(EVERY);
  }

  static Stream<Recorded> runsOnTheRecordedVersion() {
    return every(EVERY_THERE);
  }

  private static Stream<Recorded> every(int nth) {
    List<Recorded> all = recorded();
    return IntStream.range(0, all.size()).filter(i -> i % nth == 0).mapToObj(all::get);
  }

  private static List<Recorded> recorded() {
    return names().flatMap(tool -> of(tool).stream()).toList();
  }

  private static Stream<String> names() {
    URL folder = OracleTest.class.getResource("/oracle");
    try (Stream<Path> files =
        Files.list(Path.of(String.valueOf(folder).replaceFirst("file:", "")))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList()
          .stream();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static List<Recorded> of(String tool) {
    List<Recorded> runs = new ArrayList<>();
    JsonNode all = json(tool);
    for (Map.Entry<String, JsonNode> each : all.path("cases").properties()) {
      for (int i = 0; i < each.getValue().size(); i++) {
        runs.add(
            new Recorded(
                tool, each.getKey() + (i == 0 ? "" : "-" + (i + 1)), all, each.getValue().get(i)));
      }
    }
    return runs;
  }

  private static JsonNode json(String tool) {
    try {
      return new ObjectMapper().readTree(resource("oracle/" + tool + ".json"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = OracleTest.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IOException("there is no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Reads lines of the form {@code <tool> <run>: <reason>}. */
  private static Map<String, String> differences() {
    Map<String, String> found = new TreeMap<>();
    try {
      resource("oracle/differences.txt")
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(": ", 2))
          .forEach(parts -> found.put(parts[0], parts[1]));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return found;
  }

  @Test
  void theDifferencesAreFewAndOfRunsThatThereAre() {
    List<String> all = recorded().stream().map(Recorded::toString).toList();
    assertTrue(DIFFERENCES.size() <= MOST_DIFFERENCES, DIFFERENCES::toString);
    DIFFERENCES.keySet().forEach(name -> assertTrue(all.contains(name), name));
  }

  /**
   * What is compared of a run.
   *
   * @param state the server's SQLSTATE, where it failed at one
   * @param applied the files that were applied
   * @param tables the tables that are there in the end
   */
  private record Told(boolean failed, String state, List<String> applied, Set<String> tables) {
    Told {
      // The ledger's rows tell the order; a recording has them by name.
      applied = applied.stream().sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void endsAsTheToolDid(Recorded recorded) throws IOException {
    endsAsTheToolDid(recorded, TestServers.newest());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runsOnTheRecordedVersion")
  void endsAsTheToolDidOnTheRecordedVersion(Recorded recorded) throws IOException {
    Optional<Path> there = TestServers.ofMajor(RECORDED_ON);
    assumeTrue(there.isPresent(), "PostgreSQL " + RECORDED_ON + " is not installed");
    endsAsTheToolDid(recorded, there.orElseThrow());
  }

  private static void endsAsTheToolDid(Recorded recorded, Path server) throws IOException {
    JsonNode run = recorded.run();
    Path folder = Files.createTempDirectory(scratch, "run");
    Path migrations = Files.createDirectory(folder.resolve("migrations"));
    write(migrations, run.path("files"));
    write(folder, recorded.data().path("project"));
    // A repository of its own: the tool's configuration is looked for up to there.
    Files.createDirectory(folder.resolve(".git"));
    Path schema =
        Files.writeString(
            folder.resolve("schema.sql"),
            resource("oracle/schema.sql")
                + recorded.data().path("first").asText()
                + "\n"
                + run.path("before").asText()
                // What the files before have set is not the schema's.
                + "\nRESET ALL;\n");
    List<Sandbox> lent = new ArrayList<>();
    Map<String, List<Map<String, String>>> ledger = new TreeMap<>();
    Set<String> present = new TreeSet<>();
    Report report =
        Preflight.run(
            Options.of(migrations.resolve(recorded.data().path("dir").asText()).normalize())
                .withSchemaFile(schema)
                .withTool(recorded.data().path("tool").asText())
                .with(new Tool.Told(Map.of(), options(recorded.data().path("options"))))
                .withRole(new Options.Role(Optional.of("deployer"), true, Map.of())),
            Progress.NONE.giving(
                found -> {
                  if (found.allPassed() && !lent.isEmpty()) {
                    ledger.putAll(ledger(lent.getFirst(), run.path("tracking")));
                    TestServers.askClone(lent.getFirst(), RehearsedEnd.TABLES)
                        .forEach(row -> present.add(row.text(0)));
                  }
                }),
            () -> {
              lent.add(TestServers.embedded(server));
              return lent.getFirst();
            });
    Told expected = expected(run, report);
    Told told = actual(run, report);
    // What is there is asked of the server where nothing failed, else told by the statements.
    Told actual =
        report.allPassed() && !lent.isEmpty() ? new Told(false, "", told.applied(), present) : told;
    String difference = DIFFERENCES.getOrDefault(recorded.toString(), "");
    if (!difference.isEmpty()) {
      assertNotEquals(expected, actual, "no difference any more: " + difference);
      assertEquals(expected.failed(), actual.failed(), "a verdict never differs");
      return;
    }
    if (!expected.failed() && RehearsedEnd.isLostInSilence(report, expected.tables())) {
      return;
    }
    assertEquals(
        expected, actual, () -> run.path("output").asText() + "\n" + told(report.migrations()));
    if (!expected.failed() && !ledger.isEmpty()) {
      assertEquals(sorted(rows(run.path("tracking"))), sorted(ledger));
    }
  }

  private static Map<String, String> options(JsonNode options) {
    Map<String, String> all = new TreeMap<>();
    options.properties().forEach(each -> all.put(each.getKey(), each.getValue().asText()));
    return all;
  }

  /** Returns the rows in one order: some were recorded in that of their keys. */
  private static Map<String, List<Map<String, String>>> sorted(
      Map<String, List<Map<String, String>>> tables) {
    Map<String, List<Map<String, String>>> sorted = new TreeMap<>();
    tables.forEach(
        (table, rows) ->
            sorted.put(table, rows.stream().sorted(Comparator.comparing(Map::toString)).toList()));
    return sorted;
  }

  private static void write(Path folder, JsonNode files) throws IOException {
    for (Map.Entry<String, JsonNode> file : files.properties()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue().asText());
    }
  }

  private static Told expected(JsonNode run, Report report) {
    List<String> applied = new ArrayList<>();
    Set<String> versions = new TreeSet<>();
    for (JsonNode file : run.path("applied")) {
      // Where the second of two files of one version was refused, the ledger's row is the first's.
      boolean all = run.path("exit").asInt() == 0;
      if (report.migrations().stream()
          .filter(m -> isNamed(file.asText(), m))
          .anyMatch(m -> versions.add(m.rehearsed().migration().version()) || all)) {
        applied.add(file.asText());
      }
    }
    TreeSet<String> tables = new TreeSet<>();
    for (JsonNode relation : run.path("persisted")) {
      Matcher table = RECORDED.matcher(relation.asText());
      if (table.matches()) {
        tables.add(table.group(1));
      }
    }
    if (run.has("lost")) {
      // The tool took the file for applied, and did not run it: that is a failure, in its silence.
      return new Told(true, "", List.of(), tables);
    }
    // A tool that ends well and has not applied a pending file has lost it.
    boolean failed =
        run.path("exit").asInt() != 0
            || report.migrations().stream()
                .filter(m -> RehearsedEnd.isOfTool(m) && !RehearsedEnd.isPassedOver(m))
                .anyMatch(m -> applied.stream().noneMatch(name -> isNamed(name, m)));
    String state = run.path("sqlstate").isNull() ? "" : run.path("sqlstate").asText();
    return new Told(
        failed,
        run.path("hang").asBoolean() ? SqlState.LOCK_NOT_AVAILABLE : state,
        applied,
        tables);
  }

  private static Told actual(JsonNode run, Report report) {
    RehearsedEnd end =
        RehearsedEnd.of(
            report,
            RehearsedEnd.made(Script.of(SourceText.of(run.path("before").asText())).statements()),
            run.path("exit").asInt() == 0);
    return new Told(
        end.failed(),
        end.state(),
        end.applied().stream().map(migration -> name(run, migration)).toList(),
        end.tables());
  }

  /** Returns the name by which the tool recorded a migration, else its file's. */
  private static String name(JsonNode run, JudgedMigration migration) {
    for (JsonNode file : run.path("applied")) {
      if (isNamed(file.asText(), migration)) {
        return file.asText();
      }
    }
    return fileName(migration);
  }

  /**
   * Returns true for a file's name, that of its folder where the folder is the migration, or id.
   */
  private static boolean isNamed(String name, JudgedMigration migration) {
    MigrationFile file = migration.rehearsed().migration().file();
    return Stream.of(
            file.fileName(),
            String.valueOf(file.path().resolveSibling("").getFileName()),
            file.version())
        .anyMatch(name::equals);
  }

  private static String fileName(JudgedMigration migration) {
    return migration.rehearsed().migration().file().fileName();
  }

  /** Returns the recorded rows of the tracking tables, without what differs from run to run. */
  private static Map<String, List<Map<String, String>>> rows(JsonNode tracking) {
    Map<String, List<Map<String, String>>> tables = new TreeMap<>();
    for (Map.Entry<String, JsonNode> table : tracking.properties()) {
      List<Map<String, String>> rows = new ArrayList<>();
      for (JsonNode row : table.getValue()) {
        Map<String, String> values = new TreeMap<>();
        row.properties().forEach(column -> values.put(column.getKey(), value(column.getValue())));
        rows.add(values);
      }
      tables.put(table.getKey(), rows);
    }
    return tables;
  }

  private static String value(JsonNode value) {
    return value.isNull() ? "" : value.isContainerNode() ? value.toString() : value.asText();
  }

  /** Reads the rows that the rehearsed tool has left, of the columns that were recorded. */
  private static Map<String, List<Map<String, String>>> ledger(Sandbox server, JsonNode tracking) {
    Map<String, List<Map<String, String>>> tables = rows(tracking);
    Map<String, List<Map<String, String>>> found = new TreeMap<>();
    tables.forEach(
        (table, rows) -> {
          List<JsonNode> present = new ArrayList<>();
          for (Row row :
              TestServers.askClone(server, "SELECT pg_catalog.to_jsonb(t) FROM " + table + " t")) {
            present.add(parse(row.text(0)));
          }
          List<Map<String, String>> kept = new ArrayList<>();
          for (int i = 0; i < present.size(); i++) {
            Map<String, String> recorded = i < rows.size() ? rows.get(i) : Map.of();
            Map<String, String> values = new TreeMap<>();
            for (Map.Entry<String, String> column : recorded.entrySet()) {
              JsonNode value = present.get(i).path(column.getKey());
              values.put(
                  column.getKey(),
                  // A moment, or what the recording computed, is not compared.
                  MOMENT.matcher(column.getValue()).find() || value.isMissingNode()
                      ? column.getValue()
                      : value(value).replaceFirst("^\\\\x", ""));
            }
            kept.add(values);
          }
          found.put(table, kept);
        });
    return found;
  }

  private static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String told(Collection<JudgedMigration> migrations) {
    StringBuilder told = new StringBuilder();
    migrations.forEach(m -> told.append(fileName(m)).append(": ").append(m.outcome()).append('\n'));
    return told.toString();
  }
}
