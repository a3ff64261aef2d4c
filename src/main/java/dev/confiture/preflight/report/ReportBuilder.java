package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.Pending;
import dev.confiture.preflight.migrations.Pending.LedgerComparison;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.rehearsal.MendedRun;
import dev.confiture.preflight.rehearsal.RehearsalResult;
import dev.confiture.preflight.rehearsal.RehearsedMigration;
import dev.confiture.preflight.report.Report.MigratedOn;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.sandbox.Sandbox;
import dev.confiture.preflight.seed.RestoreGap;
import dev.confiture.preflight.seed.Seeder.RestoredSchema;
import dev.confiture.preflight.source.Production;
import dev.confiture.preflight.source.SchemaSource;
import dev.confiture.preflight.source.SchemaText;
import dev.confiture.preflight.verdict.FailureHints;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gathers what the steps of a run have to say into its report. */
public final class ReportBuilder {

  private final long start = System.nanoTime();
  private final String target;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Optional<Production.Read> production = Optional.empty();
  private Optional<Report.Schema> schema = Optional.empty();
  private List<RestoreGap> gaps = List.of();

  /**
   * Begins the report of a run that starts now.
   *
   * @param externalServer the server to rehearse on; empty for the embedded one
   * @param warnings what is to be said of the options, a sentence each
   */
  public ReportBuilder(Optional<ConnectionString> externalServer, List<String> warnings) {
    this.warnings.addAll(warnings);
    this.target = externalServer.map(ConnectionString::redacted).orElse(Report.EMBEDDED);
  }

  /** Adds what was read of production, once nothing more is read there. */
  public void source(SchemaSource source) {
    production = source.productionRead();
    warnings.addAll(source.warnings());
  }

  /** Adds the schema that was restored on a server of this version. */
  public void seeded(SchemaText text, RestoredSchema seeded, ServerVersion sandbox) {
    int major = text.serverMajor().orElse(sandbox.major());
    if (major != sandbox.major()) {
      warnings.add(
          "the schema is of PostgreSQL "
              + major
              + " and was rehearsed on "
              + sandbox.major()
              + ", which can decide otherwise: name a server of that version with --against or"
              + " --postgres-bin");
    }
    schema =
        Optional.of(
            new Report.Schema(
                text.origin(), text.serverVersion(), seeded.tables(), seeded.millis()));
    gaps = seeded.gaps();
    notes.addAll(seeded.notes());
  }

  /** Adds what else a reader should know of the database, a sentence each. */
  public void notes(List<String> further) {
    notes.addAll(further);
  }

  /** Says why the migrations were judged without a complete second run. */
  public void judgedByOneRun(String why) {
    notes.add(
        "failures are judged by what the first run showed, since "
            + why
            + ": a failure that follows from an earlier one may be called the file's own, and the"
            + " later failures of a file are not known");
  }

  /** Says what the second run could not do for a file. */
  public void rehearsedAgain(List<RehearsedMigration> first, MendedRun mended) {
    for (int i = 0; i < mended.migrations().size(); i++) {
      String title = first.get(i).migration().file().title();
      mended
          .migrations()
          .get(i)
          .observations()
          .forEach(observation -> notes.add(title + ": " + Observations.text(observation)));
    }
  }

  /** Returns what of the schema could not be restored. */
  public List<RestoreGap> gaps() {
    return gaps;
  }

  /** Returns the report of a run without a pending migration. */
  public Report nothingPending(MigrationFolder folder, Pending.Chosen chosen) {
    notes.add(Report.NOTHING_CHECKED);
    if (chosen.pending().selection() instanceof Selection.Since(String version)) {
      warnings.add(
          "nothing was checked: no file has version "
              + version
              + " or a later one: the last is "
              + folder.files().getLast().fileName());
    }
    return report(folder, chosen, Optional.empty(), List.of(), Optional.empty());
  }

  /** Returns the report of migrations that were rehearsed in this database and judged. */
  public Report rehearsed(
      Sandbox sandbox,
      MigratedDatabase database,
      MigrationFolder folder,
      Pending.Chosen chosen,
      RehearsalResult result,
      List<JudgedMigration> judged) {
    if (chosen.pending().selection() instanceof Selection.Everything) {
      notes.addFirst(
          "nothing tells which migrations are applied, so every file was rehearsed: if failures"
              + " say \"already exists\", name what is applied with --since or --applied-from");
    }
    MigratedOn where =
        new MigratedOn(
            sandbox.description(),
            sandbox.version().text(),
            database.isolation().toString(),
            database.role().name(),
            database.role().reason(),
            database.role().superuser(),
            database.appliedSettings(),
            database.notes());
    return report(folder, chosen, Optional.of(where), judged, Optional.of(result));
  }

  private Report report(
      MigrationFolder folder,
      Pending.Chosen chosen,
      Optional<MigratedOn> sandbox,
      List<JudgedMigration> judged,
      Optional<RehearsalResult> result) {
    notes.addAll(folder.orderWarnings());
    notes.addAll(folder.tool().notes(chosen.pending().files()));
    if (chosen.pending().selection() instanceof Selection.Configured(String file, _, _)
        && folder.tool().ledger().isEmpty()) {
      notes.add(
          "the files are "
              + folder.tool().id()
              + " ones, of which confiture itself deploys none: what is applied is told by "
              + file
              + " all the same");
    }
    var interruption = result.flatMap(RehearsalResult::interruption);
    return new Report(
        target,
        interruption.isPresent() ? Verdict.ERROR : Verdict.of(judged),
        judged,
        FailureHints.of(judged),
        pending(folder, chosen),
        StaticCheck.of(
            folder,
            chosen
                .recorded()
                .map(read -> read.applied().checksums())
                .filter(checksums -> !checksums.isEmpty())),
        new Report.Seed(production, schema, gaps),
        sandbox,
        new Report.Remarks(warnings, notes),
        new Report.Ending(
            interruption,
            result.filter(RehearsalResult::consumed).isPresent(),
            Optional.empty(),
            List.of(),
            (System.nanoTime() - start) / 1_000_000));
  }

  private static Report.Pending pending(MigrationFolder folder, Pending.Chosen chosen) {
    PendingSet pending = chosen.pending();
    return new Report.Pending(
        folder.choice(),
        pending.description(),
        folder.files().size(),
        pending.files().stream().map(MigrationFile::version).toList(),
        pending.appliedWithoutFile(),
        pending.outOfOrder(),
        pending.refusesOutOfOrder(),
        folder.ignored(),
        chosen.recorded().map(ReportBuilder::ledger));
  }

  private static Report.Ledger ledger(LedgerComparison read) {
    return new Report.Ledger(
        read.applied().table().toString(),
        read.from().name().toLowerCase(Locale.ROOT),
        read.notInSchema(),
        read.onlyInSchema());
  }
}
