package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confiture.preflight.recording.TeamCommand;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real frameworks run the migrations of small projects, and one call reports all that fail: {@code
 * code/README.md} says what the projects are.
 *
 * <p>{@code -Dpreflight.live.code=FOLDER} is where the packages of the projects are installed that
 * come by npm, in a folder of the project's name. With {@code -Dpreflight.live.required=true} a
 * framework that is not on this machine is a failure, else it is skipped.
 */
final class CodeFrameworksTest {

  private static final Path PROJECTS = Path.of("src/test/resources/code");

  private static final Path PACKAGES = Path.of(System.getProperty("preflight.live.code", "none"));

  @TempDir private static Path scratch;

  /**
   * A project.
   *
   * @param name its folder
   * @param probe a command that ends well where the framework is installed
   * @param command what a deployment runs
   * @param variables of the command's environment
   */
  record Project(
      String name, List<String> probe, List<String> command, Map<String, String> variables) {
    @Override
    public String toString() {
      return name + variables;
    }
  }

  static Stream<Project> projects() {
    return Stream.of(
        new Project(
            "django",
            List.of("env", "python3", "-c", "import django, psycopg2"),
            List.of("python3", "manage.py", "migrate"),
            Map.of()),
        new Project(
            "alembic",
            List.of("alembic", "--version"),
            List.of("alembic", "upgrade", "head"),
            Map.of()),
        new Project(
            "alembic",
            List.of("alembic", "--version"),
            List.of("alembic", "upgrade", "head"),
            Map.of("PER_MIGRATION", "1")),
        new Project(
            "rails",
            List.of("ruby", "-e", "gem 'railties'; require 'active_record'; require 'pg'"),
            List.of("bin/rails", "db:migrate"),
            Map.of()),
        new Project(
            "knex",
            List.of(program("knex", "knex"), "--version"),
            List.of("node_modules/.bin/knex", "migrate:latest"),
            Map.of()),
        new Project(
            "typeorm",
            List.of(program("typeorm", "typeorm"), "--help"),
            List.of(
                "node_modules/.bin/typeorm",
                "migration:run",
                "-d",
                "data-source.js",
                "--transaction",
                "each"),
            Map.of()));
  }

  private static String program(String project, String name) {
    return PACKAGES.resolve(project).resolve("node_modules/.bin").resolve(name).toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("projects")
  void reportsAllThatFailsInOneCall(Project project) throws IOException, InterruptedException {
    Path folder = copy(project);
    Report report = exec(project, Options.of(folder).withSchemaFile(folder.resolve("schema.sql")));
    ObjectMapper json = new ObjectMapper();
    GoldenCase.compare(
        "",
        json.readTree(folder.resolve("expected.json").toFile()),
        json.readTree(JsonReport.write(report)).path("against"));
  }

  /** Alembic's one transaction for all is committed by a migration that builds an index in none. */
  @Test
  void runsAWholeHistory() throws IOException, InterruptedException {
    Project alembic =
        projects()
            .filter(project -> project.name().equals("alembic") && project.variables().isEmpty())
            .findFirst()
            .orElseThrow();
    Report report = exec(alembic, Options.of(copy(alembic)).fromEmpty());
    // What drift refuses in production passes.
    assertEquals(new Report.Counts(10, 1, 1, 0, 0), report.counts());
  }

  private static Report exec(Project project, Options options)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    // The frameworks are those of the system's packages.
    environment.merge("PATH", "", (path, _) -> "/usr/bin:" + path);
    if (!isInstalled(project, environment)) {
      assertFalse(Boolean.getBoolean("preflight.live.required"), project + " is not installed");
      assumeTrue(false, project + " is not installed");
    }
    return Preflight.rehearse(
        options
            .with(environment)
            .with(
                new TeamCommand(
                    project.command(),
                    project.variables(),
                    Optional.empty(),
                    options.which().folder())));
  }

  private static boolean isInstalled(Project project, Map<String, String> environment)
      throws InterruptedException {
    ProcessBuilder probe =
        new ProcessBuilder(project.probe())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    probe.environment().putAll(environment);
    try {
      return probe.start().waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  private static Path copy(Project project) throws IOException {
    Path from = PROJECTS.resolve(project.name());
    Path to = Files.createTempDirectory(scratch, project.name());
    // A repository of its own: a project's files are looked for up to there.
    Files.createDirectory(to.resolve(".git"));
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.resolveSibling(""));
        Files.copy(file, copy);
        copy.toFile().setExecutable(Files.isExecutable(file));
      }
    }
    Path packages = PACKAGES.resolve(project.name()).resolve("node_modules").toAbsolutePath();
    if (Files.isDirectory(packages)) {
      Files.createSymbolicLink(to.resolve("node_modules"), packages);
    }
    return to;
  }
}
