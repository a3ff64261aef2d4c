package dev.confiture.preflight.cli;

import dev.confiture.preflight.findings.Verdict;

/** What the process ends with. */
enum ExitCode {
  /** All pending migrations pass, or what does not was asked to be let through. */
  PASSED(0),
  /** At least one fails, is blocked, or cannot be verified. */
  FAILURES_FOUND(1),
  /** The rehearsal could not be done: connection, configuration, wrong call. */
  NOT_DONE(2);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The exit code of a verdict under a threshold. */
  static ExitCode of(Verdict verdict, FailOn failOn) {
    return switch (verdict) {
      case PASSED, SKIPPED -> PASSED;
      case FAILED -> failOn == FailOn.NEVER ? PASSED : FAILURES_FOUND;
      case UNVERIFIED -> failOn == FailOn.UNVERIFIED ? FAILURES_FOUND : PASSED;
      case ERROR -> NOT_DONE;
    };
  }
}
