package dev.confiture.preflight.verdict;

/** The cause of a failure. */
public sealed interface Cause {

  /** The statement's own. */
  record Own() implements Cause {}

  /** An earlier statement's that took no effect. */
  record Consequence(BlockedBy by) implements Cause {}

  /** The sandbox's, for a named reason. */
  record SandboxLimit(String reason) implements Cause {}
}
