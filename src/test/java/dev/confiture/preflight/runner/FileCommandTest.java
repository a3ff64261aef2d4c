package dev.confiture.preflight.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner's own vectors (SetOutputFileCommandL0). */
final class FileCommandTest {

  static Stream<Arguments> vectors() {
    return Stream.of(
        Arguments.of("A==abc\nB=d=e\nC=\n", Map.of("A", "=abc", "B", "d=e", "C", "")),
        Arguments.of("M<<EOF\nEOF\n", Map.of("M", "")),
        Arguments.of("M<<=EOF\nx\n=EOF\nN<<<EOF\nx\n<EOF\n", Map.of("M", "x", "N", "x")),
        Arguments.of("M<<EOF\n\nx\n\nEOF\n", Map.of("M", "\nx\n")),
        Arguments.of("M<<EOF\n EOF\nEOF\n", Map.of("M", " EOF")),
        Arguments.of("M<<EOF\nx\nEOF", Map.of("M", "x")),
        Arguments.of("all_passed=true\r\n", Map.of("all_passed", "true\r")),
        Arguments.of("a=1\na=2\n\n", Map.of("a", "2")));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void isRead(String content, Map<String, String> values) {
    assertEquals(values, FileCommand.read(content));
  }

  @ParameterizedTest
  @ValueSource(strings = {"M<<EOF\nx\n", "M<<EOF\nx\ny EOF", "<<EOF", "=x", "abc"})
  void failsTheStep(String content) {
    assertThrows(IllegalArgumentException.class, () -> FileCommand.read(content));
  }
}
