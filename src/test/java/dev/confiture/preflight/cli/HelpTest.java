package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --help} and {@code --version} print. */
final class HelpTest {

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void theHelpIsAsItWasRead(String option) throws IOException {
    Cli help = Cli.run(option);
    assertEquals(Files.readString(Path.of("src/test/resources/cli/help.txt")), help.out());
    assertEquals("", help.err());
    assertEquals(0, help.code());
  }

  @Test
  void theHelpFitsIntoAHundredColumns() {
    Cli.run("--help")
        .out()
        .lines()
        .forEach(line -> assertTrue(line.length() <= 100, "too wide: " + line));
  }

  @Test
  void theHelpIsGivenWhateverElseIsMissing() {
    assertEquals(0, Cli.run("run", "--since", "1", "--help").code());
  }

  /** Each gets as far as looking for the migrations, which this folder has not. */
  @ParameterizedTest
  @MethodSource("examples")
  void theExamplesOfTheHelpCanBeTyped(String example) {
    Cli run = Cli.run(example.substring("preflight ".length()).split(" "));
    assertTrue(
        run.err().startsWith("preflight: the migrations folder db/migrations does not exist\n"),
        run.err());
  }

  static List<String> examples() {
    List<String> examples =
        Cli.run("--help")
            .out()
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("preflight --"))
            .toList();
    assertEquals(4, examples.size());
    return examples;
  }

  @Test
  void theReadmeTellsTheSameExitCodes() throws IOException {
    String readme = Files.readString(Path.of("README.md")).replace("`", "");
    for (ExitCode code : ExitCode.values()) {
      String row = "| " + code.code() + " | " + code.meaning().replace("|", "\\|") + " |";
      assertTrue(readme.contains(row), "the README has no line " + row);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void theVersionIsOneLineWithThatOfJava(String option) {
    Cli version = Cli.run(option);
    assertTrue(
        version
            .out()
            .matches("preflight \\S.* \\(Java " + Runtime.version().feature() + "\\S*\\)\n"),
        version.out());
    assertFalse(version.out().contains("null"));
    assertEquals("", version.err());
    assertEquals(0, version.code());
  }
}
