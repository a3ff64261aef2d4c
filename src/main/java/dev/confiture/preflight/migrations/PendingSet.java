package dev.confiture.preflight.migrations;

import dev.confiture.preflight.problem.UsageProblem;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
   * @throws UsageProblem if a version that is named selects nothing for its missing zeros
   */
  public static PendingSet of(MigrationFolder folder, Selection selection) {
    return switch (selection) {
      case Selection.Everything _ ->
          new PendingSet(selection, folder.files(), List.of(), List.of());
      case Selection.Since(String version) ->
          new PendingSet(selection, since(folder, version), List.of(), List.of());
      case Selection.NotListed(_, Set<String> applied) -> without(folder, selection, applied);
      case Selection.NotTracked(_, Set<String> applied) -> without(folder, selection, applied);
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
    };
  }

  private static List<MigrationFile> since(MigrationFolder folder, String version) {
    Comparator<String> order = folder.convention().versionOrder();
    List<MigrationFile> selected =
        folder.files().stream()
            .filter(file -> order.compare(file.version(), version) >= 0)
            .toList();
    Optional<String> later =
        folder.files().stream()
            .map(MigrationFile::version)
            .filter(each -> NumericVersions.ORDER.compare(each, version) >= 0)
            .findFirst();
    if (selected.isEmpty() && later.isPresent()) {
      throw new UsageProblem(
          "--since "
              + version
              + " selects no file: this convention compares versions as text, in which all come"
              + " before it",
          "write the version as the files have it, for example " + later.get());
    }
    return selected;
  }

  private static PendingSet without(
      MigrationFolder folder, Selection selection, Set<String> applied) {
    Comparator<String> order = folder.convention().versionOrder();
    // In the order of the convention 142 and 0142 may be the same version.
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
