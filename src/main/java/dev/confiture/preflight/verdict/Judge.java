package dev.confiture.preflight.verdict;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.MendedMigration;
import dev.confiture.preflight.rehearsal.MendedMigration.LeftOut;
import dev.confiture.preflight.rehearsal.MendedRun;
import dev.confiture.preflight.rehearsal.RehearsedMigration;
import dev.confiture.preflight.seed.RestoreGap;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SearchPathChange;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import dev.confiture.preflight.verdict.Outcome.Cause;
import dev.confiture.preflight.verdict.Outcome.JudgedFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges what two runs showed: a file that fails as its tool sends it, and passes once the earlier
 * ones are mended, was blocked by one of them; what fails in both fails for its own reason, for one
 * of the sandbox, or for want of something that an earlier one was to make and could not.
 */
public final class Judge {

  private final SandboxLimits limits;
  private final LostUse lost;
  private final LostObjects lostObjects;
  private final Optional<SavepointLimits> savepoints;
  private final SearchPath path;
  private final MendedRun mended;
  private final Causes asSent;
  private final Causes leftOut;
  private final List<Statement> effective = new ArrayList<>();
  private final List<Doubt> doubts = new ArrayList<>();
  private final List<MigrationFile> unknown = new ArrayList<>();

  /**
   * What is known of production beside the objects of its schema: what a sandbox lacks of it,
   * production lacks too.
   *
   * @param nameOfDatabase true if the database that was migrated bears production's name
   * @param roles true if all of production's roles are there
   * @param settings true if all settings of production's database and roles are there
   */
  public record Known(boolean nameOfDatabase, boolean roles, boolean settings) {}

  private Judge(
      MendedRun mended,
      SandboxLimits limits,
      List<RestoreGap> gaps,
      SearchPath path,
      Optional<SavepointLimits> savepoints) {
    this.mended = mended;
    this.limits = limits;
    this.savepoints = savepoints;
    this.lostObjects = LostObjects.of(gaps, path);
    this.lost = new LostUse(lostObjects);
    this.path = path;
    this.asSent = new Causes(path);
    this.leftOut = new Causes(path);
  }

  /**
   * Judges the migrations of one rehearsal.
   *
   * @param rehearsed all of them as their tool sends them, in order
   * @param mended the same in the mended run, as far as it came; not asked for where none failed
   * @param gaps the restore gaps
   * @param natural the search path of the migrations' sessions, before they change it
   * @param savepoints the limits of savepoint isolation, where the run used it
   * @param helpers the objects that the team's tool installs itself
   * @param known what is known of production outside its schema
   */
  public static List<JudgedMigration> judge(
      List<RehearsedMigration> rehearsed,
      MendedRun mended,
      List<RestoreGap> gaps,
      SearchPath natural,
      Optional<SavepointLimits> savepoints,
      Optional<Tool.Helpers> helpers,
      Known known) {
    List<String> set =
        rehearsed.stream()
            .flatMap(migration -> migration.migration().text().statements().stream())
            .flatMap(statement -> SearchPathChange.of(statement).stream())
            .toList();
    Judge judge =
        new Judge(
            mended,
            new SandboxLimits(natural.with(set), helpers, known),
            gaps,
            natural.with(set),
            savepoints);
    List<JudgedMigration> judged = new ArrayList<>();
    for (int i = 0; i < rehearsed.size(); i++) {
      judged.add(judge.judge(rehearsed.get(i), i));
    }
    return judged;
  }

  private JudgedMigration judge(RehearsedMigration migration, int index) {
    Optional<MendedMigration> again =
        index < mended.migrations().size()
            ? Optional.of(mended.migrations().get(index))
            : Optional.empty();
    Outcome outcome = outcome(migration, again);
    remember(migration, again, outcome);
    return new JudgedMigration(migration, outcome);
  }

