package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --help} and {@code --version} print. */
final class HelpTest {

  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");
  private static final Pattern OF_PG_DUMP =
      Pattern.compile("pg_(?:dumpall|dump|restore)(?:'s)?(?: --[a-z-]+(?:=\\S*)?)*");
  private static final Pattern OF_TOOLS = Pattern.compile("migrations/(tools|liquibase)/");

  private static final Pattern OPTION = Pattern.compile("(?<=[ (])(--[a-z][a-z-]+)");

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

  /** Options of pg_dump's are named beside it; a command of ours is a literal of its own. */
  @Test
  void everyOptionThatAMessageNamesExists() throws IOException {
    String help = Cli.run("--help").out();
    List<String> unknown = new ArrayList<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source :
          sources
              .filter(file -> file.toString().endsWith(".java"))
              // A tool's own options are named beside it.
              .filter(file -> !OF_TOOLS.matcher(file.toString()).find())
              .toList()) {
        Matcher literals = LITERAL.matcher(Files.readString(source));
        while (literals.find()) {
          String words = OF_PG_DUMP.matcher(literals.group()).replaceAll("");
          OPTION
              .matcher(words)
              .results()
              .map(found -> found.group(1))
              .filter(option -> !Pattern.compile(option + "\\b(?!-)").matcher(help).find())
              .forEach(option -> unknown.add(source.getFileName() + ": " + option));
        }
      }
    }
    assertEquals(List.of(), unknown);
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
    assertEquals(6, examples.size());
    return examples;
  }

  @Test
  void thePageTellsTheSameExitCodes() throws IOException {
    String page = Files.readString(Path.of("docs/command-line.md")).replace("`", "");
    for (ExitCode code : ExitCode.values()) {
      String row = "| " + code.code() + " | " + code.meaning().replace("|", "\\|") + " |";
      assertTrue(page.contains(row), "the page has no line " + row);
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
