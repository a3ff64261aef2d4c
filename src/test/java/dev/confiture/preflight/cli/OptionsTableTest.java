package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The help, the documented table of options and confiture's own options agree. */
final class OptionsTableTest {

  private static final Pattern DEFAULT = Pattern.compile(" \\(default: ([^)]*)\\)$");

  private static final CommandLine COMMAND =
      Usage.commandLine(
          new PrintStream(new ByteArrayOutputStream()),
          new PrintStream(new ByteArrayOutputStream()));

  private static List<OptionSpec> options() {
    return COMMAND.getCommandSpec().options().stream().filter(option -> !option.hidden()).toList();
  }

  @Test
  void theTableHasARowForEachOptionInTheWordsOfTheHelp() throws IOException {
    List<String> page = Files.readAllLines(Path.of("docs/command-line.md"));
    int header = page.indexOf("| option | default | meaning |");
    assertTrue(header >= 0, "the page has a table of options");
    List<String> rows = page.subList(header + 2, page.size());
    long count = rows.stream().takeWhile(row -> row.startsWith("|")).count();
    assertEquals(
        String.join("\n", options().stream().map(OptionsTableTest::row).sorted().toList()),
        String.join("\n", rows.stream().limit(count).sorted().toList()));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "--migrations-dir, none",
        "--format, table",
        "-f, table",
        "--against, none",
        "--config, none",
        "-c, none",
        "--env, none",
        "--since, none",
        "--allow-non-transactional, none",
      })
  void anOptionOfConfituresHasItsNameAndItsDefault(String name, String value) {
    OptionSpec option = COMMAND.getCommandSpec().findOption(name);
    assertTrue(option != null, name + " is an option");
    assertEquals(value == null ? "" : value, defaultOf(option));
  }

  private static String row(OptionSpec option) {
    List<String> names = List.of(option.names());
    String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    return "| `"
        + names.getFirst()
        + label
        + String.join("", names.stream().skip(1).map(name -> "`, `" + name).toList())
        + "` | "
        + (defaultOf(option).isEmpty() ? "" : "`" + defaultOf(option) + "`")
        + " | "
        + DEFAULT.matcher(description(option)).replaceFirst("")
        + " |";
  }

  private static String defaultOf(OptionSpec option) {
    Matcher matcher = DEFAULT.matcher(description(option));
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String description(OptionSpec option) {
    return String.join(" ", option.description());
  }
}
