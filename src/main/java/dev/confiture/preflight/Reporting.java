package dev.confiture.preflight;

import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Verdict;
import dev.confiture.preflight.migrations.LedgerComparison;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.Pending;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.rehearsal.RehearsalResult;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.report.Report.PendingSummary;
import dev.confiture.preflight.report.Report.ProductionSummary;
import dev.confiture.preflight.report.Report.SandboxSummary;
import dev.confiture.preflight.report.Report.SchemaSummary;
import dev.confiture.preflight.report.Report.TrackingSummary;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.sandbox.Sandbox;
import dev.confiture.preflight.seed.RestoreGap;
import dev.confiture.preflight.seed.Seeded;
import dev.confiture.preflight.source.SchemaText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gathers what the stages have to say into the report. */
final class Reporting {

  private final String target;
  private final long start;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Optional<ProductionSummary> production = Optional.empty();
  private Optional<SchemaSummary> schema = Optional.empty();
  private List<RestoreGap> gaps = List.of();

  /** For these options, from the moment, in nanoseconds, at which the run began. */
  Reporting(Options options, long start) {
    this.target = options.where().against().map(ConnectionString::redacted).orElse(Report.EMBEDDED);
    this.start = start;
  }

  List<RestoreGap> gaps() {
    return gaps;
  }

  void production(ProductionSummary read) {
    production = Optional.of(read);
  }

  void warn(String sentence) {
    warnings.add(sentence);
  }

  void seeded(SchemaText file, Seeded seeded, ServerVersion sandbox) {
    int major = file.serverMajor().orElse(sandbox.major());
    if (major != sandbox.major()) {
      warnings.add(
          "the schema is of PostgreSQL "
              + major
              + " and was rehearsed on "
              + sandbox.major()
              + ", which can decide otherwise: name a server of that version with --against or"
              + " --postgres-bin; in the Action with a service container postgres:"
              + major
              + " and sandbox_url, or by the tag v1-pg"
              + major);
    }
    schema =
        Optional.of(
            new SchemaSummary(
                file.origin(), file.serverVersion(), seeded.tables(), seeded.millis()));
    gaps = seeded.gaps();
    notes.addAll(seeded.notes());
  }

  Report nothingPending(MigrationFolder folder, Pending.Chosen chosen) {
    notes.add(Report.NOTHING_CHECKED);
    if (chosen.pending().selection() instanceof Selection.Since(String version)) {
      notes.add(
          "no file has version "
              + version
              + " or a later one: the last is "
              + folder.files().getLast().path().getFileName());
    }
    return report(folder, chosen, Optional.empty(), List.of(), Optional.empty());
  }

  Report rehearsed(
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
    SandboxSummary summary =
        new SandboxSummary(
            sandbox.url(),
            sandbox.description(),
            sandbox.version().text(),
            database.isolation().toString(),
            database.role().name(),
            database.role().reason(),
            database.role().superuser(),
            database.appliedSettings(),
            database.notes());
    return report(folder, chosen, Optional.of(summary), judged, Optional.of(result));
  }

  private Report report(
      MigrationFolder folder,
      Pending.Chosen chosen,
      Optional<SandboxSummary> sandbox,
      List<JudgedMigration> judged,
      Optional<RehearsalResult> result) {
    PendingSet pending = chosen.pending();
    notes.addAll(folder.orderWarnings());
    notes.addAll(folder.tool().notes(pending.files()));
    if (pending.selection() instanceof Selection.Configured(String file, _, _)
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
        production,
        schema,
        sandbox,
        new PendingSummary(
            folder.tool().id(),
            pending.description(),
            folder.files().size(),
            pending.files().stream().map(MigrationFile::version).toList(),
            pending.appliedWithoutFile(),
            pending.outOfOrder(),
            folder.ignored(),
            chosen.recorded().map(Reporting::tracking)),
        StaticCheck.of(
            folder,
            chosen
                .recorded()
                .map(recorded -> recorded.applied().checksums())
                .filter(checksums -> !checksums.isEmpty())),
        judged,
        gaps,
        warnings,
        notes,
        List.of(),
        interruption.isPresent() ? Verdict.ERROR : Verdict.of(judged),
        interruption,
        result.filter(RehearsalResult::consumed).isPresent(),
        Optional.empty(),
        millis());
  }

  private static TrackingSummary tracking(LedgerComparison recorded) {
    return new TrackingSummary(
        recorded.applied().table().toString(),
        recorded.from().name().toLowerCase(Locale.ROOT),
        recorded.notInSchema(),
        recorded.onlyInSchema());
  }

  private long millis() {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
