package dev.confiture.preflight.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said when something went wrong inside. */
final class ErrorReporterTest {

  private static final String URL = "postgresql://app:hunter2@db/shop";

  @Test
  void theUnexpectedEndsWithTwoAndAsksForAnIssueWithBothVersions() {
    Cli complaint = failed(new IllegalStateException("no such state"));
    assertEquals(
        "preflight: something unexpected happened: java.lang.IllegalStateException: no such state\n"
            + "  hint: please open an issue with this message, the output of --stacktrace,"
            + " preflight (from a checkout) and Java "
            + Runtime.version()
            + "\n",
        complaint.err());
    assertEquals("", complaint.out());
    assertEquals(2, complaint.code());
  }

  @Test
  void itHasAKindOfItsOwn() throws JsonProcessingException {
    JsonNode error = failed(new StackOverflowError(), "-f", "json").json().path("error");
    assertEquals("internal", error.path("kind").asText());
    assertEquals(
        "something unexpected happened: java.lang.StackOverflowError",
        error.path("message").asText());
  }

  @Test
  void whereItAroseIsShownOnRequestOnly() {
    SandboxProblem problem = new SandboxProblem("lost", "", new IllegalStateException("deep"));
    assertEquals("preflight: lost\n", failed(problem).err());
    String traced = failed(problem, "--stacktrace").err();
    assertTrue(traced.contains("        at " + ErrorReporterTest.class.getName() + "."), traced);
    assertTrue(traced.contains("Caused by: java.lang.IllegalStateException: deep"), traced);
    assertTrue(traced.endsWith("preflight: lost\n"), traced);
  }

  @Test
  void noPartOfItShowsAPassword() {
    Cli complaint =
        failed(
            new SandboxProblem("lost " + URL, "", new IllegalStateException("at " + URL)),
            "--stacktrace",
            "--format=json",
            "--against",
            URL);
    assertTrue(complaint.err().contains("at postgresql://app@db/shop"), complaint.err());
    assertTrue(complaint.out().contains("lost postgresql://app@db/shop"), complaint.out());
    assertFalse(complaint.printed().contains("hunter2"), complaint.printed());
  }

  private static Cli failed(Throwable thrown, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Map.of(),
            false,
            false);
    ExitCode code =
        new ErrorReporter(terminal, arguments, Map.of())
            .failed(thrown, Optional.empty(), Optional::empty);
    return new Cli(code.code(), out.toString(UTF_8), err.toString(UTF_8));
  }
}
