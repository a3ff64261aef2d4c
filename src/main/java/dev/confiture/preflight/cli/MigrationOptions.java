package dev.confiture.preflight.cli;

import dev.confiture.preflight.Options;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.problem.UsageProblem;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which migrations, and how the team's tool runs them. */
final class MigrationOptions {

  @Option(
      names = "--migrations-dir",
      paramLabel = "DIR",
      description = "the folder with the migration files (default: ${DEFAULT-VALUE})")
  Path folder = Path.of("db/migrations");

  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description =
          "auto, confiture or plain: how the team's tool runs them (default: ${DEFAULT-VALUE})")
  String convention = Tools.AUTO;

  @Option(
      names = "--since",
      paramLabel = "VERSION",
      converter = Text.class,
      description = "rehearse this version and later ones")
  Optional<String> since = Optional.empty();

  @Option(
      names = "--applied-from",
      paramLabel = "FILE",
      description = "a file with the applied versions, one a line; --since wins over it")
  Optional<Path> appliedFrom = Optional.empty();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "confiture's configuration: its database tells what is applied")
  Optional<Path> config = Optional.empty();

  @Option(
      names = "--env",
      paramLabel = "NAME",
      converter = Text.class,
      description = "short for --config db/environments/NAME.yaml")
  Optional<String> environment = Optional.empty();

  @Option(
      names = "--no-python",
      description = "skip Python migrations; otherwise python3 records their SQL")
  boolean withoutPython;

  Options.Which which() {
    return new Options.Which(
        folder, convention, since, appliedFrom, configuration(), !withoutPython, true);
  }

  /**
   * The configuration, by whichever option.
   *
   * @throws UsageProblem if it is named by both, or the environment's name is none
   */
  Optional<Path> configuration() {
    if (config.isPresent() && environment.isPresent()) {
      throw new UsageProblem(
          "--config and --env both name a configuration", "give one of them: --env is the shorter");
    }
    return config.or(() -> environment.map(Tools::environment));
  }
}
