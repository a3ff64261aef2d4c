package dev.confiture.preflight.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a reader sees of a step's output (the runner's own rules, as its tests have them). */
final class StepRunTest {

  @Test
  void groupsAreMarkedAndDebugLinesAreNotShown() {
    assertEquals(
        List.of("##[group]Schema", "a", "##[endgroup]"),
        StepRun.of("::group::Schema\na\n::debug::b\n::endgroup::\n").log());
  }

  @Test
  void commandsAreTextUntilTheTokenComes() {
    String token = "0123456789abcdef";
    StepRun read =
        StepRun.of(
            "::stop-commands::"
                + token
                + "\n::error::forged\n##[error]forged\n::"
                + token.toUpperCase(Locale.ROOT)
                + "::\n::notice::real\n");
    assertEquals(List.of("::error::forged", "##[error]forged"), read.log());
    assertEquals(List.of("real"), read.annotations().stream().map(Command::data).toList());
  }

  @Test
  void whatCannotBeATokenFailsTheStep() {
    for (String bad : List.of("", "error", "Set-Output", "pause-logging")) {
      assertThrows(
          IllegalStateException.class, () -> StepRun.of("::stop-commands::" + bad + "\n"), bad);
    }
    assertThrows(IllegalStateException.class, () -> StepRun.of("::stop-commands::0123456789\n"));
  }

  @Test
  void aBlankMessageTakesASlotAndIsNotShown() {
    StringBuilder output = new StringBuilder("::error::\n");
    for (int i = 1; i <= 10; i++) {
      output.append("::error::").append(i).append('\n');
    }
    assertEquals(9, StepRun.of(output.toString()).annotations().size());
  }

  @Test
  void aSecretIsHiddenInItsForms() {
    StepRun read =
        StepRun.of(
            """
            before p&ss word1
            ::add-mask::p&ss word1
            plain p&ss word1, uri p%26ss%20word1, xml p&amp;ss word1
            base64 cCZzcyB3b3JkMQ== and shifted eHAmc3Mgd29yZDE=
            ::error::p&ss word1
            """);
    assertEquals(
        List.of(
            "before p&ss word1",
            "plain ***, uri ***, xml ***",
            "base64 ***MQ== and shifted eHAm***ZDE="),
        read.log());
    assertEquals("***", read.annotations().getFirst().data());
  }
}
