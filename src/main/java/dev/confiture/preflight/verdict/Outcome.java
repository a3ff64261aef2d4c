package dev.confiture.preflight.verdict;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.sql.Position;
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

  /**
   * The first cause of a blocked migration.
   *
   * @param file the migration whose statement took no effect
   * @param position the place where that statement names the object, else where it failed
   * @param object the object that is not as expected, where it can be told
   * @param removal true if the statement would have removed the object rather than made it
   */
  record BlockedBy(
      MigrationFile file, Position position, Optional<DatabaseObject> object, boolean removal) {

    /** Returns what the statement was to do with the object: make, remove or change it. */
    public String verb() {
      boolean rows = object.filter(each -> each.kind() == ObjectKind.ROWS).isPresent();
      return !removal ? "make" : rows ? "change" : "remove";
    }

    /**
     * Returns the noun of what is needed of it, with a blank behind; none where it is to be made.
     */
    public String deed() {
      return switch (verb()) {
        case "remove" -> "the removal of ";
        case "change" -> "the change of ";
        default -> "";
      };
    }

    /** Returns the object, or words for the file's effect as a whole. */
    public String what() {
      return object.map(DatabaseObject::toString).orElse("what that file does");
    }
  }
}
