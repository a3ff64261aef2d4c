package dev.confiture.preflight.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Colours, characters and progress, by what the streams are connected to. */
final class TerminalTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({
    "AUTO, true, true",
    "AUTO, false, false",
    "ALWAYS, true, true",
    "ALWAYS, false, true",
    "NEVER, true, false",
    "NEVER, false, false"
  })
  void coloursAreForTerminalsUnlessSaidOtherwise(
      Option.Color asked, boolean terminal, boolean colours) {
    assertEquals(colours, terminal(Map.of(), UTF_8, terminal, false).look(asked).colour());
  }

  @ParameterizedTest
  @CsvSource({
    "NO_COLOR, 1, false",
    "NO_COLOR, 0, false",
    "NO_COLOR, '', true",
    "TERM, dumb, false",
    "TERM, xterm, true"
  })
  void theEnvironmentCanSwitchThemOff(String name, String value, boolean colours) {
    Map<String, String> environment = Map.of(name, value);
    assertEquals(
        colours, terminal(environment, UTF_8, true, false).look(Option.Color.AUTO).colour());
    assertTrue(terminal(environment, UTF_8, false, false).look(Option.Color.ALWAYS).colour());
    assertFalse(terminal(environment, UTF_8, true, false).look(Option.Color.NEVER).colour());
  }

  @Test
  void signsOutsideAsciiAreForUtf8Only() {
    assertTrue(terminal(Map.of(), UTF_8, true, false).look(Option.Color.AUTO).unicode());
    assertFalse(terminal(Map.of(), US_ASCII, true, false).look(Option.Color.AUTO).unicode());
  }

  @Test
  void jsonIsUtf8WhateverTheTerminalIs() {
    terminal(Map.of(), US_ASCII, false, false).printJson("{\"é\"}\n");
    assertEquals("{\"é\"}\n", out.toString(UTF_8));
  }

  @Test
  void aProgramThatReadsJsonIsNotToldOfSteps() {
    Terminal unwatched = terminal(Map.of(), UTF_8, false, false);
    assertSame(Progress.NONE, unwatched.progress(Option.Format.JSON));
    unwatched.progress(Option.Format.TABLE).step("restoring");
    assertEquals("", err.toString(UTF_8));
  }

  @Test
  void whoeverWatchesSeesTheNewestStepOnly() {
    Terminal watched = terminal(Map.of(), UTF_8, false, true);
    Progress progress = watched.progress(Option.Format.JSON);
    progress.step("restoring prod.sql");
    progress.step("cloning");
    assertEquals("\rrestoring prod.sql\rcloning           ", err.toString(UTF_8));
    err.reset();
    watched.clear();
    assertEquals("\r       \r", err.toString(UTF_8));
    err.reset();
    watched.clear();
    assertEquals("", err.toString(UTF_8));
    assertEquals("", out.toString(UTF_8));
  }

  @Test
  void aComplaintStaysOnItsLinesAndCannotSteerTheTerminal() {
    terminal(Map.of(), UTF_8, false, false).complain("one\ntwo\u001b]0;x\u0007\u202e");
    assertEquals("one\ntwo\\u001b]0;x\\u0007\\u202e\n", err.toString(UTF_8));
  }

  private Terminal terminal(
      Map<String, String> environment, Charset charset, boolean shown, boolean watched) {
    return new Terminal(
        new PrintStream(out, true, charset),
        new PrintStream(err, true, UTF_8),
        environment,
        shown,
        watched);
  }
}
