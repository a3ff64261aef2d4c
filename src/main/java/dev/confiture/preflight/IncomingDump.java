package dev.confiture.preflight;

import dev.confiture.preflight.migrations.Pending;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.SourceProblem;
import dev.confiture.preflight.problem.UsageProblem;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.Report.ProductionSummary;
import dev.confiture.preflight.report.Report.ProductionTable;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.source.ClusterIdentity;
import dev.confiture.preflight.source.Dump;
import dev.confiture.preflight.source.Facts;
import dev.confiture.preflight.source.Moments;
import dev.confiture.preflight.source.Production;
import dev.confiture.preflight.source.ProductionRequest;
import dev.confiture.preflight.source.SchemaText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Production's schema: pg_dump runs while the sandbox starts. */
final class IncomingDump implements Incoming {

  private static final int MANY_TABLES = 5000;
  private static final long LOOK_MILLIS = 50;

  private final Production production;
  private final String url;
  private final List<String> excluded;
  private final Progress progress;
  private final Stop stop;
  private Optional<Facts> facts = Optional.empty();
  private Optional<ClusterIdentity> cluster = Optional.empty();
  private Optional<FutureTask<Dump>> dumping = Optional.empty();
  private Optional<Dump> dump = Optional.empty();

  private IncomingDump(
      Production production, SchemaOrigin.Production origin, Progress progress, Stop stop) {
    this.production = production;
    this.url = origin.url().redacted();
    this.excluded = origin.excludeSchemas();
    this.progress = progress;
    this.stop = stop;
  }

  static IncomingDump connect(
      SchemaOrigin.Production origin, Options options, Progress progress, Stop stop) {
    String url = origin.url().redacted();
    progress.step("connecting to " + url);
    return new IncomingDump(
        Production.connect(
            new ProductionRequest(
                origin.url(),
                origin.timeout(),
                origin.excludeSchemas(),
                origin.dataTables(),
                options.where().binaries(),
                options.environment())),
        origin,
        progress,
        stop);
  }

  @Override
  public Pending tracked(Pending asked) {
    progress.step("asking " + url + " what is applied");
    return production.ask("reading the ledger", asked::in);
  }

  @Override
  public void start() {
    progress.step("reading the catalog of " + url);
    Facts read = production.facts();
    facts = Optional.of(read);
    cluster = Optional.of(production.cluster());
    progress.step(manyLocks(read).orElse("dumping " + url));
    FutureTask<Dump> task =
        new FutureTask<>(
            () -> {
              // Production is let go as soon as it has told all.
              try (Production asked = production) {
                return asked.dump(read);
              }
            });
    dumping = Optional.of(task);
    Thread.ofVirtual().name("preflight-dump").start(task);
  }

  @Override
  public boolean comes() {
    return true;
  }

  @Override
  public OptionalInt serverMajor() {
    return OptionalInt.of(production.version().major());
  }

  @Override
  public void refuseAsSandbox(ConnectionString against, boolean isUp) {
    try (Session session = Session.openReadOnly(against, Map.of())) {
      if (cluster.isPresent() && cluster.get().isSameAs(ClusterIdentity.of(session))) {
        throw same(against, url);
      }
    } catch (IllegalArgumentException unsupported) {
      // The sandbox says so better.
    } catch (SessionException lost) {
      if (!isUp) {
        return;
      }
      throw new SourceProblem(
          "asking " + against.redacted() + " whether it is production: " + lost.text(),
          "name another server to rehearse on, or none",
          lost);
    }
  }

  private static UsageProblem same(ConnectionString against, String url) {
    return new UsageProblem(
        "the server to rehearse on, "
            + against.redacted()
            + ", is that of production, "
            + url
            + ", or a copy of its files",
        "name a server of its own with --against, or none: production is only read");
  }

  @Override
  public Optional<SchemaText> await() {
    FutureTask<Dump> task = dumping.orElseThrow();
    progress.step("dumping " + url);
    while (dump.isEmpty()) {
      try {
        dump = Optional.of(task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
      } catch (TimeoutException notYet) {
        if (stop.requested().isPresent()) {
          throw interrupted(notYet);
        }
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof Problem problem) {
          throw problem;
        }
        throw new IllegalStateException("dumping " + url, failed.getCause());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw interrupted(stopped);
      }
    }
    return dump.map(Dump::schema);
  }

  private SourceProblem interrupted(Exception cause) {
    return new SourceProblem("dumping " + url + " was interrupted", "", cause);
  }

  @Override
  public List<String> dependentsOf(String extension) {
    return facts
        .map(read -> read.dependents().getOrDefault(extension, List.of()))
        .orElse(List.of());
  }

  @Override
  public void tell(Reporting reporting) {
    reporting.production(
        new ProductionSummary(
            url,
            production.database(),
            production.version().text(),
            dump.map(Dump::programVersion),
            production.readAt(),
            dump.map(Dump::millis).orElse(0L),
            production.millis(),
            facts.map(IncomingDump::tables).orElse(List.of())));
    if (dump.isPresent() && !production.isOneMoment()) {
      reporting.warn(Moments.LOST);
    }
    dump.ifPresent(done -> done.warnings().forEach(reporting::warn));
    facts.flatMap(this::manyLocks).ifPresent(reporting::warn);
  }

  /** A full lock table is one for all sessions of the server (manual, 19.12). */
  private Optional<String> manyLocks(Facts read) {
    long tables =
        read.tables().stream()
            .filter(table -> !excluded.contains(table.name().schema().orElse("")))
            .count();
    return tables > MANY_TABLES
        ? Optional.of(
            "dumping "
                + url
                + " takes "
                + tables
                + " locks of the weakest kind, for which max_locks_per_transaction *"
                + " max_connections must have room")
        : Optional.empty();
  }

  private static List<ProductionTable> tables(Facts facts) {
    return facts.tables().stream()
        .map(table -> new ProductionTable(table.name(), table.owner(), table.rows(), table.pages()))
        .toList();
  }

  @Override
  public void close() {
    production.close();
  }
}