  private Outcome outcome(RehearsedMigration migration, Optional<MendedMigration> again) {
    if (migration.notRun().isPresent()) {
      return new Outcome.Skipped(migration.notRun().get());
    }
    Optional<LostUse.Found> lostUse =
        migration.failures().isEmpty() ? lost.of(migration) : Optional.empty();
    if (lostUse.isPresent()) {
      doubt(migration);
      return new Outcome.Unverified(lostUse.get().failure(), lostUse.get().reason(), List.of());
    }
    if (migration.failures().isEmpty()) {
      return new Outcome.Passed(
          again.map(MendedMigration::failures).orElse(List.of()).stream()
              .filter(failure -> !failure.isVolatile())
              .findFirst()
              .flatMap(asSent::rival));
    }
    Failure first = migration.failures().getFirst();
    if (again.isEmpty()) {
      return ofFailures(migration.failures(), first, migration, List.of());
    }
    List<Failure> failures = again.get().failures();
    if (!failures.isEmpty()) {
      return ofFailures(failures, first, migration, again.get().leftOut());
    }
    return passesOnceMended(migration, first);
  }

  private void doubt(RehearsedMigration migration) {
    for (Statement statement : migration.withEffect()) {
      for (Effect effect : Effects.of(statement)) {
        doubts.add(
            new Doubt(
                migration.migration().file(),
                effect,
                statement.source().position(effect.offset()),
                path));
      }
    }
  }

  private Outcome passesOnceMended(RehearsedMigration migration, Failure first) {
    Optional<Causes.Found> cause = asSent.found(first);
    if (cause.isEmpty()) {
      return new Outcome.Failed(first, rest(migration.failures(), first), false);
    }
    List<JudgedFailure> further =
        migration.failures().stream()
            .skip(1)
            .map(each -> new JudgedFailure(each, new Cause.Consequence(cause.get().by())))
            .toList();
    return cause.get().isUnverified()
        ? new Outcome.Unverified(first, waitsFor(cause.get().by()), further)
        : new Outcome.Blocked(first, cause.get().by(), further);
  }

  private static String waitsFor(BlockedBy by) {
    return "it waits for "
        + by.file().title()
        + by.object().map(object -> ", which is to " + by.verb() + " " + object).orElse("")
        + " and could not be judged";
  }

  private static List<JudgedFailure> rest(List<Failure> all, Failure one) {
    return all.stream()
        .filter(each -> !each.equals(one))
        .map(each -> new JudgedFailure(each, new Cause.Own()))
        .toList();
  }

  /**
   * Returns the outcome of a file with failures: its own faults decide, then what cannot be told,
   * then consequences.
   */
  private Outcome ofFailures(
      List<Failure> failures, Failure first, RehearsedMigration migration, List<LeftOut> without) {
    List<JudgedFailure> judged = new ArrayList<>();
    boolean told = false;
    for (Failure failure : failures) {
      boolean same = failure.isSameAs(first);
      told |= same;
      judged.add(new JudgedFailure(failure, cause(failure, failures, migration, without)));
    }
    if (!told) {
      asSent
          .found(first)
          .ifPresent(
              found -> judged.add(new JudgedFailure(first, new Cause.Consequence(found.by()))));
    }
    JudgedFailure main = main(judged, first);
    List<JudgedFailure> further = new ArrayList<>(judged);
    further.remove(main);
    return switch (main.cause()) {
      case Cause.Own _ -> new Outcome.Failed(main.failure(), further);
      case Cause.SandboxLimit(String reason) ->
          new Outcome.Unverified(main.failure(), reason, further);
      case Cause.Consequence(BlockedBy by) ->
          leftOut.isUnverified(by)
              ? new Outcome.Unverified(main.failure(), waitsFor(by), further)
              : new Outcome.Blocked(main.failure(), by, further);
    };
  }

  /**
   * Returns the most serious failure; among equals the one that ends the file as its tool sends it.
   */
  private static JudgedFailure main(List<JudgedFailure> judged, Failure first) {
    for (Class<? extends Cause> kind :
        List.of(Cause.Own.class, Cause.SandboxLimit.class, Cause.Consequence.class)) {
      List<JudgedFailure> of =
          judged.stream().filter(each -> kind.isInstance(each.cause())).toList();
      if (!of.isEmpty()) {
        return of.stream()
            .filter(each -> each.failure().isSameAs(first))
            .findFirst()
            .orElse(of.getFirst());
      }
    }
    throw new IllegalArgumentException("a file without a failure has not failed");
  }

