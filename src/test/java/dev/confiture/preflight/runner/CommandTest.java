package dev.confiture.preflight.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The runner's own vectors (ActionCommandL0). */
final class CommandTest {

  static Stream<Arguments> vectors() {
    return Stream.of(
        Arguments.of("::do-something k1=v1,::msg", Map.of("k1", "v1"), "msg"),
        Arguments.of("   ::do-something k1=v1,::msg", Map.of("k1", "v1"), "msg"),
        Arguments.of("::do-something k1=,k2=,::", Map.of(), ""),
        Arguments.of(
            "::do-something k1=;=%2C=%0D=%0A=]=%3A,::;-%0D-%0A-]-:-,",
            Map.of("k1", ";=,=\r=\n=]=:"), ";-\r-\n-]-:-,"),
        Arguments.of("::do-something k1=%252C::%250D", Map.of("k1", "%2C"), "%0D"),
        Arguments.of(">>> ##[do-something k1=v1;]msg", Map.of("k1", "v1"), "msg"),
        Arguments.of(
            "##[do-something k1=%3B=%0D=%0A=%5D;]%3B-%0D-%0A-%5D",
            Map.of("k1", ";=\r=\n=]"), ";-\r-\n-]"),
        Arguments.of("##[do-something k1=;k2=;]", Map.of(), ""),
        Arguments.of("::do-something title=x::y::z", Map.of("title", "x"), "y::z"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void isRead(String line, Map<String, String> properties, String data) {
    assertEquals(
        Optional.of(new Command("do-something", properties, data)),
        Command.parse(line, Set.of("do-something")));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {"  >>>  ::do-something k1=v1::msg", "::unknown::msg", "##[do-something", "::x"})
  void isNone(String line) {
    assertEquals(Optional.empty(), Command.parse(line, Set.of("do-something")));
  }
}
