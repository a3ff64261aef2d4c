package dev.confiture.preflight.verdict;

import dev.confiture.preflight.rehearsal.Failure;
import java.util.List;
import java.util.Optional;

/** The outcome of a migration, once judged. */
public sealed interface Outcome {

  /** Returns the outcome's word for machines and people: {@code passed}, {@code failed}, …. */
  default String word() {
    return switch (this) {
      case Passed _ -> "passed";
      case Failed _ -> "failed";
      case Blocked _ -> "blocked";
      case Unverified _ -> "unverified";
      case Skipped _ -> "skipped";
    };
  }

  /**
   * Every statement was executed and its transaction committed.
   *
   * @param onlyWhile an earlier statement without effect that makes or removes the same: once that
   *     is mended this fails
   */
  record Passed(Optional<BlockedBy> onlyWhile) implements Outcome {}

  /**
   * The file failed by its own fault.
   *
   * @param failure the failure to mend first
   * @param further those that the file has besides
   * @param repeatable false where the file failed and, sent again on the same database, passed
   */
  record Failed(Failure failure, List<JudgedFailure> further, boolean repeatable)
      implements Outcome {
    public Failed {
      further = List.copyOf(further);
    }

    /** Makes a failure that repeats each time. */
    public Failed(Failure failure, List<JudgedFailure> further) {
      this(failure, further, true);
    }
  }

  /** The file failed only because an earlier statement took no effect. */
  record Blocked(Failure failure, BlockedBy by, List<JudgedFailure> further) implements Outcome {
    public Blocked {
      further = List.copyOf(further);
    }
  }

  /**
   * This sandbox cannot tell how the file would end.
   *
   * @param reason the named reason, as a sentence
   */
  record Unverified(Failure failure, String reason, List<JudgedFailure> further)
      implements Outcome {
    public Unverified {
      further = List.copyOf(further);
    }
  }

  /** The file was not executed, by choice or because the run was interrupted. */
  record Skipped(String reason) implements Outcome {}

  /** The cause of a failure. */
  sealed interface Cause {

    /** The statement itself. */
    record Own() implements Cause {}

    /** An earlier statement that took no effect. */
    record Consequence(BlockedBy by) implements Cause {}

    /** The sandbox, for a named reason. */
    record SandboxLimit(String reason) implements Cause {}
  }

  /** A further failure of a file, with its cause. */
  record JudgedFailure(Failure failure, Cause cause) {}
}
