package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.session.Answer.Notice;
import java.util.List;
import java.util.OptionalInt;

/** The end of sending a file. */
sealed interface SendResult {

  /** The reason for skipping a file that cannot run in one transaction around all files. */
  String NON_TRANSACTIONAL = "non-transactional: cannot run inside SAVEPOINT";

  /** Returns how the file was executed. */
  RunMode mode();

  /** Returns the same end of a file of which only what follows its first statements was sent. */
  default SendResult behind(int statements) {
    return switch (this) {
      case Stopped stopped ->
          new Stopped(
              stopped.mode(),
              stopped.source(),
              stopped.error(),
              stopped.position(),
              stopped.statement().isPresent()
                  ? OptionalInt.of(stopped.statement().getAsInt() + statements)
                  : OptionalInt.empty(),
              stopped.appliedBefore() + statements);
      case TakenBack(RunMode mode, int applied) -> new TakenBack(mode, applied + statements);
      case Committed _, Skipped _, ServerGone _ -> this;
    };
  }

  /** Every statement was executed, and committed. */
  record Committed(RunMode mode, List<Notice> notices) implements SendResult {}

  /**
   * The file stopped at an error.
   *
   * @param source the party that refused
   * @param error its error
   * @param position the file's offset that the server's position means, if it gave one
   * @param statement the index of the statement, from 0, where it is known; that of the file's own
   *     COMMIT, where it is that which was refused
   * @param appliedBefore how many statements before it stay applied
   */
  record Stopped(
      RunMode mode,
      Failure.Source source,
      ServerError error,
      OptionalInt position,
      OptionalInt statement,
      int appliedBefore)
      implements SendResult {

    /** Returns the same with an error that says more. */
    Stopped with(ServerError other) {
      return new Stopped(mode, source, other, position, statement, appliedBefore);
    }

    /** Returns true if no statement is known to be behind the error: it came at the end of all. */
    boolean isOfTheFile() {
      return statement.isEmpty() || source == Failure.Source.COMMIT;
    }
  }

  /**
   * Every statement was executed, and taken back again: the tool would not have come to its COMMIT.
   *
   * @param appliedBefore how many statements stay applied, since no transaction was around them
   */
  record TakenBack(RunMode mode, int appliedBefore) implements SendResult {}

  /** The file was not executed by choice, and {@code reason} says why. */
  record Skipped(String reason) implements SendResult {

    @Override
    public RunMode mode() {
      return RunMode.NOT_SENT;
    }
  }

  /** The server is gone. */
  record ServerGone(RunMode mode, String reason) implements SendResult {}
}
