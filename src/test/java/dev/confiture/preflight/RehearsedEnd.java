package dev.confiture.preflight;

import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Observation;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a deployment ends, as a rehearsal tells it: a tool stops at its first failure, where a
 * rehearsal goes on.
 *
 * @param state the server's SQLSTATE, where the tool fails at one
 * @param applied the migrations that are applied
 * @param tables the tables x1, x2, … that are there in the end
 */
record RehearsedEnd(
    boolean failed, String state, List<JudgedMigration> applied, Set<String> tables) {

  /** Asks a database for its tables x1, x2, …. */
  static final String TABLES =
      "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^x[0-9]+$'"
          + " AND relnamespace = 'public'::regnamespace";

  private static final Pattern TABLE =
      Pattern.compile(
          "(?is)^\\s*create\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?(?:public\\.)?(x[0-9]+)\\b.*");

  /**
   * Reads the end from a report.
   *
   * @param before the tables that were there
   * @param endedWell whether the tool ended well: it says nothing of a file that it passes over
   */
  static RehearsedEnd of(Report report, Set<String> before, boolean endedWell) {
    List<JudgedMigration> applied = new ArrayList<>();
    TreeSet<String> tables = new TreeSet<>(before);
    String stopped = "";
    boolean failed = false;
    boolean undone = false;
    for (JudgedMigration migration : report.migrations()) {
      if (endedWell && isPassedOver(migration)) {
        continue;
      }
      Optional<String> state = failure(migration);
      if (!isOfTool(migration) || isApplied(migration)) {
        tables.addAll(made(migration.rehearsed().withEffect()));
      }
      undone |=
          migration.rehearsed().observations().stream()
              .anyMatch(Observation.UndoneWith.class::isInstance);
      if (state.isEmpty() || isApplied(migration)) {
        applied.add(migration);
      }
      if (state.isPresent()) {
        failed = true;
        stopped = state.get();
        break;
      }
    }
    boolean reverted =
        report.migrations().stream()
            .flatMap(migration -> migration.rehearsed().observations().stream())
            .anyMatch(Observation.RevertedAfter.class::isInstance);
    if (reverted) {
      // The revert scripts of these histories do nothing.
      return new RehearsedEnd(failed, stopped, List.of(), tables);
    }
    return undone
        ? new RehearsedEnd(failed, stopped, List.of(), before)
        : new RehearsedEnd(failed, stopped, applied, tables);
  }

  /**
   * Returns true for a file that leaves its transaction open, whose tool ended well without it: the
   * loss is a failure here.
   *
   * @param present the tables that the tool left
   */
  static boolean isLostInSilence(Report report, Set<String> present) {
    TreeSet<String> lost = new TreeSet<>();
    for (JudgedMigration migration : report.migrations()) {
      if (isOfTool(migration)
          && migration.outcome() instanceof Outcome.Failed failed
          && failed.failure().error().is(SqlState.NO_ACTIVE_SQL_TRANSACTION)) {
        lost.addAll(made(migration.rehearsed().withoutEffect()));
      }
    }
    lost.removeAll(present);
    return !lost.isEmpty();
  }

  /** Returns the tables x1, x2, … that statements make; those of these histories drop none. */
  static Set<String> made(List<Statement> statements) {
    Set<String> tables = new TreeSet<>();
    for (Statement statement : statements) {
      Matcher table = TABLE.matcher(statement.text());
      if (table.matches()) {
        tables.add(table.group(1).toLowerCase(Locale.ROOT));
      }
    }
    return tables;
  }

  /** Returns true for a file that its tool will never run: it says nothing, and we do. */
  static boolean isPassedOver(JudgedMigration migration) {
    return isOfTool(migration)
        && migration.outcome() instanceof Outcome.Failed failed
        && failed.failure().error().message().contains(" never runs it: ");
  }

  static boolean isOfTool(JudgedMigration migration) {
    return migration.outcome() instanceof Outcome.Failed failed
        && failed.failure().source() == Failure.Source.TOOL;
  }

  /** Returns true for a file at whose end its tool fails, when it is applied and recorded. */
  private static boolean isApplied(JudgedMigration migration) {
    return migration.outcome() instanceof Outcome.Failed failed
        && isOfTool(migration)
        && failed.failure().error().is(SqlState.NO_ACTIVE_SQL_TRANSACTION)
        && migration.rehearsed().withoutEffect().isEmpty();
  }

  /** Returns the server's SQLSTATE; empty text for what the tool itself refuses. */
  private static Optional<String> failure(JudgedMigration migration) {
    return switch (migration.outcome()) {
      case Outcome.Failed failed ->
          Optional.of(
              failed.failure().source() == Failure.Source.TOOL
                      || (failed.failure().source() == Failure.Source.COMMIT
                          && failed.failure().error().is(SqlState.NO_ACTIVE_SQL_TRANSACTION))
                  ? ""
                  : failed.failure().error().sqlState());
      case Outcome.Blocked blocked -> Optional.of("blocked " + blocked);
      // The recorded databases were all that there was; to the program production may have rows.
      case Outcome.Unverified unverified ->
          Optional.of(
              unverified.reason().startsWith("it needs rows of ")
                  ? unverified.failure().error().sqlState()
                  : "unverified " + unverified.reason());
      case Outcome.Passed _, Outcome.Skipped _ -> Optional.empty();
    };
  }
}
