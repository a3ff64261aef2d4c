package dev.confiture.preflight.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The runner's own vectors (ActionCommandManagerL0). */
final class IssuePlaceTest {

  static Stream<Arguments> vectors() {
    return Stream.of(
        Arguments.of(
            Map.of("line", "1", "endline", "2", "col", "1", "endcolumn", "2"),
            Map.of("line", "1", "endline", "2")),
        Arguments.of(Map.of("col", "1", "endcolumn", "2"), Map.of()),
        Arguments.of(Map.of("endline", "1"), Map.of("line", "1", "endline", "1")),
        Arguments.of(
            Map.of("line", "1", "endcolumn", "2"),
            Map.of("line", "1", "col", "2", "endcolumn", "2")),
        Arguments.of(Map.of("endline", "3"), Map.of("line", "3", "endline", "3")),
        Arguments.of(Map.of("line", "4", "endline", "3"), Map.of()),
        Arguments.of(
            Map.of("line", "1", "endline", "1", "col", "3", "endcolumn", "2"),
            Map.of("line", "1", "endline", "1")),
        Arguments.of(
            Map.of("line", "1", "endline", "1", "col", "1", "endcolumn", "2"),
            Map.of("line", "1", "endline", "1", "col", "1", "endcolumn", "2")));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void isMended(Map<String, String> said, Map<String, String> shown) {
    assertEquals(shown, IssuePlace.mended(said));
  }
}
