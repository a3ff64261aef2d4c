package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whose fault a failure is, decided by mending the earlier one: a migration that then passes was
 * blocked, one that still fails has a failure of its own, and one that fails only then passed for
 * want of what the earlier one makes.
 *
 * <p>Nothing is expected by hand. A file of cases has, for each, {@code === name}, the schema, and
 * a migration behind each {@code ---}; the lines that end in {@code -- fails} are left out to mend.
 *
 * <p>Every fourth of them, counted over all files; in the nightly build all.
 */
final class BlameTest {

  private static final Path CASES = Path.of("src/test/resources/blame");
  private static final String FAILS = "-- fails";
  private static final int EVERY = TestServers.NIGHTLY ? 1 : 4;
  private static final ExternalServer SERVER = ExternalServer.start();

  private final Path folder;

  BlameTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** A schema with migrations, of which some have a line that fails. */
  record Case(String name, String schema, List<String> migrations) {

    static Case of(String text) {
      String[] parts = text.split("\n---\n", -1);
      String[] head = parts[0].split("\n", 2);
      return new Case(head[0], head[1], List.of(parts).subList(1, parts.length));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(CASES)) {
      for (Path file : files.sorted().toList()) {
        String[] parts = Files.readString(file).split("\n=== ", -1);
        for (int i = 1; i < parts.length; i++) {
          cases.add(Case.of(parts[i]));
        }
      }
    }
    return IntStream.range(0, cases.size()).filter(i -> i % EVERY == 0).mapToObj(cases::get);
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isDecidedByMendingWhatFailedBefore(Case blame) throws IOException {
    ConnectionString url = SERVER.newDatabase("blame " + blame);
    List<String> words = outcomes(blame, url, false);
    List<String> mended = outcomes(blame, url, true);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      boolean broken = blame.migrations().get(i).contains(FAILS);
      if (broken) {
        assertEquals("passed", mended.get(i), "the mended migration " + (i + 1));
      }
      expected.add(broken ? "failed" : expected(words.get(i), mended.get(i)));
    }
    assertEquals(expected, words);
  }

  private static String expected(String word, String mended) {
    boolean passes = word.startsWith("passed");
    if (mended.equals("passed")) {
      return passes ? "passed" : "blocked";
    }
    return passes ? "passed only while another fails" : mended;
  }

  private List<String> outcomes(Case blame, ConnectionString url, boolean mended)
      throws IOException {
    Path migrations = Files.createDirectories(folder.resolve(mended ? "mended" : "broken"));
    for (int i = 0; i < blame.migrations().size(); i++) {
      String text = blame.migrations().get(i);
      Files.writeString(
          migrations.resolve("%04d_m.sql".formatted(i + 1)),
          mended
              ? text.lines()
                  .filter(line -> !line.endsWith(FAILS))
                  .reduce("", (all, line) -> all + line + "\n")
              : text);
    }
    Path schema = folder.resolve("schema.sql");
    Files.writeString(schema, blame.schema());
    Report report =
        Preflight.run(
            Options.of(migrations).withSchemaFile(schema).withAgainst(url).withSince("0001"),
            Progress.NONE,
            new Stop());
    return report.migrations().stream().map(BlameTest::word).toList();
  }

  private static String word(JudgedMigration migration) {
    return migration.outcome().word()
        + (migration.outcome() instanceof Outcome.Passed(Optional<BlockedBy> onlyWhile)
                && onlyWhile.isPresent()
            ? " only while another fails"
            : "");
  }
}
