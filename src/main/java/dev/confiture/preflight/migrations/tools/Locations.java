package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the folder of migrations where the user names none: tools have their usual places. */
public final class Locations {

  /** The place that is meant where none is there. */
  private static final String FIRST = "db/migrations";

  /** A plan of sqitch's, which marks the root itself: any file may lie there beside it. */
  private static final String PLAN = "sqitch.plan";

  /** A folder of any project, unless it is that of MyBatis Migrations. */
  private static final String SCRIPTS = "scripts";

  /** Relative to the root of a repository. */
  private static final List<String> USUAL =
      List.of(
          FIRST,
          "migrations",
          "db/migrate",
          "db/migration",
          "src/main/resources/db/migration",
          "src/main/resources/db/changelog",
          "db/changelog",
          "prisma/migrations",
          "supabase/migrations",
          "drizzle",
          "migrations/default",
          "alembic/versions",
          "migrations/versions",
          "priv/repo/migrations",
          "database/migrations",
          "sql/migrations",
          "sqitch",
          SCRIPTS,
          "migrations/" + SCRIPTS,
          ".");

  private Locations() {}

  /**
   * Returns the one usual place where a tool finds migrations; the first one where none does, so
   * that its reader says what is missing.
   *
   * @param base the folder that places start from
   * @param tool a tool's id, or {@code auto}
   * @throws UsageProblem if several places have some
   */
  public static Path find(Path base, String tool) {
    // A configuration may name several: all of them are one deployment's.
    List<Path> configured = FlywaySettings.locations(base);
    List<Path> found =
        Stream.concat(
                configured.stream().limit(1),
                USUAL.stream()
                    .map(base::resolve)
                    .map(Path::normalize)
                    .filter(folder -> !configured.contains(folder)))
            .filter(folder -> isThere(base, folder))
            .filter(folder -> Tools.findsMigrations(folder, tool))
            .toList();
    if (found.size() > 1) {
      throw new UsageProblem(
          "several folders hold migrations: "
              + found.stream().map(Path::toString).collect(Collectors.joining(", ")),
          "name the one that is deployed with --migrations-dir");
    }
    // Where all that is there is code, its reader says so.
    return found.stream()
        .findFirst()
        .or(
            () ->
                USUAL.stream()
                    .map(base::resolve)
                    .map(Path::normalize)
                    .filter(folder -> isThere(base, folder))
                    .filter(CodeTool::isThere)
                    .findFirst())
        .orElseGet(() -> base.resolve(FIRST));
  }

  private static boolean isThere(Path base, Path folder) {
    return folder.equals(base.normalize())
        ? Files.isRegularFile(folder.resolve(PLAN))
        : Files.isDirectory(folder) && (!folder.endsWith(SCRIPTS) || MyBatis.isProject(folder));
  }
}
