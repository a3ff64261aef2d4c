package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the real tools did with small histories, as it was recorded on PostgreSQL 15: the files that
 * they applied, and the error at which they stopped.
 */
@Execution(ExecutionMode.CONCURRENT)
final class OracleTest {

  /** The recorded runs are many, and a tool's differ in little: the nightly build has all. */
  private static final int EVERY = TestServers.NIGHTLY ? 1 : 4;

  private static final List<String> TOOLS = List.of("dbmate", "goose", "golang-migrate");

  /**
   * Files that a recording takes for applied since their version is, by run: the tool's table knows
   * versions alone, and that one is of another file.
   */
  private static final Map<String, String> NOT_APPLIED = Map.of("dbmate h_duplicate", "002_bb.sql");

  @TempDir private static Path scratch;

  /**
   * One run of a tool.
   *
   * @param ledger makes the tool's tracking table
   * @param run the files, what ran before, and what the tool did
   */
  record Recorded(String tool, String name, String ledger, JsonNode run) {
    @Override
    public String toString() {
      return tool + " " + name;
    }
  }

  static Stream<Recorded> runs() {
    List<Recorded> all = TOOLS.stream().flatMap(tool -> of(tool).stream()).toList();
    return IntStream.range(0, all.size()).filter(i -> i % EVERY == 0).mapToObj(all::get);
  }

  private static List<Recorded> of(String tool) {
    List<Recorded> runs = new ArrayList<>();
    JsonNode all = json(tool);
    for (Map.Entry<String, JsonNode> each : all.path("cases").properties()) {
      for (int i = 0; i < each.getValue().size(); i++) {
        runs.add(
            new Recorded(
                tool,
                each.getKey() + (i == 0 ? "" : "-" + (i + 1)),
                all.path("ledger").asText(),
                each.getValue().get(i)));
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

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void endsAsTheToolDid(Recorded recorded) throws IOException {
    JsonNode run = recorded.run();
    Path folder = Files.createTempDirectory(scratch, "run");
    Path migrations = Files.createDirectory(folder.resolve("migrations"));
    for (Map.Entry<String, JsonNode> file : run.path("files").properties()) {
      Files.writeString(migrations.resolve(file.getKey()), file.getValue().asText());
    }
    Path schema =
        Files.writeString(
            folder.resolve("schema.sql"),
            resource("oracle/schema.sql")
                + recorded.ledger()
                + "\n"
                + run.path("before").asText()
                // What the files before have set is not the schema's.
                + "\nRESET ALL;\n");
    Report report =
        Preflight.run(
            Options.of(migrations)
                .withSchemaFile(schema)
                .withTool(recorded.tool())
                .withRole(new Options.Role(Optional.of("deployer"), true, Map.of())),
            () -> TestServers.embedded(TestServers.newest()));
    List<String> before = new ArrayList<>();
    for (JsonNode file : run.path("applied")) {
      if (!file.asText().equals(NOT_APPLIED.get(recorded.toString()))
          && report.migrations().stream().anyMatch(m -> name(m).equals(file.asText()))) {
        before.add(file.asText());
      }
    }
    List<String> applied = new ArrayList<>();
    String stopped = "";
    for (JudgedMigration migration : report.migrations()) {
      Optional<String> state = failure(migration);
      if (state.isPresent()) {
        stopped = state.get();
        if (isApplied(migration)) {
          applied.add(name(migration));
        }
        break;
      }
      applied.add(name(migration));
    }
    String real =
        run.path("exit").asInt() == 0 ? "" : run.path("sqlstate").asText("").replace("null", "");
    boolean failed = report.verdict().word().equals("failed");
    assertEquals(
        (run.path("exit").asInt() != 0) + " " + real + " " + before,
        failed + " " + stopped + " " + applied,
        () -> run.path("output").asText() + "\n" + told(report.migrations()));
  }

  private static String name(JudgedMigration migration) {
    return migration.rehearsed().migration().file().fileName();
  }

  /** Returns true for a file at whose end its tool fails, when it is applied and recorded. */
  private static boolean isApplied(JudgedMigration migration) {
    return migration.outcome() instanceof Outcome.Failed failed
        && failed.failure().source() == Failure.Source.TOOL
        && failed.failure().error().is(SqlState.NO_ACTIVE_SQL_TRANSACTION)
        && migration.rehearsed().withoutEffect().isEmpty();
  }

  /** Returns the server's SQLSTATE; empty text for what the tool itself refuses. */
  private static Optional<String> failure(JudgedMigration migration) {
    return switch (migration.outcome()) {
      case Outcome.Failed failed ->
          Optional.of(
              failed.failure().source() == Failure.Source.TOOL
                      || (failed.failure().source() == Failure.Source.COMMIT
                          && failed.failure().error().is(SqlState.NO_ACTIVE_SQL_TRANSACTION))
                  ? ""
                  : failed.failure().error().sqlState());
      case Outcome.Blocked blocked -> Optional.of("blocked " + blocked);
      case Outcome.Unverified unverified -> Optional.of("unverified " + unverified.reason());
      case Outcome.Passed _, Outcome.Skipped _ -> Optional.empty();
    };
  }

  private static String told(Collection<JudgedMigration> migrations) {
    StringBuilder told = new StringBuilder();
    migrations.forEach(m -> told.append(name(m)).append(": ").append(m.outcome()).append('\n'));
    return told.toString();
  }
}
