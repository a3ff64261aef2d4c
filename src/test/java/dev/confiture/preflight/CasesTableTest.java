package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the cases' README: which case or class holds a row of the wrong verdicts. */
final class CasesTableTest {

  private static final Path CASES = Path.of("src/test/resources/cases");
  private static final Path CLASSES = Path.of("src/test/java");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([LB]-\\d+) \\| [^|]+ \\| (.+) \\|$");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  @Test
  void everyRowIsHeldBySomething() throws IOException {
    List<String> wanted =
        Stream.concat(
                IntStream.rangeClosed(1, 26).mapToObj(number -> "L-" + number),
                IntStream.rangeClosed(1, 19).mapToObj(number -> "B-" + number))
            .toList();
    assertEquals(wanted, rows().map(row -> row.group(1)).toList());
    rows().forEach(row -> assertFalse(names(row.group(2)).isEmpty(), row.group(1)));
  }

  @Test
  void whatIsNamedIsThere() throws IOException {
    Set<String> there = there();
    List<String> missing = new ArrayList<>();
    rows()
        .flatMap(row -> names(row.group(2)).stream())
        .filter(name -> !there.contains(name))
        .forEach(missing::add);
    assertEquals(List.of(), missing);
  }

  private static Stream<MatchResult> rows() throws IOException {
    return ROW.matcher(Files.readString(CASES.resolve("README.md"))).results();
  }

  private static List<String> names(String cell) {
    return NAME.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  /** The cases, also without the tool that they are for, and the test classes. */
  private static Set<String> there() throws IOException {
    try (Stream<Path> cases = Files.list(CASES);
        Stream<Path> classes = Files.walk(CLASSES)) {
      return Stream.concat(
              cases
                  .filter(Files::isDirectory)
                  .map(folder -> String.valueOf(folder.getFileName()))
                  .flatMap(name -> Stream.of(name, name.replaceFirst("-(confiture|plain)$", ""))),
              classes
                  .map(file -> String.valueOf(file.getFileName()))
                  .filter(name -> name.endsWith("Test.java"))
                  .map(name -> name.substring(0, name.length() - ".java".length())))
          .collect(Collectors.toSet());
    }
  }
}
