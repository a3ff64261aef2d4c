package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command line that a workflow's own step runs. */
final class OnRunnerTest {

  @TempDir private Path folder;

  private Cli run(String... arguments) throws IOException {
    Path migrations = Files.createDirectory(folder.resolve("migrations"));
    Files.writeString(migrations.resolve("1_a.sql"), "ALTER TABLE nosuch ADD x int;\n");
    Path schema = Files.writeString(folder.resolve("schema.sql"), "CREATE TABLE t ();\n");
    String[] all = {"--schema-file", schema.toString(), "--migrations-dir", migrations.toString()};
    String[] words = new String[all.length + arguments.length];
    System.arraycopy(all, 0, words, 0, all.length);
    System.arraycopy(arguments, 0, words, all.length, arguments.length);
    return Cli.runIn(
        Map.of(
            "GITHUB_ACTIONS",
            "true",
            "GITHUB_OUTPUT",
            outputs().toString(),
            "GITHUB_STEP_SUMMARY",
            summary().toString(),
            "PATH",
            "/usr/bin:/bin"),
        words);
  }

  private Path outputs() {
    return folder.resolve("outputs");
  }

  private Path summary() {
    return folder.resolve("summary");
  }

  @Test
  void annotatesAndWritesSummaryAndOutputs() throws IOException {
    Cli cli = run();
    assertEquals(1, cli.code());
    assertTrue(cli.err().contains("::error file="), cli.err());
    assertTrue(cli.err().contains("1_a.sql,line=1,"), cli.err());
    assertFalse(cli.out().contains("::error"), cli.out());
    assertTrue(Files.readString(summary()).contains("1_a"), Files.readString(summary()));
    String written = Files.readString(outputs());
    assertTrue(written.endsWith("false\n" + lastMark(written) + "\n"), written);
    assertTrue(written.contains("failed\n"), written);
  }

  private static String lastMark(String written) {
    String[] lines = written.split("\n", -1);
    return lines[lines.length - 2];
  }

  @Test
  void leavesJsonToMachines() throws IOException {
    Cli cli = run("--format", "json");
    assertTrue(cli.out().startsWith("{"), cli.out());
    assertTrue(cli.err().contains("::error file="), cli.err());
  }

  @Test
  void saysThatNothingPassedWhereNothingCouldBeDone() throws IOException {
    Cli cli = run("--since", "zzz");
    assertEquals(2, cli.code());
    assertTrue(Files.readString(outputs()).contains("error\n"), Files.readString(outputs()));
  }
}
