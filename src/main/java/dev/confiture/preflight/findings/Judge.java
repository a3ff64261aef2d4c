package dev.confiture.preflight.findings;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.RehearsedMigration;
import dev.confiture.preflight.rehearsal.StatementPlace;
import dev.confiture.preflight.seed.RestoreGap;
import dev.confiture.preflight.sql.SearchPathChange;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges a run: for each failure whose fault it is, for each migration how it ended. */
public final class Judge {

  private final SandboxLimits limits;
  private final Optional<SavepointLimits> savepoints;
  private final SearchPath path;
  private final History before = new History();
  private final List<Statement> effective = new ArrayList<>();

  private Judge(
      List<RestoreGap> gaps,
      SearchPath path,
      Optional<SavepointLimits> savepoints,
      Optional<Tool.Helpers> helpers) {
    this.limits = new SandboxLimits(gaps, path, helpers);
    this.savepoints = savepoints;
    this.path = path;
  }

  /**
   * Judges the migrations of one run.
   *
   * @param rehearsed all of them, in the order in which they ran
   * @param gaps what of the schema the sandbox lacks
   * @param natural the search path of the migrations' sessions, before they change it
   * @param savepoints what one transaction around all files cannot judge, where there was one
   * @param helpers the objects that the team's tool installs itself
   */
  public static List<JudgedMigration> judge(
      List<RehearsedMigration> rehearsed,
      List<RestoreGap> gaps,
      SearchPath natural,
      Optional<SavepointLimits> savepoints,
      Optional<Tool.Helpers> helpers) {
    List<String> set =
        rehearsed.stream()
            .flatMap(migration -> migration.migration().text().statements().stream())
            .flatMap(statement -> SearchPathChange.of(statement).stream())
            .toList();
    Judge judge = new Judge(gaps, natural.with(set), savepoints, helpers);
    return rehearsed.stream().map(judge::judge).toList();
  }

  private JudgedMigration judge(RehearsedMigration migration) {
    if (migration.notRun().isPresent()) {
      remember(migration, Optional.empty());
      return new JudgedMigration(migration, new Outcome.Skipped(migration.notRun().get()));
    }
    if (migration.failures().isEmpty()) {
      return new JudgedMigration(
          migration, new Outcome.Passed(remember(migration, Optional.empty())));
    }
    List<JudgedFailure> judged = new ArrayList<>();
    History here = new History();
    MigrationFile file = migration.migration().file();
    for (Failure failure : migration.failures()) {
      Cause cause = cause(failure, migration, here);
      judged.add(new JudgedFailure(failure, cause));
      Optional<Statement> statement = failure.statement().map(StatementPlace::statement);
      Optional<BlockedBy> consequence =
          cause instanceof Cause.Consequence(BlockedBy by) ? Optional.of(by) : Optional.empty();
      statement.ifPresent(s -> here.addWithoutEffect(file, s, consequence));
    }
    Outcome outcome = outcome(judged);
    remember(
        migration,
        outcome instanceof Outcome.Blocked blocked ? Optional.of(blocked.by()) : Optional.empty());
    return new JudgedMigration(migration, outcome);
  }

  /** Failures of a file: its own fault counts most, then what cannot be told, then consequences. */
  private static Outcome outcome(List<JudgedFailure> judged) {
    for (JudgedFailure each : judged) {
      if (each.cause() instanceof Cause.Own) {
        return new Outcome.Failed(each.failure(), without(judged, each));
      }
    }
    for (JudgedFailure each : judged) {
      if (each.cause() instanceof Cause.SandboxLimit(String reason)) {
        return new Outcome.Unverified(each.failure(), reason, without(judged, each));
      }
    }
    JudgedFailure first = judged.getFirst();
    return switch (first.cause()) {
      case Cause.Consequence(BlockedBy by) ->
          new Outcome.Blocked(first.failure(), by, without(judged, first));
      case Cause.Own _, Cause.SandboxLimit _ ->
          new Outcome.Failed(first.failure(), without(judged, first));
    };
  }

  private Cause cause(Failure failure, RehearsedMigration migration, History here) {
    boolean ofServer =
        failure.source() == Failure.Source.SERVER || failure.source() == Failure.Source.COMMIT;
    boolean ofCatalog =
        failure.source() == Failure.Source.TOOL && failure.evidence().precondition().isPresent();
    if (!ofServer && !ofCatalog && failure.source() != Failure.Source.UNSUPPORTED) {
      return new Cause.Own();
    }
    Optional<Cause> ofSavepoints =
        savepoints
            .flatMap(
                limit ->
                    limit.reason(failure, migration.migration().text().statements(), effective))
            .map(Cause.SandboxLimit::new);
    if (ofSavepoints.isPresent()) {
      return ofSavepoints.get();
    }
    ExpectedObjects expected = ExpectedObjects.of(failure);
    Optional<BlockedBy> by =
        here.cause(expected, path.with(List.of(SearchPath.TEMPORARY)))
            .or(() -> before.cause(expected, path));
    if (by.isPresent()) {
      return new Cause.Consequence(by.get());
    }
    return limits
        .reason(failure, expected, migration.failures())
        .<Cause>map(Cause.SandboxLimit::new)
        .orElseGet(Cause.Own::new);
  }

  /**
   * In the order of the file, what took place and what did not; gives the first statement of before
   * that would have done what one of these did.
   */
  private Optional<BlockedBy> remember(
      RehearsedMigration migration, Optional<BlockedBy> consequenceOf) {
    MigrationFile file = migration.migration().file();
    List<Statement> done = migration.withEffect();
    effective.addAll(done);
    Set<Integer> places = done.stream().map(Statement::start).collect(Collectors.toSet());
    Optional<BlockedBy> rival = Optional.empty();
    for (Statement statement :
        Stream.concat(done.stream(), migration.withoutEffect().stream())
            .sorted(Comparator.comparingInt(Statement::start))
            .toList()) {
      if (places.contains(statement.start())) {
        rival = rival.or(() -> before.rival(statement, path));
        before.add(file, statement);
      } else {
        before.addWithoutEffect(file, statement, consequenceOf);
      }
    }
    for (Statement statement : migration.migration().text().notExecuted()) {
      before.addWithoutEffect(file, statement, consequenceOf);
    }
    return rival;
  }

  private static List<JudgedFailure> without(List<JudgedFailure> all, JudgedFailure one) {
    List<JudgedFailure> rest = new ArrayList<>(all);
    rest.remove(one);
    return rest;
  }
}