  private Cause cause(
      Failure failure, List<Failure> all, RehearsedMigration migration, List<LeftOut> without) {
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
                    limit.reason(
                        failure, all, migration.migration().text().statements(), effective))
            .map(Cause.SandboxLimit::new);
    if (ofSavepoints.isPresent()) {
      return ofSavepoints.get();
    }
    Causes here = new Causes(path.with(List.of(SearchPath.TEMPORARY)));
    int end = failure.statement().map(place -> place.statement().end()).orElse(Integer.MAX_VALUE);
    // A statement can only lack what an earlier one of its file was to make.
    without.stream()
        .filter(each -> each.statement().start() < end)
        .forEach(each -> here.add(migration.migration().file(), each, failure));
    Optional<BlockedBy> by = here.of(failure).or(() -> leftOut.of(failure));
    if (by.isPresent()) {
      return new Cause.Consequence(by.get());
    }
    return limits
        .reason(failure, all, lostBefore(failure, migration))
        .or(
            () ->
                doubts.stream()
                    .filter(doubt -> doubt.explains(failure))
                    .findFirst()
                    .map(Doubt::reason))
        .or(() -> unknown(failure))
        .<Cause>map(Cause.SandboxLimit::new)
        .orElseGet(Cause.Own::new);
  }

  /** Returns what production has at a failing statement, and this sandbox lost. */
  private List<Lost> lostBefore(Failure failure, RehearsedMigration migration) {
    int start = failure.statement().map(place -> place.statement().start()).orElse(0);
    return lostObjects
        .behind(
            migration.migration().text().statements().stream()
                .filter(statement -> statement.start() < start)
                .toList())
        .all();
  }

  /** Explains what is missing by an earlier migration that is not executed, and may make it. */
  private Optional<String> unknown(Failure failure) {
    return failure.error().saysUndefined()
        ? unknown.stream()
            .findFirst()
            .map(file -> file.title() + " may make it, and is not executed here")
        : Optional.empty();
  }

  /** Explains a failure by what a file did here, and something lost may stop in production. */
  private record Doubt(MigrationFile file, Effect effect, Position position, SearchPath path) {

    boolean explains(Failure failure) {
      ErrorWords words = new ErrorWords(failure);
      boolean removes = effect.change() == Effect.Change.REMOVES;
      return words.miss(effect.object(), !removes, path)
          || (removes && words.lacksColumnOf(effect.object()));
    }

    String reason() {
      return waitsFor(
          new BlockedBy(
              file,
              position,
              Optional.of(effect.object()),
              effect.change() == Effect.Change.REMOVES));
    }
  }

  /** Notes for the files after it what of this one took no effect, in each of the runs. */
  private void remember(
      RehearsedMigration migration, Optional<MendedMigration> again, Outcome outcome) {
    MigrationFile file = migration.migration().file();
    effective.addAll(migration.withEffect());
    if (!migration.failures().isEmpty()) {
      // Through those that passed it was followed when they were judged.
      migration.withEffect().forEach(lostObjects::follow);
    }
    Optional<BlockedBy> passedOn =
        switch (outcome) {
          case Outcome.Blocked blocked -> Optional.of(blocked.by());
          case Outcome.Passed(Optional<BlockedBy> onlyWhile) -> onlyWhile;
          case Outcome.Failed _, Outcome.Unverified _, Outcome.Skipped _ -> Optional.empty();
        };
    boolean unverified = outcome instanceof Outcome.Unverified;
    if (migration.migration().isUnknown()) {
      unknown.add(file);
    }
    List<Statement> without = new ArrayList<>(migration.withoutEffect());
    without.addAll(migration.migration().text().notExecuted());
    List<Failure> failures = new ArrayList<>(migration.failures());
    again.ifPresent(mended -> failures.addAll(mended.failures()));
    List<LeftOut> leftOutAgain = again.map(MendedMigration::leftOut).orElse(List.of());
    if (!(outcome instanceof Outcome.Passed)) {
      asSent.add(
          new Causes.Shortfall(
              file,
              without.stream().map(LeftOut::new).toList(),
              failures,
              lack ->
                  leftOutAgain.stream()
                      .filter(left -> left.statement().start() == lack.statement().start())
                      .noneMatch(left -> left.covers(lack.offset())),
              again.map(MendedMigration::written).orElse(List.of()),
              passedOn,
              unverified));
    }
    List<LeftOut> still = new ArrayList<>(leftOutAgain);
    (again.isPresent() ? migration.migration().text().notExecuted() : without)
        .forEach(statement -> still.add(new LeftOut(statement)));
    leftOut.add(
        new Causes.Shortfall(file, still, failures, _ -> true, List.of(), passedOn, unverified));
  }
}
