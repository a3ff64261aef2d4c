package dev.confiture.preflight.migrations;

import dev.confiture.preflight.problem.UsageProblem;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.UndecodableText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The migrations folder: its migration files in the order in which they are deployed.
 *
 * @param tool whose files they are
 * @param files every migration file, pending or not
 * @param ignored other {@code .sql} files, by name
 */
public record MigrationFolder(Tool tool, List<MigrationFile> files, List<String> ignored) {

  public MigrationFolder {
    files = List.copyOf(files);
    ignored = List.copyOf(ignored);
  }

  /**
   * Lists a folder; not its sub-folders.
   *
   * @param tool an id, or {@code auto}
   * @throws UsageProblem if the folder is missing or holds no migration
   */
  public static MigrationFolder list(Path folder, String tool) {
    List<Path> all = listing(folder);
    Tool chosen = Tools.choose(tool, folder, all);
    List<MigrationFile> files = new ArrayList<>(chosen.discover(all));
    if (files.isEmpty()) {
      throw Tools.noMigrations(folder);
    }
    files.sort(
        Comparator.comparing(MigrationFile::version, chosen.versionOrder())
            .thenComparing(file -> file.path().toString()));
    Set<Path> migrations = files.stream().map(MigrationFile::path).collect(Collectors.toSet());
    List<String> ignored =
        all.stream()
            .filter(file -> file.toString().endsWith(".sql"))
            .filter(file -> !migrations.contains(file) && !chosen.accompanies(file))
            .map(file -> String.valueOf(file.getFileName()))
            .toList();
    return new MigrationFolder(chosen, files, ignored);
  }

  /** What accompanies a file of the folder, read. */
  public Optional<Sidecar> sidecar(MigrationFile file) {
    return tool.sidecar(file).map(Sidecar::read);
  }

  /** Reads a file of the folder. A file that cannot be read is a value too. */
  public Migration read(MigrationFile file) {
    if (!Files.isRegularFile(file.path())) {
      return unreadable(file, whatItIs(file.path()));
    }
    try {
      return new Migration(
          file,
          switch (SourceText.decode(Files.readAllBytes(file.path()))) {
            case SourceText source ->
                ConfitureTool.isPython(file.path())
                    ? new MigrationText.Python(source)
                    : new MigrationText.Sql(Script.of(source));
            case UndecodableText undecodable ->
                new MigrationText.Unreadable(
                    new Position(undecodable.line(), undecodable.column()),
                    "the file is not UTF-8: byte 0x%02X".formatted(undecodable.byteValue()));
          });
    } catch (IOException unreadable) {
      return unreadable(file, unreadable.toString());
    }
  }

  private static Migration unreadable(MigrationFile file, String reason) {
    return new Migration(
        file,
        new MigrationText.Unreadable(new Position(1, 1), "the file cannot be read: " + reason));
  }

  /**
   * What has a migration's name and is no file: its tool would stop at it, so it is not ignored.
   */
  private static String whatItIs(Path path) {
    if (Files.isDirectory(path)) {
      return "it is a folder";
    }
    if (Files.exists(path)) {
      return "it is no regular file";
    }
    return Files.isSymbolicLink(path) ? "it is a link to nothing" : "it is gone";
  }

  /** Pairs of neighbours, as sentences, whose order as strings is not their order as numbers. */
  public List<String> orderWarnings() {
    List<String> warnings = new ArrayList<>();
    for (int i = 1; i < files.size(); i++) {
      String before = files.get(i - 1).version();
      String after = files.get(i).version();
      if (NumericVersions.isVersion(before)
          && NumericVersions.isVersion(after)
          && NumericVersions.ORDER.compare(before, after) > 0) {
        warnings.add(
            tool.id()
                + " runs version "
                + before
                + " before "
                + after
                + ": it compares versions as strings, not as numbers");
      }
    }
    return warnings;
  }

  private static List<Path> listing(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UsageProblem(
          "the migrations folder " + folder + " does not exist",
          "name the folder with --migrations-dir");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException unreadable) {
      throw new UsageProblem(
          "the migrations folder " + folder + " cannot be read",
          "check its permissions",
          unreadable);
    }
  }
}
