package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.rehearsal.Interruption;
import dev.confiture.preflight.sandbox.Cleanup;
import dev.confiture.preflight.seed.RestoreGap;
import dev.confiture.preflight.source.Production;
import dev.confiture.preflight.verdict.FailureHints;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The result of a run, as the writers of this package and the edges read it.
 *
 * @param againstUrl {@link #EMBEDDED}, or the external server's URL without its password
 * @param verdict of the run
 * @param migrations the pending migrations in order, judged
 * @param hints what the run knows about their failures beyond the server's words
 * @param pending which migrations were chosen, and how
 * @param staticCheck what the files alone tell, all of them
 * @param seed what the sandbox was seeded with
 * @param sandbox the database that was migrated; empty when nothing was pending
 * @param remarks what else a reader should know
 * @param ending how the run ended, and what it left
 */
public record Report(
    String againstUrl,
    Verdict verdict,
    List<JudgedMigration> migrations,
    FailureHints hints,
    Pending pending,
    StaticCheck staticCheck,
    Seed seed,
    Optional<MigratedOn> sandbox,
    Remarks remarks,
    Ending ending) {

  /** The target of a run on the embedded server. */
  public static final String EMBEDDED = "embedded";

  /** The note of a run without a pending migration. */
  public static final String NOTHING_CHECKED = "no migration is pending: nothing was checked";

  public Report {
    migrations = List.copyOf(migrations);
  }

  /** Returns true if the verdict is a pass: what was skipped by choice is neutral. */
  public boolean allPassed() {
    return verdict == Verdict.PASSED;
  }

  /** Returns the migrations that failed, are blocked or could not be verified. */
  public List<JudgedMigration> failures() {
    return migrations.stream()
        .filter(
            migration ->
                !(migration.outcome() instanceof Outcome.Passed)
                    && !(migration.outcome() instanceof Outcome.Skipped))
        .toList();
  }

  /** Returns the migrations that were not executed. */
  public List<JudgedMigration> skippedMigrations() {
    return migrations.stream()
        .filter(migration -> migration.outcome() instanceof Outcome.Skipped)
        .toList();
  }

  /** Returns true if a migration was not executed. */
  public boolean hasSkipped() {
    return !skippedMigrations().isEmpty();
  }

  /** Returns true if the external database holds what the migrations made, for ever. */
  public boolean dbConsumed() {
    return ending.dbConsumed();
  }

  /** Returns the reason why the run ended early, if so: the verdict is then {@code ERROR}. */
  public Optional<Interruption> interruption() {
    return ending.interruption();
  }

  /** Returns what the run left on the server and could not undo, a sentence each. */
  public List<String> remains() {
    return ending.remains();
  }

  /** Counts the migrations by their outcomes. */
  public Counts counts() {
    return Counts.of(migrations);
  }

  /** Returns the version of production's server, as far as source or schema tell it. */
  public Optional<String> sourceVersion() {
    return seed.production()
        .map(Production.Read::serverVersion)
        .or(() -> seed.schema().flatMap(Schema::serverVersion));
  }

  /** Returns the same report for who reads it while the run still cleans up. */
  public Report beforeCleanup() {
    return closed(
        Optional.empty(), List.of("cleaning up had not ended when this report was written"));
  }

  /** Returns the same report with what is known once everything is closed. */
  public Report closed(Optional<Cleanup> cleanup, List<String> remains) {
    return with(verdict, ending.closed(cleanup, remains));
  }

  /** Returns the same report of a run that left an external server changed: that is no verdict. */
  public Report onChangedServer() {
    return with(Verdict.ERROR, ending);
  }

  /** Returns the same report with the advice of ours in other words. */
  public Report worded(UnaryOperator<String> words) {
    return new Report(
        againstUrl,
        verdict,
        migrations.stream().map(migration -> migration.worded(words)).toList(),
        hints.worded(words),
        pending,
        staticCheck,
        seed,
        sandbox.map(where -> where.worded(words)),
        remarks.worded(words),
        ending.worded(words));
  }

  private Report with(Verdict newVerdict, Ending newEnding) {
    return new Report(
        againstUrl,
        newVerdict,
        migrations,
        hints,
        pending,
        staticCheck,
        seed,
        sandbox,
        remarks,
        newEnding);
  }

  /**
   * The migrations that were chosen.
   *
   * @param tool the tool that deploys them
   * @param selectedBy the way of choosing, for people: {@code since 0142}, {@code 142 applied,
   *     public.tb_confiture}
   * @param files how many migration files the folder has
   * @param versions the pending ones, in order
   * @param appliedWithoutFile versions recorded as applied whose file is gone
   * @param outOfOrder pending versions older than the newest applied one
   * @param refusesOutOfOrder true if the tool would not run these
   * @param ignored files of the folder that the tool does not read, by name
   * @param ledger the ledger that was read, if any
   */
  public record Pending(
      Tool.Choice tool,
      String selectedBy,
      int files,
      List<String> versions,
      List<String> appliedWithoutFile,
      List<String> outOfOrder,
      boolean refusesOutOfOrder,
      List<String> ignored,
      Optional<Ledger> ledger) {
    public Pending {
      versions = List.copyOf(versions);
      appliedWithoutFile = List.copyOf(appliedWithoutFile);
      outOfOrder = List.copyOf(outOfOrder);
      ignored = List.copyOf(ignored);
    }

    /** Returns the tool with the version that was measured, and what told it, for people. */
    String toolText() {
      return tool.id() + " as measured with " + tool.measured() + " (" + tool.evidence() + ")";
    }

    /** Returns the history in one line, for people. */
    String text() {
      return tool.id()
          + ": "
          + files
          + (files == 1 ? " file, " : " files, ")
          + selectedBy
          + ", "
          + versions.size()
          + " pending"
          + (outOfOrder.isEmpty() ? "" : ", " + outOfOrder.size() + " out of order" + refuses());
    }

    private String refuses() {
      return refusesOutOfOrder ? " (" + tool.id() + " would refuse)" : "";
    }
  }

  /**
   * A ledger that was read.
   *
   * @param table its name, with its schema
   * @param from {@code config}, {@code source}, {@code schema} or {@code against}
   * @param notInSchema versions that a configured ledger holds, and that of the schema does not
   * @param onlyInSchema versions that the schema's ledger holds, and the configured one does not
   */
  public record Ledger(
      String table, String from, List<String> notInSchema, List<String> onlyInSchema) {
    public Ledger {
      notInSchema = List.copyOf(notInSchema);
      onlyInSchema = List.copyOf(onlyInSchema);
    }
  }

  /**
   * The schema that the sandbox was seeded with, and where it is from.
   *
   * @param production the reading of the production database; empty without one
   * @param schema what was restored; empty when the external database was seeded already
   * @param gaps the restore gaps
   */
  public record Seed(
      Optional<Production.Read> production, Optional<Schema> schema, List<RestoreGap> gaps) {

    /** A seed for which nothing was read and nothing restored. */
    public static final Seed NONE = new Seed(Optional.empty(), Optional.empty(), List.of());

    public Seed {
      gaps = List.copyOf(gaps);
    }
  }

  /**
   * A schema that was restored.
   *
   * @param origin the schema file, as the user wrote it, or production's URL
   * @param serverVersion the version of the server that the dump was taken from, if it says so
   * @param tables how many tables it makes
   * @param millis how long restoring took
   */
  public record Schema(String origin, Optional<String> serverVersion, int tables, long millis) {

    /** Returns its version and size, for people: {@code , PostgreSQL 15.18, 40 tables}. */
    String text() {
      return serverVersion.map(version -> ", PostgreSQL " + version).orElse("")
          + ", "
          + tables
          + (tables == 1 ? " table" : " tables");
    }
  }

  /**
   * The server and database that were migrated, and by whom.
   *
   * @param description the server, for people
   * @param serverVersion for example 15.18
   * @param isolation {@code clone} or {@code savepoint}
   * @param runAs the role that migrations ran as
   * @param runAsReason the reason for that role
   * @param superuser true if that role is a superuser
   * @param settings session settings that came from the schema, each {@code name = value}
   * @param notes the departures from what was asked
   */
  public record MigratedOn(
      String description,
      String serverVersion,
      String isolation,
      String runAs,
      String runAsReason,
      boolean superuser,
      List<String> settings,
      List<String> notes) {
    public MigratedOn {
      settings = List.copyOf(settings);
      notes = List.copyOf(notes);
    }

    private MigratedOn worded(UnaryOperator<String> words) {
      return new MigratedOn(
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
   * Remarks for the reader, a sentence each.
   *
   * @param warnings what makes the verdict less sure than it looks
   * @param notes the rest
   */
  public record Remarks(List<String> warnings, List<String> notes) {
    public Remarks {
      warnings = List.copyOf(warnings);
      notes = List.copyOf(notes);
    }

    private Remarks worded(UnaryOperator<String> words) {
      return new Remarks(warnings.stream().map(words).toList(), notes.stream().map(words).toList());
    }
  }

  /**
   * The end of the run, and what it left.
   *
   * @param interruption the reason for which it ended early, if so
   * @param dbConsumed true if the external database holds what the migrations made, and must be
   *     made anew
   * @param cleanup what became of the database that was migrated; empty when none was
   * @param remains what was left on the server and could not be undone, a sentence each
   * @param millis the whole run, in milliseconds
   */
  public record Ending(
      Optional<Interruption> interruption,
      boolean dbConsumed,
      Optional<Cleanup> cleanup,
      List<String> remains,
      long millis) {
    public Ending {
      remains = List.copyOf(remains);
    }

    /** Adds what is known at the end: a database that was made for the run is never consumed. */
    private Ending closed(Optional<Cleanup> known, List<String> left) {
      boolean consumed =
          known
              .filter(
                  end ->
                      switch (end) {
                        case Cleanup.Dropped _, Cleanup.Emptied _ -> true;
                        case Cleanup.Unchanged _, Cleanup.Changed _, Cleanup.Unverified _ -> false;
                      })
              .map(_ -> false)
              .orElse(dbConsumed);
      return new Ending(interruption, consumed, known, left, millis);
    }

    private Ending worded(UnaryOperator<String> words) {
      return new Ending(
          interruption.map(
              reason ->
                  new Interruption(
                      reason.kind(), words.apply(reason.message()), words.apply(reason.hint()))),
          dbConsumed,
          cleanup,
          remains,
          millis);
    }
  }

  /** The numbers of migrations by their outcomes; the sum is the total. */
  public record Counts(int passed, int failed, int blocked, int unverified, int skipped) {

    private static Counts of(List<JudgedMigration> migrations) {
      int[] counts = new int[5];
      for (JudgedMigration migration : migrations) {
        counts[
            switch (migration.outcome()) {
              case Outcome.Passed _ -> 0;
              case Outcome.Failed _ -> 1;
              case Outcome.Blocked _ -> 2;
              case Outcome.Unverified _ -> 3;
              case Outcome.Skipped _ -> 4;
            }]++;
      }
      return new Counts(counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    /** Returns the number of all of them. */
    public int total() {
      return passed + failed + blocked + unverified + skipped;
    }
  }
}
