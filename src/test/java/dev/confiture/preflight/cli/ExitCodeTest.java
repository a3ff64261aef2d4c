package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.verdict.FailOn;
import dev.confiture.preflight.verdict.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --fail-on} moves the line between 0 and 1, never 2. */
final class ExitCodeTest {

  @ParameterizedTest(name = "{0} with --fail-on {1} ends with {2}")
  @CsvSource({
    "PASSED, FAILED, 0",
    "PASSED, UNVERIFIED, 0",
    "PASSED, NEVER, 0",
    "SKIPPED, FAILED, 0",
    "SKIPPED, UNVERIFIED, 0",
    "SKIPPED, NEVER, 0",
    "UNVERIFIED, FAILED, 0",
    "UNVERIFIED, UNVERIFIED, 1",
    "UNVERIFIED, NEVER, 0",
    "FAILED, FAILED, 1",
    "FAILED, UNVERIFIED, 1",
    "FAILED, NEVER, 0",
    "ERROR, FAILED, 2",
    "ERROR, UNVERIFIED, 2",
    "ERROR, NEVER, 2"
  })
  void ofAVerdict(Verdict verdict, FailOn failOn, int code) {
    assertEquals(code, ExitCode.of(verdict, failOn).code());
  }

  @ParameterizedTest(name = "files that are safe to deploy: {0}, --fail-on {1} ends with {2}")
  @CsvSource({
    "true, FAILED, 0",
    "true, UNVERIFIED, 0",
    "true, NEVER, 0",
    "false, FAILED, 1",
    "false, UNVERIFIED, 1",
    "false, NEVER, 0"
  })
  void ofFilesThatWereOnlyChecked(boolean safe, FailOn failOn, int code) {
    StaticCheck check =
        new StaticCheck(
            new Tool.Choice("plain", "psql 15", "numbered .sql files"),
            false,
            List.of(),
            safe ? Map.of() : Map.of("1", List.of("1_a.sql", "1_b.sql")),
            List.of(),
            false,
            List.of(),
            List.of());
    assertEquals(code, ExitCode.of(check, failOn).code());
  }
}
