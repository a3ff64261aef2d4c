package dev.confiture.preflight.action;

import java.util.Locale;

/** The action's outputs, in the order in which they are written: {@code all_passed} is the last. */
enum Output {
  VERDICT("passed, failed, unverified, skipped or error"),
  TOTAL("how many migrations were rehearsed or skipped"),
  PENDING("how many migrations are pending"),
  PASSED("how many passed"),
  FAILED("how many failed for their own reason"),
  BLOCKED("how many failed only because of another one"),
  UNVERIFIED("how many this sandbox could not judge"),
  SKIPPED("how many were not executed"),
  SKIPPED_REASON("why nothing was rehearsed, where verdict is skipped"),
  JSON_PATH("the JSON report, relative to the workspace"),
  ISOLATION("clone or savepoint"),
  SOURCE_VERSION("the source's PostgreSQL version"),
  SANDBOX_VERSION("the sandbox's PostgreSQL version"),
  ALL_PASSED("true or false, and nothing else, on every path");

  private final String meaning;

  Output(String meaning) {
    this.meaning = meaning;
  }

  /** As a workflow reads it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For people. */
  String meaning() {
    return meaning;
  }
}
