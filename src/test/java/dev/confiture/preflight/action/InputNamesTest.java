package dev.confiture.preflight.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Advice in the words of a workflow. */
final class InputNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name the folder with --migrations-dir|name the folder with migrations_dir",
        "raise --time-limit, or --since|raise time_limit, or since",
        "name a server with --against URL|name a server with sandbox_url",
        "more time with --source-timeout|more time with source_timeout",
        "read --source|read source_url",
        "make one with: pg_dump --schema-only --file=x|make one with: pg_dump --schema-only --file=x",
        "not executed: --no-python was given|not executed: the input python is false"
      })
  void optionsBecomeInputs(String option, String input) {
    assertEquals(input, Inputs.named(option));
  }

  /** Whatever the engine advises: an option that stays one is pg_dump's or another program's. */
  @Test
  void noOptionOfOursIsLeft() throws IOException {
    Pattern option = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
    List<String> others =
        List.of(
            "--schema-only",
            "--globals-only",
            "--data-only",
            "--file",
            "--encoding",
            "--use-set-session-authorization");
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/confiture/preflight"))) {
      for (Path file :
          files
              .filter(
                  path -> path.toString().matches(".*/(sandbox|source|migrations|rehearsal)/.*"))
              .filter(path -> path.toString().endsWith(".java"))
              .toList()) {
        for (String line : Files.readAllLines(file)) {
          if (line.contains("\"") && line.contains(" --")) {
            Matcher left = option.matcher(Inputs.named(line));
            while (left.find()) {
              assertTrue(others.contains(left.group()), file + ": " + line.strip());
            }
          }
        }
      }
    }
  }
}
