package dev.confiture.preflight.verdict;

import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.RehearsedMigration;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import dev.confiture.preflight.verdict.Outcome.Cause;
import dev.confiture.preflight.verdict.Outcome.JudgedFailure;
import java.util.List;
import java.util.function.UnaryOperator;

/** A migration with its outcome. */
public record JudgedMigration(RehearsedMigration rehearsed, Outcome outcome) {

  /** Returns the migration with the engine's own reasons and advice in other words. */
  public JudgedMigration worded(UnaryOperator<String> words) {
    return new JudgedMigration(
        rehearsed,
        switch (outcome) {
          case Outcome.Passed passed -> passed;
          case Outcome.Failed(Failure failure, List<JudgedFailure> further, boolean repeatable) ->
              new Outcome.Failed(failure.worded(words), worded(further, words), repeatable);
          case Outcome.Blocked(Failure failure, BlockedBy by, List<JudgedFailure> further) ->
              new Outcome.Blocked(failure.worded(words), by, worded(further, words));
          case Outcome.Unverified(Failure failure, String reason, List<JudgedFailure> further) ->
              new Outcome.Unverified(
                  failure.worded(words), words.apply(reason), worded(further, words));
          case Outcome.Skipped(String reason) -> new Outcome.Skipped(words.apply(reason));
        });
  }

  private static List<JudgedFailure> worded(
      List<JudgedFailure> failures, UnaryOperator<String> words) {
    return failures.stream()
        .map(
            each ->
                new JudgedFailure(
                    each.failure().worded(words),
                    each.cause() instanceof Cause.SandboxLimit(String reason)
                        ? new Cause.SandboxLimit(words.apply(reason))
                        : each.cause()))
        .toList();
  }
}
