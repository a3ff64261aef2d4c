package dev.confiture.preflight.problem;

import java.util.Optional;

/**
 * A problem for which a rehearsal could not be done, or not to its end: exit code 2.
 *
 * <p>The message tells what was being done, and to what; the hint, what to try.
 */
public abstract sealed class Problem extends RuntimeException
    permits UsageProblem, SourceProblem, LedgerProblem, SandboxProblem {

  private static final long serialVersionUID = 1L;

  private final String hint;

  Problem(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  Problem(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** Returns what to try next. */
  public final Optional<String> hint() {
    return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
  }

  /** Returns this problem with a sentence more in its message. */
  public abstract Problem adding(String sentence);

  /**
   * Returns the word for machines: {@code usage}, {@code source}, {@code sandbox}, {@code
   * tracking_table_absent} or {@code tracking_table_empty}.
   */
  public abstract String kind();

  /** Returns the message, never null. */
  public final String text() {
    return String.valueOf(getMessage());
  }
}
