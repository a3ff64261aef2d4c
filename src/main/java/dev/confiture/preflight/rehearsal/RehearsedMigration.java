package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.sql.RolledBackStatements;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The result of one migration in a run.
 *
 * @param mode the way in which it was executed
 * @param millis how long it took, in milliseconds
 * @param failures the failure that stopped it first, then those that the rest of the file has of
 *     its own; empty when every statement was executed and committed
 * @param withoutEffect the statements that took no effect, since they failed, were rolled back or
 *     were not reached; without those that the file rolls back itself
 * @param notRun the reason for which nothing was executed, if so
 */
public record RehearsedMigration(
    Migration migration,
    RunMode mode,
    long millis,
    List<Failure> failures,
    List<Statement> withoutEffect,
    List<Observation> observations,
    Optional<String> notRun) {

  public RehearsedMigration {
    failures = List.copyOf(failures);
    withoutEffect = List.copyOf(withoutEffect);
    observations = List.copyOf(observations);
  }

  /** Returns the same of a migration of which something else is known. */
  RehearsedMigration of(Migration other) {
    return new RehearsedMigration(
        other, mode, millis, failures, withoutEffect, observations, notRun);
  }

  /** Returns the same with a failure that showed after its end: nothing of it stays. */
  RehearsedMigration with(Failure failure) {
    List<Failure> all = new ArrayList<>(failures);
    all.add(failure);
    return new RehearsedMigration(
        migration, mode, millis, all, migration.text().statements(), observations, notRun);
  }

  /**
   * Returns the same of a migration that its tool has executed, with a note on why that is said.
   */
  RehearsedMigration passed(String note) {
    List<Observation> all = new ArrayList<>(observations);
    all.add(new Observation.ToolNote(note));
    return new RehearsedMigration(migration, mode, millis, List.of(), List.of(), all, notRun);
  }

  /** Returns the same with something more that was measured. */
  RehearsedMigration with(Observation observation) {
    List<Observation> all = new ArrayList<>(observations);
    all.add(observation);
    return new RehearsedMigration(migration, mode, millis, failures, withoutEffect, all, notRun);
  }

  /**
   * Returns the statements that took effect and that the file does not roll back, as the file has
   * them.
   */
  public List<Statement> withEffect() {
    if (notRun.isPresent()) {
      return List.of();
    }
    List<Statement> statements = migration.text().statements();
    // By offsets: what was sent is not the file's text, but as long.
    Set<Integer> without =
        withoutEffect.stream().map(Statement::start).collect(Collectors.toCollection(HashSet::new));
    without.addAll(RolledBackStatements.of(statements));
    return statements.stream().filter(statement -> !without.contains(statement.start())).toList();
  }
}
