package dev.confiture.preflight.source;

import dev.confiture.preflight.migrations.LedgerSearch;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.Problem.SourceProblem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.source.Production.Dump;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** Takes the schema from production: pg_dump runs while the sandbox starts. */
public final class LiveDump implements SchemaSource {

  private static final int MANY_TABLES = 5000;
  private static final long LOOK_MILLIS = 50;

  private final Production production;
  private final String url;
  private final List<String> excluded;
  private final Consumer<String> progress;
  private final BooleanSupplier ended;
  private Optional<Facts> facts = Optional.empty();
  private Optional<ClusterIdentity> cluster = Optional.empty();
  private Optional<FutureTask<Dump>> dumping = Optional.empty();
  private Optional<Dump> dump = Optional.empty();

  private LiveDump(Production.Request request, Consumer<String> progress, BooleanSupplier ended) {
    this.url = request.url().redacted();
    progress.accept("connecting to " + url);
    this.production = Production.connect(request);
    this.excluded = request.excludeSchemas();
    this.progress = progress;
    this.ended = ended;
  }

  /**
   * Connects to production.
   *
   * @param progress told of each step, in a short sentence
   * @param ended true once nobody waits any longer
   * @throws Problem if that cannot be done
   */
  public static LiveDump connect(
      Production.Request request, Consumer<String> progress, BooleanSupplier ended) {
    return new LiveDump(request, progress, ended);
  }

  @Override
  public <T> Optional<T> askProduction(String doing, Function<Session, T> question) {
    progress.accept("asking " + url + " what is applied");
    return Optional.of(production.ask(doing, question));
  }

  @Override
  public LedgerSearch ledgers() {
    return format ->
        askProduction("looking for ledgers", session -> LedgerSearch.in(session).find(format))
            .flatMap(found -> found);
  }

  @Override
  public void start() {
    progress.accept("reading the catalog of " + url);
    Facts read = production.facts();
    facts = Optional.of(read);
    cluster = Optional.of(production.cluster());
    progress.accept(manyLocks(read).orElse("dumping " + url));
    FutureTask<Dump> task =
        new FutureTask<>(
            () -> {
              // The session on production ends as soon as everything is read.
              try (Production asked = production) {
                return asked.dump(read);
              }
            });
    dumping = Optional.of(task);
    Thread.ofVirtual().name("preflight-dump").start(task);
  }

  @Override
  public boolean hasSchema() {
    return true;
  }

  @Override
  public OptionalInt serverMajor() {
    return OptionalInt.of(production.version().major());
  }

  @Override
  public void refuseAsSandbox(ConnectionString externalServer, boolean isUp) {
    try (Session session = Session.openReadOnly(externalServer, Map.of())) {
      if (cluster.isPresent() && cluster.get().isSameAs(ClusterIdentity.of(session))) {
        throw same(externalServer, url);
      }
    } catch (IllegalArgumentException unsupported) {
      // The sandbox reports the parameter that it cannot take.
    } catch (SessionException lost) {
      if (!isUp) {
        return;
      }
      throw new SourceProblem(
          "asking " + externalServer.redacted() + " whether it is production: " + lost.text(),
          "name another server to rehearse on, or none",
          lost);
    }
  }

  private static UsageProblem same(ConnectionString externalServer, String url) {
    return new UsageProblem(
        "the external server to rehearse on, "
            + externalServer.redacted()
            + ", is that of production, "
            + url
            + ", or a copy of its files",
        "name a server of its own with --against, or none: production is only read");
  }

  @Override
  public Optional<SchemaText> await() {
    FutureTask<Dump> task = dumping.orElseThrow();
    progress.accept("dumping " + url);
    while (dump.isEmpty()) {
      try {
        dump = Optional.of(task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
      } catch (TimeoutException notYet) {
        if (ended.getAsBoolean()) {
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
  public Optional<Production.Read> productionRead() {
    return Optional.of(
        new Production.Read(
            url,
            production.database(),
            production.version().text(),
            dump.map(Dump::programVersion),
            production.readAt(),
            dump.map(Dump::millis).orElse(0L),
            production.millis(),
            facts.map(Facts::tables).orElse(List.of())));
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (dump.isPresent() && !production.hasSnapshot()) {
      warnings.add(Production.SNAPSHOT_WARNING);
    }
    dump.ifPresent(done -> warnings.addAll(done.warnings()));
    facts.flatMap(this::manyLocks).ifPresent(warnings::add);
    return warnings;
  }

  /**
   * Warns of many locks: a full lock table is one for all sessions of the server (<a
   * href="https://www.postgresql.org/docs/current/runtime-config-locks.html">manual</a>).
   */
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

  @Override
  public void close() {
    production.close();
  }
}
