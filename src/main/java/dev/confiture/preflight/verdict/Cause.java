package dev.confiture.preflight.verdict;

/** The cause of a failure. */
public sealed interface Cause {

  /** The statement itself. */
  record Own() implements Cause {}

  /** An earlier statement that took no effect. */
  record Consequence(BlockedBy by) implements Cause {}

  /** The sandbox, for a named reason. */
  record SandboxLimit(String reason) implements Cause {}
}
