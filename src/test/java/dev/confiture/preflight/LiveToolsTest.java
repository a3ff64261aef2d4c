package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confiture.preflight.live.LiveTool;
import dev.confiture.preflight.live.LiveTools;
import dev.confiture.preflight.live.SmallHistory;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.Sandbox;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.verdict.JudgedMigration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real tools beside a rehearsal: each runs small histories that a seed writes, and ends as the
 * rehearsal of the same files says.
 *
 * <p>{@code -Dpreflight.live.seed=N} takes another seed than the build's, {@code
 * -Dpreflight.live.histories=N} another number of histories, {@code -Dpreflight.live.tool=ID} one
 * tool. {@code -Dpreflight.live.npm=FOLDER} is where the packages of {@code src/test/npm} are
 * installed. With {@code -Dpreflight.live.required=true} a tool that is not on this machine is a
 * failure, else it is skipped.
 */
final class LiveToolsTest {

  private static final int HISTORIES =
      Integer.getInteger("preflight.live.histories", TestServers.NIGHTLY ? 40 : 6);

  /** Histories of a seed are no other seed's. */
  private static final long APART = 1_000_000;

  @TempDir private static Path scratch;

  /** A history that a tool is to run. */
  record Run(LiveTool tool, long seed, long number) {
    private SmallHistory history() {
      return SmallHistory.of(seed * APART + number);
    }

    @Override
    public String toString() {
      return tool.id() + ", seed " + seed + ", history " + number;
    }
  }

  static Stream<Run> runs() {
    long seed = seed();
    String only = System.getProperty("preflight.live.tool", "");
    return LiveTools.all().stream()
        .filter(tool -> only.isEmpty() || tool.id().equals(only))
        .flatMap(tool -> LongStream.range(0, HISTORIES).mapToObj(i -> new Run(tool, seed, i)));
  }

  /** A build is repeatable; the nightly one has other histories each day. */
  private static long seed() {
    return Long.getLong(
        "preflight.live.seed",
        TestServers.NIGHTLY ? LocalDate.now(ZoneOffset.UTC).toEpochDay() : 14);
  }

  /**
   * What is compared.
   *
   * @param recorded the migrations that the ledger has
   * @param tables the tables x1, x2, … that are there
   */
  private record End(boolean well, Set<String> recorded, Set<String> tables) {}

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void endsAsTheToolDoes(Run run) throws IOException {
    LiveTool tool = run.tool();
    tool.missing()
        .ifPresent(
            what -> {
              assertFalse(Boolean.getBoolean("preflight.live.required"), what + " is missing");
              assumeTrue(false, what + " is missing: " + tool.id() + " is not run");
            });
    SmallHistory history = run.history();
    Path folder = Files.createTempDirectory(scratch, tool.id());
    Path migrations = Files.createDirectory(folder.resolve("migrations"));
    // A repository of its own: the tool's configuration is looked for up to there.
    Files.createDirectory(folder.resolve(".git"));
    tool.write(history, migrations);
    String schema = resource("oracle/schema.sql") + tool.before();
    List<String> output = new ArrayList<>();
    End real = real(tool, migrations, schema, output);
    Path file = Files.writeString(folder.resolve("schema.sql"), schema);
    List<String> judged = new ArrayList<>();
    End rehearsed = rehearsed(tool, migrations, file, real, judged);
    assertEquals(
        real,
        rehearsed,
        () -> run + "\n" + history + "\n" + output + "\n" + String.join("\n", judged));
  }

  private static End real(LiveTool tool, Path migrations, String schema, List<String> output)
      throws IOException {
    try (Sandbox server = TestServers.embedded(TestServers.newest())) {
      ConnectionString database = TestServers.newDatabase(server, "live", schema);
      LiveTool.End end = tool.run(migrations, database);
      output.add(end.output());
      try (Session session = Session.open(database)) {
        Set<String> recorded = new TreeSet<>();
        tool.ledger()
            .filter(ledger -> isThere(session, ledger.table()))
            .ifPresent(ledger -> recorded.addAll(texts(session.query(ledger.query()))));
        return new End(end.well(), recorded, texts(session.query(RehearsedEnd.TABLES)));
      }
    }
  }

  private static boolean isThere(Session session, String table) {
    return session
        .query("SELECT pg_catalog.to_regclass('" + table + "') IS NOT NULL")
        .getFirst()
        .isTrue(0);
  }

  private static Set<String> texts(List<Row> rows) {
    return rows.stream().map(row -> row.text(0)).collect(Collectors.toCollection(TreeSet::new));
  }

  private static End rehearsed(
      LiveTool tool, Path migrations, Path schema, End real, List<String> judged) {
    List<Sandbox> lent = new ArrayList<>();
    List<End> asked = new ArrayList<>();
    Report report =
        Preflight.run(
            Options.of(migrations)
                .withSchemaFile(schema)
                .withTool(tool.id())
                .withRole(new Options.Role(Optional.of("deployer"), true, Map.of())),
            Progress.NONE.giving(
                found -> {
                  if (found.allPassed() && !lent.isEmpty()) {
                    asked.add(asked(tool, lent.getFirst()));
                  }
                }),
            () -> {
              lent.add(TestServers.embedded(TestServers.newest()));
              return lent.getFirst();
            });
    report
        .migrations()
        .forEach(migration -> judged.add(version(migration) + ": " + migration.outcome()));
    if (report.allPassed() && !asked.isEmpty()) {
      return asked.getFirst();
    }
    if (real.well() && RehearsedEnd.isLostInSilence(report, real.tables())) {
      // The tool does not notice, and we do.
      return real;
    }
    RehearsedEnd end = RehearsedEnd.of(report, Set.of(), real.well());
    Set<String> recorded =
        end.applied().stream()
            .map(LiveToolsTest::version)
            .collect(Collectors.toCollection(TreeSet::new));
    return new End(!end.failed(), tool.ledger().isPresent() ? recorded : Set.of(), end.tables());
  }

  private static String version(JudgedMigration migration) {
    return migration.rehearsed().migration().file().version();
  }

  private static End asked(LiveTool tool, Sandbox server) {
    Set<String> recorded =
        tool.ledger()
            .map(ledger -> texts(TestServers.askClone(server, ledger.query())))
            .orElseGet(Set::of);
    return new End(true, recorded, texts(TestServers.askClone(server, RehearsedEnd.TABLES)));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = LiveToolsTest.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IOException("there is no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
