package dev.confiture.preflight.migrations;

import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.problem.Words;
import dev.confiture.preflight.session.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Finds the pending migrations: by what the user names first, then by a ledger, the configured
 * database's before production's, and that before the rehearsed database's own.
 */
public final class Pending {

  private final Request request;
  private final MigrationFolder folder;
  private final Optional<ConfiguredLedger> configured;
  private final Optional<PendingSet> named;
  private final Optional<Applied> production;

  private Pending(
      Request request,
      MigrationFolder folder,
      Optional<ConfiguredLedger> configured,
      Optional<PendingSet> named,
      Optional<Applied> production) {
    this.request = request;
    this.folder = folder;
    this.configured = configured;
    this.named = named;
    this.production = production;
  }

  /**
   * The user's words about what is pending.
   *
   * @param since the first version to rehearse, inclusive
   * @param appliedFrom a file with the versions that are applied, one a line
   * @param config a tool's configuration, whose database holds the ledger
   * @param orEverything true to rehearse every file on a populated schema where nothing tells what
   *     is applied; otherwise that is a problem
   * @param seeded true if the rehearsed database is seeded from a schema, and not an external one
   * @param fromEmpty true if it is empty: nothing is applied
   */
  public record Request(
      Optional<String> since,
      Optional<Path> appliedFrom,
      Optional<Path> config,
      boolean orEverything,
      boolean seeded,
      boolean fromEmpty) {}

  /**
   * The pending set, and what ledgers told.
   *
   * @param recorded the ledger whose rows count, where one was read
   * @param ledger the table of the rehearsed database in which the tool records what it runs
   */
  public record Chosen(
      PendingSet pending, Optional<LedgerComparison> recorded, Optional<Ledger> ledger) {

    /** Returns the same with migrations of which more is known, or that come besides. */
    public Chosen as(List<Migration> known) {
      return new Chosen(
          new PendingSet(
              pending.selection(), known, pending.appliedWithoutFile(), pending.outOfOrder()),
          recorded,
          ledger);
    }

    /** Returns true if nothing is pending. */
    public boolean isEmpty() {
      return pending.migrations().isEmpty();
    }
  }

  /**
   * Asks what does not need the rehearsed database.
   *
   * @param locate reads a configuration
   * @param progress told of each database that is asked
   * @throws dev.confiture.preflight.problem.Problem if the user names two ways, or the configured
   *     one tells nothing
   */
  public static Pending ask(
      Request request,
      MigrationFolder folder,
      Function<Path, ConfiguredLedger.Location> locate,
      Consumer<String> progress) {
    if (request.since().isPresent() && request.config().isPresent()) {
      throw new UsageProblem(
          "--since and a configuration (--config, --env) both tell what is pending",
          "give one of them");
    }
    Optional<ConfiguredLedger> configured =
        request
            .config()
            .map(
                file -> {
                  ConfiguredLedger.Location location = locate.apply(file);
                  progress.accept("asking " + location.database().redacted() + " what is applied");
                  return ConfiguredLedger.read(location);
                });
    Optional<PendingSet> named =
        request
            .since()
            .<Selection>map(Selection.Since::new)
            .or(() -> request.appliedFrom().map(file -> AppliedList.read(file, folder)))
            .or(() -> configured.map(ConfiguredLedger::selection))
            .or(
                () ->
                    request.fromEmpty()
                        ? Optional.of(new Selection.NotListed("an empty database", Set.of()))
                        : Optional.empty())
            .map(selection -> PendingSet.of(folder, selection));
    return new Pending(request, folder, configured, named, Optional.empty());
  }

  /**
   * Returns the same, with what production's own ledger tells, unless a configuration names one.
   *
   * @throws UsageProblem if nothing tells what is applied, and that must be known
   */
  public Pending in(Session session) {
    if (configured.isPresent()) {
      return this;
    }
    Optional<Applied> applied = told(session);
    Optional<PendingSet> told =
        named.or(() -> notTracked(applied).map(selection -> PendingSet.of(folder, selection)));
    if (told.isEmpty()) {
      requireKnown(session);
    }
    return new Pending(request, folder, configured, told, applied);
  }

  /** Returns the pending set as far as it is known without the rehearsed database. */
  public Optional<Chosen> named() {
    return named.map(set -> new Chosen(set, recorded(Optional.empty()), Optional.empty()));
  }

  /** Returns the ledger by whose owner the migration role is found. */
  public Optional<QualifiedName> ledger() {
    return configured
        .map(c -> c.applied().table())
        .or(() -> folder.tool().ledger().map(LedgerFormat::name));
  }

  /** Chooses as named; else what the ledger of the seeded database does not hold; else all. */
  public Chosen choose(Session database) {
    Optional<Applied> seeded =
        configured.isPresent()
            ? LedgerTable.in(
                database, configured.get().applied().table(), configured.get().location().format())
            : find(database);
    Optional<Applied> told = configured.isPresent() ? seeded : told(database);
    Optional<Selection> tracked = notTracked(told);
    if (named.isEmpty() && tracked.isEmpty()) {
      requireKnown(database);
    }
    return new Chosen(
        named.orElseGet(() -> PendingSet.of(folder, tracked.orElseGet(Selection.Everything::new))),
        recorded(told),
        seeded
            .map(
                applied ->
                    configured
                        .map(ConfiguredLedger::ledger)
                        .orElseGet(() -> Ledger.of(applied.table())))
            .or(() -> folder.tool().ledger().flatMap(Ledger::made)));
  }

