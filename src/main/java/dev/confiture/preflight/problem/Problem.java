package dev.confiture.preflight.problem;

import java.util.Locale;
import java.util.Optional;

/**
 * A problem for which a rehearsal could not be done, or not to its end: exit code 2.
 *
 * <p>The message tells what was being done, and to what; the hint, what to try.
 */
public abstract sealed class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String hint;

  private Problem(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  private Problem(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** Returns what to try next. */
  public final Optional<String> hint() {
    return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
  }

  /** Returns this problem with a sentence more in its message. */
  public final Problem adding(String sentence) {
    String message = text() + sentence;
    return switch (this) {
      case UsageProblem _ -> new UsageProblem(message, hint, this);
      case SourceProblem _ -> new SourceProblem(message, hint, this);
      case LedgerProblem ledger -> new LedgerProblem(ledger.state, message, hint, this);
      case SandboxProblem _ -> new SandboxProblem(message, hint, this);
    };
  }

  /**
   * Returns the word for machines: {@code usage}, {@code source}, {@code sandbox}, {@code
   * tracking_table_absent} or {@code tracking_table_empty}.
   */
  public final String kind() {
    return switch (this) {
      case UsageProblem _ -> "usage";
      case SourceProblem _ -> "source";
      case LedgerProblem ledger -> "tracking_table_" + ledger.state.name().toLowerCase(Locale.ROOT);
      case SandboxProblem _ -> "sandbox";
    };
  }

  /** Returns the message, never null. */
  public final String text() {
    return String.valueOf(getMessage());
  }

  /** A problem with the call: the options, or the files that they name, make no sense. */
  public static final class UsageProblem extends Problem {

    private static final long serialVersionUID = 1L;

    /** Makes a problem from what was being done and what to try next, which may be empty. */
    public UsageProblem(String message, String hint) {
      super(message, hint);
    }

    /** Makes a problem with the exception that caused it. */
    public UsageProblem(String message, String hint, Throwable cause) {
      super(message, hint, cause);
    }
  }

  /** A problem with the source of the schema: it could not be reached or read. */
  public static final class SourceProblem extends Problem {

    private static final long serialVersionUID = 1L;

    /** Makes a problem from what was being done and what to try next, which may be empty. */
    public SourceProblem(String message, String hint) {
      super(message, hint);
    }

    /** Makes a problem with the exception that caused it. */
    public SourceProblem(String message, String hint, Throwable cause) {
      super(message, hint, cause);
    }
  }

  /** The ledger that a configuration names cannot tell which migrations are pending. */
  public static final class LedgerProblem extends Problem {

    private static final long serialVersionUID = 1L;

    private final State state;

    /** The ways in which a ledger fails to tell, each with a remedy of its own. */
    public enum State {
      /** The table does not exist. */
      ABSENT,
      /** The table holds no rows, and the database is in use. */
      EMPTY
    }

    /**
     * Makes a problem whose message tells what was being done, and whose hint tells what to try.
     */
    public LedgerProblem(State state, String message, String hint) {
      super(message, hint);
      this.state = state;
    }

    private LedgerProblem(State state, String message, String hint, Throwable cause) {
      super(message, hint, cause);
      this.state = state;
    }
  }

  /**
   * A problem with the sandbox: there is none, the schema could not be restored, or it was lost.
   */
  public static final class SandboxProblem extends Problem {

    private static final long serialVersionUID = 1L;

    /** Makes a problem from what was being done and what to try next, which may be empty. */
    public SandboxProblem(String message, String hint) {
      super(message, hint);
    }

    /** Makes a problem with the exception that caused it. */
    public SandboxProblem(String message, String hint, Throwable cause) {
      super(message, hint, cause);
    }
  }
}
