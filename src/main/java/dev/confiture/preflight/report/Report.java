package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import dev.confiture.preflight.findings.Verdict;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.rehearsal.Interruption;
import dev.confiture.preflight.sandbox.Cleanup;
import dev.confiture.preflight.seed.RestoreGap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Everything a run has to say.
 *
 * @param againstUrl {@link #EMBEDDED}, or the server that the user named, without its password
 * @param production what was read of the production database; empty when none was named
 * @param schema what was seeded; empty when the database that the user named was seeded already
 * @param sandbox where it ran; empty when nothing was pending
 * @param pending which migrations were chosen, and how
 * @param staticCheck what the files alone tell, all of them
 * @param migrations the pending migrations in order, judged
 * @param gaps what of the schema could not be restored
 * @param warnings what makes the verdict less sure than it looks, a sentence each
 * @param notes what else a reader should know, a sentence each
 * @param remains what the run left on the server and could not undo, a sentence each
 * @param verdict of the run
 * @param interruption why it ended early, if so: the verdict is then {@code ERROR}
 * @param dbConsumed whether the named database holds what the migrations made, and must be made
 *     anew
 * @param aftermath what became of the database that was migrated; empty when none was
 * @param millis the whole run, in milliseconds
 */
public record Report(
    String againstUrl,
    Optional<ProductionSummary> production,
    Optional<SchemaSummary> schema,
    Optional<SandboxSummary> sandbox,
    PendingSummary pending,
    StaticCheck staticCheck,
    List<JudgedMigration> migrations,
    List<RestoreGap> gaps,
    List<String> warnings,
    List<String> notes,
    List<String> remains,
    Verdict verdict,
    Optional<Interruption> interruption,
    boolean dbConsumed,
    Optional<Cleanup> aftermath,
    long millis) {

  /** The target where none was named. */
  public static final String EMBEDDED = "embedded";

  /** The note of a run without a pending migration. */
  public static final String NOTHING_CHECKED = "no migration is pending: nothing was checked";

  public Report {
    migrations = List.copyOf(migrations);
    gaps = List.copyOf(gaps);
    warnings = List.copyOf(warnings);
    notes = List.copyOf(notes);
    remains = List.copyOf(remains);
  }

  /** Whether the verdict is a pass: what was skipped by choice is neutral, all else is not. */
  public boolean allPassed() {
    return verdict == Verdict.PASSED;
  }

  /** The migrations that did not pass and were not skipped: failed, blocked or unverified. */
  public List<JudgedMigration> failures() {
    return migrations.stream()
        .filter(
            migration ->
                !(migration.outcome() instanceof Outcome.Passed)
                    && !(migration.outcome() instanceof Outcome.Skipped))
        .toList();
  }

  /** The migrations that were not executed. */
  public List<JudgedMigration> skippedMigrations() {
    return migrations.stream()
        .filter(migration -> migration.outcome() instanceof Outcome.Skipped)
        .toList();
  }

  /** Whether a migration was not executed. */
  public boolean hasSkipped() {
    return !skippedMigrations().isEmpty();
  }

  /** The same report, with what could not be undone. */
  public Report withRemains(List<String> left) {
    return with(left, dbConsumed, aftermath);
  }

  /** The same report, with what became of the database: one made for the run is never consumed. */
  public Report withAftermath(Cleanup known) {
    boolean consumed =
        switch (known) {
          case Cleanup.Dropped _, Cleanup.Emptied _ -> false;
          case Cleanup.Unchanged _, Cleanup.Changed _, Cleanup.Unverified _ -> dbConsumed;
        };
    return with(remains, consumed, Optional.of(known));
  }

  /** The same report, with the advice of ours in other words. */
  public Report worded(UnaryOperator<String> words) {
    return new Report(
        againstUrl,
        production,
        schema,
        sandbox.map(where -> where.worded(words)),
        pending,
        staticCheck,
        migrations.stream().map(migration -> migration.worded(words)).toList(),
        gaps,
        warnings.stream().map(words).toList(),
        notes.stream().map(words).toList(),
        remains,
        verdict,
        interruption.map(
            reason ->
                new Interruption(
                    reason.kind(), words.apply(reason.message()), words.apply(reason.hint()))),
        dbConsumed,
        aftermath,
        millis);
  }

  private Report with(List<String> left, boolean consumed, Optional<Cleanup> known) {
    return new Report(
        againstUrl,
        production,
        schema,
        sandbox,
        pending,
        staticCheck,
        migrations,
        gaps,
        warnings,
        notes,
        left,
        verdict,
        interruption,
        consumed,
        known,
        millis);
  }

  /**
   * The production database, and how it was read.
   *
   * @param url without its password
   * @param database its name
   * @param serverVersion for example 15.18
   * @param dumpVersion the version of the pg_dump that read the schema; empty where it was not
   *     dumped, since nothing is pending
   * @param readAt when the reading began
   * @param dumpMillis how long pg_dump ran, in milliseconds
   * @param millis how long sessions were open there, in milliseconds
   * @param tables the tables with what is known of their sizes
   */
  public record ProductionSummary(
      String url,
      String database,
      String serverVersion,
      Optional<String> dumpVersion,
      Instant readAt,
      long dumpMillis,
      long millis,
      List<ProductionTable> tables) {
    public ProductionSummary {
      tables = List.copyOf(tables);
    }
  }

  /**
   * A table of the production database.
   *
   * @param name with its schema
   * @param owner the role it belongs to
   * @param rows {@code pg_class.reltuples}: an estimate, empty where the server never counted
   * @param pages {@code pg_class.relpages}, of 8 KiB each: an estimate too
   */
  public record ProductionTable(QualifiedName name, String owner, OptionalLong rows, long pages) {}

  /**
   * What was seeded.
   *
   * @param origin the schema file, as the user wrote it
   * @param serverVersion the version of the server that the dump was taken from, if it says so
   * @param tables how many tables it makes
   * @param millis how long restoring took
   */
  public record SchemaSummary(
      String origin, Optional<String> serverVersion, int tables, long millis) {}

  /**
   * Where it ran.
   *
   * @param url {@code embedded}, or the user's URL without its password
   * @param description for people
   * @param serverVersion for example 15.18
   * @param isolation {@code clone} or {@code savepoint}
   * @param runAs the role that migrations ran as
   * @param runAsReason why that one
   * @param superuser whether that role is a superuser
   * @param settings session settings that came from the schema, each {@code name = value}
   * @param notes what was done otherwise than asked
   */
  public record SandboxSummary(
      String url,
      String description,
      String serverVersion,
      String isolation,
      String runAs,
      String runAsReason,
      boolean superuser,
      List<String> settings,
      List<String> notes) {
    public SandboxSummary {
      settings = List.copyOf(settings);
      notes = List.copyOf(notes);
    }

    private SandboxSummary worded(UnaryOperator<String> words) {
      return new SandboxSummary(
          url,
          description,
          serverVersion,
          isolation,
          runAs,
          runAsReason,
          superuser,
          settings,
          notes.stream().map(words).toList());
    }
  }

  /**
   * Which migrations were chosen.
   *
   * @param convention its id
   * @param selectedBy how, for people: {@code since 0142}, {@code 142 applied, public.tb_confiture}
   * @param files how many migration files the folder has
   * @param pending the versions, in order
   * @param appliedWithoutFile versions recorded as applied whose file is gone
   * @param outOfOrder pending versions older than the newest applied one
   * @param ignored files of the folder that the convention does not read, by name
   * @param tracking the tracking table that was read, if any
   */
  public record PendingSummary(
      String convention,
      String selectedBy,
      int files,
      List<String> pending,
      List<String> appliedWithoutFile,
      List<String> outOfOrder,
      List<String> ignored,
      Optional<TrackingSummary> tracking) {
    public PendingSummary {
      pending = List.copyOf(pending);
      appliedWithoutFile = List.copyOf(appliedWithoutFile);
      outOfOrder = List.copyOf(outOfOrder);
      ignored = List.copyOf(ignored);
    }
  }

  /**
   * A tracking table that was read.
   *
   * @param table its name, with its schema
   * @param from {@code config}, {@code source}, {@code schema} or {@code against}
   * @param notInSchema versions that a configured table holds, and that of the schema does not
   * @param onlyInSchema versions that the schema's table holds, and the configured one does not
   */
  public record TrackingSummary(
      String table, String from, List<String> notInSchema, List<String> onlyInSchema) {
    public TrackingSummary {
      notInSchema = List.copyOf(notInSchema);
      onlyInSchema = List.copyOf(onlyInSchema);
    }
  }
}
