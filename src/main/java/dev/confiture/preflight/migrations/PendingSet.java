package dev.confiture.preflight.migrations;

import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The migrations to rehearse.
 *
 * @param selection the way in which they were chosen
 * @param migrations the pending ones, in order
 * @param appliedWithoutFile versions that are applied and have no file
 * @param outOfOrder pending versions older than the newest applied one
 */
public record PendingSet(
    Selection selection,
    List<Migration> migrations,
    List<String> appliedWithoutFile,
    List<String> outOfOrder) {

  public PendingSet {
    migrations = List.copyOf(migrations);
    appliedWithoutFile = List.copyOf(appliedWithoutFile);
    outOfOrder = List.copyOf(outOfOrder);
  }

  /**
   * Chooses from the folder's migrations.
   *
   * @throws UsageProblem if what to begin with is a name, or a version that only another spelling
   *     finds
   */
  public static PendingSet of(MigrationFolder folder, Selection selection) {
    PendingSet chosen = chosen(folder, selection);
    return new PendingSet(
        selection,
        folder.tool().inOneDeployment(folder, selection, chosen.migrations()),
        chosen.appliedWithoutFile(),
        chosen.outOfOrder());
  }

  private static PendingSet chosen(MigrationFolder folder, Selection selection) {
    return switch (selection) {
      case Selection.Everything _ ->
          new PendingSet(selection, folder.migrations(), List.of(), List.of());
      case Selection.Since(String version) -> since(folder, selection, version);
      case Selection.NotTracked tracked ->
          tracked
              .ledger()
              .refused()
              .map(refused -> folder.tool().plan(folder, tracked).refusing(refused, folder))
              .orElseGet(() -> folder.tool().plan(folder, tracked));
      case Selection.Known applied -> folder.tool().plan(folder, applied);
    };
  }

  /** Returns true if the tool runs none of those that are out of order. */
  public boolean refusesOutOfOrder() {
    return migrations.stream()
        .filter(migration -> outOfOrder.contains(migration.version()))
        .anyMatch(
            migration ->
                migration.refusals().stream()
                    .anyMatch(refusal -> refusal.stage() == Refusal.Stage.NOT_RUN));
  }

  /** Returns the files of the pending migrations. */
  public List<MigrationFile> files() {
    return migrations.stream().map(Migration::file).toList();
  }

  /** Returns the same with what is to be said of its migrations. */
  public PendingSet with(UnaryOperator<Migration> remark) {
    return new PendingSet(
        selection, migrations.stream().map(remark).toList(), appliedWithoutFile, outOfOrder);
  }

  /**
   * Returns the same with a refusal of the whole deployment: as one of its first migration, or of
   * the folder's last where none is pending, which is applied and so never executed.
   */
  public PendingSet refusing(Refusal refused, MigrationFolder folder) {
    List<Migration> all = new ArrayList<>(migrations);
    Refusal first = refused;
    if (all.isEmpty()) {
      all.add(folder.migrations().getLast());
      first = refused.ofFileNotRun();
    }
    all.set(0, all.getFirst().refusing(List.of(first)));
    return new PendingSet(selection, all, appliedWithoutFile, outOfOrder);
  }

  /**
   * Returns the same; where nothing is pending, with what the tool says of the folder as a whole,
   * which stops it all the same.
   */
  public PendingSet orRefused(List<Refusal> ofFolder, MigrationFolder folder) {
    return migrations.isEmpty() && !ofFolder.isEmpty()
        ? refusing(ofFolder.getFirst(), folder)
        : this;
  }

  /**
   * Returns the same with applied migrations at which the tool stops, because their files are not
   * as they were applied, at their places among the pending ones.
   */
  public PendingSet among(List<Migration> refused, MigrationFolder folder) {
    List<MigrationFile> order = folder.files();
    List<Migration> all = new ArrayList<>(migrations);
    all.addAll(refused);
    all.sort(Comparator.comparingInt(migration -> order.indexOf(migration.file())));
    return new PendingSet(selection, all, appliedWithoutFile, outOfOrder);
  }

  /** Returns the same with some of its migrations alone. */
  public PendingSet only(Predicate<Migration> wanted) {
    List<Migration> kept = migrations.stream().filter(wanted).toList();
    return new PendingSet(
        selection,
        kept,
        appliedWithoutFile,
        outOfOrder.stream()
            .filter(version -> kept.stream().anyMatch(m -> m.version().equals(version)))
            .toList());
  }

  /** Returns how they were chosen, for people. */
  public String description() {
    return switch (selection) {
      case Selection.Everything _ -> "nothing tells which are applied";
      case Selection.Since(String version) -> "since " + version;
      case Selection.NotListed(String file, Set<String> applied) ->
          applied.size() + " applied (" + file + ")";
      case Selection.NotTracked(var ledger) ->
          ledger.versions().size() + " applied (" + ledger.table() + ")";
      case Selection.Configured(String file, var table, Set<String> applied) ->
          applied.size() + " applied (" + table + " by " + file + ")";
    };
  }

  private static PendingSet since(MigrationFolder folder, Selection selection, String version) {
    List<Migration> pending = from(folder, version, folder.versionOrder());
    if (!folder.has(version)) {
      refuseName(folder, version);
      refuseOtherSpelling(folder, version, pending);
    }
    return new PendingSet(selection, pending, List.of(), List.of());
  }

  private static List<Migration> from(
      MigrationFolder folder, String version, Comparator<String> order) {
    return folder.migrations().stream()
        .filter(migration -> order.compare(migration.version(), version) >= 0)
        .toList();
  }

  /** Refuses what is no version: a name, which the order would put after all versions. */
  private static void refuseName(MigrationFolder folder, String version) {
    Optional<String> named = folder.versionOf(version);
    if (named.isPresent()) {
      throw new UsageProblem(
          "--since " + version + " is the name of a file, not a version",
          "name its version: --since " + named.get());
    }
    if (!NumericVersions.isVersion(version)) {
      throw new UsageProblem(
          "--since " + version + " is not a version of these files",
          "the nearest are "
              + String.join(", ", folder.nearest(version))
              + ": name the first one that is to be rehearsed");
    }
  }

  /** Refuses a version that finds other files as a number than as the tool compares it. */
  private static void refuseOtherSpelling(
      MigrationFolder folder, String version, List<Migration> pending) {
    from(folder, version, NumericVersions.ORDER).stream()
        .filter(migration -> !pending.contains(migration))
        .map(Migration::version)
        .filter(NumericVersions::isVersion)
        .min(NumericVersions.ORDER)
        .ifPresent(
            meant -> {
              throw new UsageProblem(
                  "--since "
                      + version
                      + (pending.isEmpty()
                          ? " selects no migration: "
                          : " does not select " + meant + ": ")
                      + folder.tool().id()
                      + " compares versions as strings, and so "
                      + meant
                      + " comes before it",
                  "write it as the files do: --since " + meant);
            });
  }

  /** Returns what is not applied, for a tool that runs all of it in its order, older ones too. */
  public static PendingSet notApplied(MigrationFolder folder, Selection.Known selection) {
    Comparator<String> order = folder.versionOrder();
    Set<String> applied = selection.applied();
    // In the tool's order 142 and 0142 may be the same version.
    Set<String> recorded = new TreeSet<>(order);
    recorded.addAll(applied);
    Set<String> present = new TreeSet<>(order);
    folder.migrations().forEach(migration -> present.add(migration.version()));
    List<Migration> pending =
        folder.migrations().stream()
            .filter(migration -> !recorded.contains(migration.version()))
            .toList();
    List<String> outOfOrder =
        applied.stream()
            .max(order)
            .map(
                newest ->
                    pending.stream()
                        .map(Migration::version)
                        .filter(version -> order.compare(version, newest) < 0)
                        .toList())
            .orElse(List.of());
    List<String> gone =
        applied.stream().filter(version -> !present.contains(version)).sorted(order).toList();
    return new PendingSet(selection, pending, gone, outOfOrder);
  }
}
