package dev.confiture.preflight.migrations;

import dev.confiture.preflight.problem.UsageProblem;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The migrations to rehearse.
 *
 * @param selection how they were chosen
 * @param files the pending ones, in order
 * @param appliedWithoutFile versions that are applied and have no file
 * @param outOfOrder pending versions older than the newest applied one
 */
public record PendingSet(
    Selection selection,
    List<MigrationFile> files,
    List<String> appliedWithoutFile,
    List<String> outOfOrder) {

  public PendingSet {
    files = List.copyOf(files);
    appliedWithoutFile = List.copyOf(appliedWithoutFile);
    outOfOrder = List.copyOf(outOfOrder);
  }

  /**
   * Chooses from the folder's migrations.
   *
   * @throws UsageProblem if the version to begin with is one that only another spelling finds
   */
  public static PendingSet of(MigrationFolder folder, Selection selection) {
    return switch (selection) {
      case Selection.Everything _ ->
          new PendingSet(selection, folder.files(), List.of(), List.of());
      case Selection.Since(String version) -> since(folder, selection, version);
      case Selection.NotListed(_, Set<String> applied) -> without(folder, selection, applied);
      case Selection.NotTracked(_, Set<String> applied) -> without(folder, selection, applied);
      case Selection.Configured(_, _, Set<String> applied) -> without(folder, selection, applied);
    };
  }

  /** How they were chosen, for people. */
  public String description() {
    return switch (selection) {
      case Selection.Everything _ -> "nothing tells which are applied";
      case Selection.Since(String version) -> "since " + version;
      case Selection.NotListed(String file, Set<String> applied) ->
          applied.size() + " applied, " + file;
      case Selection.NotTracked(var table, Set<String> applied) ->
          applied.size() + " applied, " + table;
      case Selection.Configured(String file, var table, Set<String> applied) ->
          applied.size() + " applied, " + table + " by " + file;
    };
  }

  private static PendingSet since(MigrationFolder folder, Selection selection, String version) {
    Comparator<String> order = folder.tool().versionOrder();
    List<MigrationFile> pending =
        folder.files().stream()
            .filter(file -> order.compare(file.version(), version) >= 0)
            .toList();
    if (pending.isEmpty()) {
      refuseOtherSpelling(folder, version);
    }
    return new PendingSet(selection, pending, List.of(), List.of());
  }

  /** A version that no file has reached as a number is one to come, and leaves nothing. */
  private static void refuseOtherSpelling(MigrationFolder folder, String version) {
    folder.files().stream()
        .map(MigrationFile::version)
        .filter(_ -> NumericVersions.isVersion(version))
        .filter(NumericVersions::isVersion)
        .filter(other -> NumericVersions.ORDER.compare(other, version) >= 0)
        .min(NumericVersions.ORDER)
        .ifPresent(
            meant -> {
              throw new UsageProblem(
                  "--since "
                      + version
                      + " selects no migration: "
                      + folder.tool().id()
                      + " compares versions as strings, and so "
                      + meant
                      + " comes before it",
                  "write it as the files do: --since " + meant);
            });
  }

  private static PendingSet without(
      MigrationFolder folder, Selection selection, Set<String> applied) {
    Comparator<String> order = folder.tool().versionOrder();
    // In the order of the tool 142 and 0142 may be the same version.
    Set<String> recorded = new TreeSet<>(order);
    recorded.addAll(applied);
    Set<String> present = new TreeSet<>(order);
    folder.files().forEach(file -> present.add(file.version()));
    List<MigrationFile> pending =
        folder.files().stream().filter(file -> !recorded.contains(file.version())).toList();
    List<String> outOfOrder =
        applied.stream()
            .max(order)
            .map(
                newest ->
                    pending.stream()
                        .map(MigrationFile::version)
                        .filter(version -> order.compare(version, newest) < 0)
                        .toList())
            .orElse(List.of());
    List<String> gone =
        applied.stream().filter(version -> !present.contains(version)).sorted(order).toList();
    return new PendingSet(selection, pending, gone, outOfOrder);
  }
}
