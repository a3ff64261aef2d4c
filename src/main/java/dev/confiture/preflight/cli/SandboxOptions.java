package dev.confiture.preflight.cli;

import dev.confiture.preflight.postgres.ConnectionString;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where to rehearse. */
final class SandboxOptions {

  @Option(
      names = {"--against", "--sandbox"},
      paramLabel = "URL",
      converter = ConnectionStrings.class,
      description = "the PostgreSQL to rehearse on; without it, a throwaway one is started")
  Optional<ConnectionString> against = Optional.empty();

  @Option(
      names = "--isolation",
      paramLabel = "KIND",
      description = "auto or clone: migrate a throwaway database (default: ${DEFAULT-VALUE})")
  Isolation isolation = Isolation.AUTO;

  @Option(
      names = "--run-as",
      paramLabel = "ROLE",
      converter = Text.class,
      description =
          "the role that migrates; without it, the owner of the tracking table or of most tables")
  Optional<String> runAs = Optional.empty();

  @Option(
      names = "--postgres-bin",
      paramLabel = "DIR",
      description = "the folder with the server programs for the throwaway PostgreSQL")
  Optional<Path> binaries = Optional.empty();
}
