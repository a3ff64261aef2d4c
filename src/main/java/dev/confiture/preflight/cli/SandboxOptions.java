package dev.confiture.preflight.cli;

import dev.confiture.preflight.Options;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.sandbox.Isolation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
      description =
          "clone: migrate a throwaway database; savepoint: one transaction, rolled back; auto: a"
              + " clone where the user may make one (default: ${DEFAULT-VALUE})")
  Isolation isolation = Isolation.AUTO;

  @Option(
      names = "--allow-non-transactional",
      description =
          "only for savepoint isolation: run what cannot run in a transaction; this consumes the"
              + " database")
  boolean allowNonTransactional;

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

  Options.Where where(Map<String, String> environment) {
    return new Options.Where(
        against.map(url -> url.completedBy(environment)),
        isolation,
        allowNonTransactional,
        runAs,
        binaries,
        Duration.ZERO);
  }
}
