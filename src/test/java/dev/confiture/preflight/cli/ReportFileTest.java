package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --output}: this run's report or none, and nobody else's file. */
final class ReportFileTest {

  private final Project project;
  private final Path report;

  ReportFileTest(@TempDir Path folder) throws IOException {
    this.project = Project.in(folder).migration("1_a.sql", "SELECT 1;");
    this.report = folder.resolve("report.json");
  }

  @Test
  void aProblemReplacesTheReportOfAnEarlierRun() throws IOException {
    Files.writeString(report, "{\"all_passed\": true}");
    Cli run = Cli.run(failing("--format", "json"));
    assertEquals(2, run.code());
    assertEquals("sandbox", Cli.json(Files.readString(report)).path("error").path("kind").asText());
    assertEquals(run.out(), Files.readString(report));
  }

  /**
   * A run that is killed while it cleans up has told what it found: the pipe shows each writing.
   */
  @Test
  @Timeout(60)
  void itIsWrittenBeforeTheCleanupAndOnceMoreAfterIt() throws Exception {
    Path pipe = report.resolveSibling("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    List<String> written = new CopyOnWriteArrayList<>();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (written.size() < 3) {
                    try {
                      written.add(Files.readString(pipe));
                    } catch (IOException failed) {
                      written.add(failed.toString());
                    }
                  }
                });
    Cli run = Cli.run(project.seededBy("--format", "json", "--output", pipe.toString()));
    reader.join();
    assertEquals("", written.get(0));
    String unfinished = "cleaning up had not ended when this report was written";
    assertEquals(
        unfinished, Cli.json(written.get(1)).path("against").path("remains").path(0).asText());
    assertEquals("passed", Cli.json(written.get(1)).path("against").path("verdict").asText());
    assertFalse(written.get(2).contains(unfinished), written.get(2));
    assertEquals(0, run.code(), run.printed());
  }

  @Test
  void withoutAFormatForItTheFileIsLeftEmpty() throws IOException {
    Files.writeString(report, "PASS");
    Cli run = Cli.run(failing());
    assertEquals(2, run.code());
    assertEquals("", Files.readString(report));
    assertEquals("", run.out());
  }

  @Test
  void whatTheFilesAloneTellGoesThereToo() throws IOException {
    Cli run = Cli.run(project.with("--format", "json", "--output", report.toString()));
    assertTrue(Cli.json(Files.readString(report)).path("safe_to_deploy").booleanValue());
    assertTrue(run.out().startsWith("Pre-flight Check\n"), run.out());
    assertEquals(0, run.code());
  }

  @Test
  void theSchemaFileIsNotOverwritten() throws IOException {
    assertNotOverwritten(project.schema());
  }

  @Test
  void norIsAMigration() throws IOException {
    assertNotOverwritten(project.migrations().resolve("1_a.sql"));
  }

  @Test
  void norTheListOfAppliedVersions() throws IOException {
    Path applied = Files.writeString(project.folder().resolve("applied.txt"), "1\n");
    assertNotOverwritten(applied, "--applied-from", applied.toString());
  }

  @Test
  void norTheConfiguration() throws IOException {
    Path config = project.config("database_url: postgresql://app@127.0.0.1:1/db\n");
    assertNotOverwritten(config, "--config", config.toString());
  }

  @Test
  void norAnyOfThemByAnotherName() throws IOException {
    assertNotOverwritten(
        Files.createSymbolicLink(project.folder().resolve("link"), project.schema()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing/report.json", "migrations"})
  void whatCannotBeWrittenIsToldBeforeAnythingIsDone(String name) {
    Path file = project.folder().resolve(name);
    Cli.run(failing("--output", file.toString()))
        .assertRefused(
            "the report cannot be written to " + file, "name another file with --output");
  }

  /** Linux's device that takes nothing. */
  @Test
  void aFullDiskHidesNeitherTheReasonNorTheCode() throws IOException {
    Cli run = Cli.run(failing("--output", "/dev/full", "--format", "json"));
    assertEquals(2, run.code());
    assertEquals("sandbox", run.json().path("error").path("kind").asText());
    assertTrue(
        run.err().startsWith("preflight: the report cannot be written to /dev/full\n"), run.err());
  }

  private void assertNotOverwritten(Path file, String... more) throws IOException {
    String before = Files.readString(file);
    Cli.run(failing(append(more, "--output", file.toString())))
        .assertRefused("the report would overwrite " + file, "name another file with --output");
    assertEquals(before, Files.readString(file));
  }

  /** A run that cannot be done: nobody listens there. */
  private String[] failing(String... more) {
    boolean named = List.of(more).contains("--output");
    String[] target = {"--against", "postgresql://app@127.0.0.1:1/db"};
    String[] all = append(target, more);
    return project.seededBy(named ? all : append(all, "--output", report.toString()));
  }

  private static String[] append(String[] first, String... second) {
    return Stream.of(first, second).flatMap(Stream::of).toArray(String[]::new);
  }
}