  private Optional<Applied> find(Session session) {
    return folder.tool().ledger().flatMap(format -> LedgerTable.find(session, format));
  }

  /** Returns what the tool's ledger tells; where it has no rows, what another tool's does. */
  private Optional<Applied> told(Session session) {
    Optional<Applied> own = find(session);
    return own.filter(applied -> !applied.versions().isEmpty())
        .or(() -> OtherLedgers.find(session, folder))
        .or(() -> own)
        .or(
            () ->
                folder
                    .tool()
                    .withoutLedger()
                    .filter(
                        _ ->
                            LedgerTable.neighbour(session, folder.tool().ledger(), Optional.empty())
                                .isPresent()));
  }

  private static Optional<Selection> notTracked(Optional<Applied> applied) {
    return applied
        .filter(
            found ->
                !found.versions().isEmpty()
                    || found.refused().isPresent()
                    || !found.rows().isEmpty())
        .map(Selection.NotTracked::new);
  }

  /** Throws unless what is applied is known: on a schema in use, an applied file can only fail. */
  private void requireKnown(Session database) {
    if (request.orEverything()) {
      return;
    }
    Optional<LedgerFormat> format = folder.tool().ledger();
    Optional<QualifiedName> table =
        LedgerTable.neighbour(database, format, format.map(LedgerFormat::name));
    if (table.isPresent()) {
      throw new UsageProblem(
          "nothing tells which migrations are applied, and the schema is in use: it has "
              + table.get(),
          "name the first version to rehearse (--since), a file with the applied ones"
              + " (--applied-from) or confiture's environment (--env)"
              + unused(database));
    }
  }

  /**
   * Returns a note where the tool itself would refuse the seeded database, which is in use and
   * lacks its ledger: production may have the ledger, and the schema file not.
   */
  public List<String> notes(Session database) {
    Tool tool = folder.tool();
    if (named.isPresent() || find(database).isPresent()) {
      return List.of();
    }
    return tool.refusalWithoutLedger().stream()
        .flatMap(
            words ->
                LedgerTable.neighbour(
                    database, tool.ledger(), tool.ledger().map(LedgerFormat::name))
                    .map(
                        table ->
                            tool.id()
                                + " itself would refuse this database, which has "
                                + table
                                + " and not the tool's own table: \""
                                + words
                                + "\"")
                    .stream())
        .toList();
  }

  /** Returns what is to be said of ledgers that are there and tell nothing of these files. */
  private String unused(Session database) {
    List<QualifiedName> others = OtherLedgers.withRows(database);
    return others.isEmpty()
        ? find(database)
            .map(
                empty ->
                    "; or append the rows of "
                        + empty.table()
                        + ", which is empty here, to the schema file: pg_dump --data-only --table="
                        + empty.table())
            .orElse("")
        : "; the rows of " + Words.few(others, others.size()) + " name none of these files";
  }

  private Optional<LedgerComparison> recorded(Optional<Applied> seeded) {
    return configured
        .map(c -> LedgerComparison.of(c, seeded, folder))
        .or(
            () ->
                production.map(
                    applied -> LedgerComparison.alone(applied, LedgerComparison.Origin.SOURCE)))
        .or(
            () ->
                seeded.map(
                    applied ->
                        LedgerComparison.alone(
                            applied,
                            request.seeded()
                                ? LedgerComparison.Origin.SCHEMA
                                : LedgerComparison.Origin.AGAINST)));
  }

  /**
   * The ledger whose rows count, compared with that of the rehearsed database.
   *
   * @param applied the applied migrations that the ledger holds
   * @param from the place where it was read
   * @param notInSchema versions that it holds, and the ledger of the seeded schema does not
   * @param onlyInSchema versions that it does not hold, and the ledger of the seeded schema does
   */
  public record LedgerComparison(
      Applied applied, Origin from, List<String> notInSchema, List<String> onlyInSchema) {

    public LedgerComparison {
      notInSchema = List.copyOf(notInSchema);
      onlyInSchema = List.copyOf(onlyInSchema);
    }

    /** The place where a ledger was read. */
    public enum Origin {
      /** In the database that a configuration names. */
      CONFIG,
      /** In the production database. */
      SOURCE,
      /** In the seeded schema: the file holds its rows. */
      SCHEMA,
      /** In the external database that is rehearsed on. */
      AGAINST
    }

    /** Returns a ledger that there is nothing to compare with. */
    static LedgerComparison alone(Applied applied, Origin from) {
      return new LedgerComparison(applied, from, List.of(), List.of());
    }

    /**
     * Compares the configured ledger with the seeded one. A schema without rows tells nothing; one
     * with others is of another moment, or of another database.
     */
    static LedgerComparison of(
        ConfiguredLedger configured, Optional<Applied> seeded, MigrationFolder folder) {
      Set<String> versions = configured.applied().versions();
      Set<String> inSchema =
          seeded.map(Applied::versions).filter(s -> !s.isEmpty()).orElse(versions);
      return new LedgerComparison(
          configured.applied(),
          Origin.CONFIG,
          without(versions, inSchema, folder),
          without(inSchema, versions, folder));
    }

    private static List<String> without(
        Set<String> versions, Set<String> others, MigrationFolder folder) {
      return versions.stream()
          .filter(version -> !others.contains(version))
          .sorted(folder.versionOrder())
          .toList();
    }
  }
}
