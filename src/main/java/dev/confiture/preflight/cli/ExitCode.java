package dev.confiture.preflight.cli;

import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.verdict.FailOn;
import dev.confiture.preflight.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of the process. */
enum ExitCode {
  PASSED(0, "all pending migrations pass"),
  FAILURES_FOUND(1, "failures found; --fail-on failed|unverified|never moves the line"),
  NOT_DONE(2, "connection, configuration or usage error: the rehearsal could not be done");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  /** Returns the meaning, as the help and docs/command-line.md print it. */
  String meaning() {
    return meaning;
  }

  /** Returns the exit code of a verdict under a threshold. */
  static ExitCode of(Verdict verdict, FailOn failOn) {
    return verdict == Verdict.ERROR ? NOT_DONE : failOn.isMetBy(verdict) ? FAILURES_FOUND : PASSED;
  }

  /** Returns the exit code of files that were checked and not executed. */
  static ExitCode of(StaticCheck check, FailOn failOn) {
    return check.safeToDeploy() || failOn == FailOn.NEVER ? PASSED : FAILURES_FOUND;
  }

  /** Returns the codes with their meanings, in order. */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (ExitCode each : values()) {
      meanings.put(" " + each.code, each.meaning);
    }
    return meanings;
  }
}
