package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.problem.Problem.SourceProblem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.verdict.JudgedMigration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preflight's Javadoc and the README show code that compiles and does what it looks like. */
final class LibraryExampleTest {

  private static final Path HERE =
      Path.of("src/test/java/dev/confiture/preflight/LibraryExampleTest.java");

  /** The example, letter for letter, but for where it prints and where the files are. */
  private static Report example(Folder db, PrintStream err) {
    // example begins
    Report report =
        Preflight.rehearse(
            Options.of(db.path("db/migrations"))
                .withSchemaFile(db.path("prod.sql"))
                .withSince("0142"));
    for (JudgedMigration migration : report.failures()) {
      err.println(migration.rehearsed().migration().file().path());
    }
    if (!report.allPassed()) {
      err.println(report.againstUrl() + ": " + report.verdict().word());
    }
    // example ends
    return report;
  }

  /** Where the example's paths begin. */
  private record Folder(Path root) {
    Path path(String below) {
      return root.resolve(below);
    }
  }

  @Test
  void theExampleIsTheOneOfTheJavadoc() throws IOException {
    List<String> own = Files.readAllLines(HERE).stream().map(String::strip).toList();
    String compiled =
        String.join(
            "\n",
            own.subList(own.indexOf("// example begins") + 1, own.indexOf("// example ends")));
    List<String> source =
        Files.readAllLines(Path.of("src/main/java/dev/confiture/preflight/Preflight.java"));
    int begin = source.indexOf(" * {@snippet lang=java :");
    String shown =
        String.join(
            "\n",
            source.subList(begin + 1, source.size()).stream()
                .takeWhile(line -> line.startsWith(" * "))
                .map(line -> line.substring(3).strip())
                .toList());
    assertTrue(begin >= 0 && !compiled.isEmpty());
    assertEquals(
        compiled.replace("db.path(", "Path.of(").replace("err.println", "System.err.println"),
        shown.substring(0, shown.lastIndexOf('}')).strip());
  }

  @Test
  void itRehearses(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("db/migrations"));
    Files.writeString(folder.resolve("prod.sql"), "CREATE TABLE public.users (id int);");
    Files.writeString(folder.resolve("db/migrations/0141_old.sql"), "SELECT old;");
    Files.writeString(folder.resolve("db/migrations/0142_bad.sql"), "SELECT nosuch;");
    Files.writeString(
        folder.resolve("db/migrations/0143_good.sql"), "ALTER TABLE users ADD n int;");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Report report =
        example(new Folder(folder), new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertEquals(
        folder.resolve("db/migrations/0142_bad.sql") + "\nembedded: failed\n",
        printed.toString(StandardCharsets.UTF_8));
    assertEquals(2, report.migrations().size());
    assertEquals(List.of(), report.skippedMigrations());
  }

  @Test
  void whatCouldNotBeRehearsedIsThrown(@TempDir Path folder) throws IOException {
    Options options = Options.of(folder.resolve("nowhere"));
    assertThrows(UsageProblem.class, () -> Preflight.rehearse(options));
    Files.writeString(folder.resolve("1_a.sql"), "SELECT 1;");
    assertThrows(
        SourceProblem.class,
        () -> Preflight.rehearse(Options.of(folder).withSchemaFile(folder.resolve("nowhere.sql"))));
  }
}
