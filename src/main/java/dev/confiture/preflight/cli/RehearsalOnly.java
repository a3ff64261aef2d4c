package dev.confiture.preflight.cli;

import dev.confiture.preflight.problem.UsageProblem;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** The options that mean nothing where only the files are checked; they are not ignored there. */
final class RehearsalOnly {

  private static final List<String> OPTIONS =
      List.of(
          "--since",
          "--applied-from",
          "--config",
          "--env",
          "--isolation",
          "--allow-non-transactional",
          "--run-as",
          "--postgres-bin");

  private RehearsalOnly() {}

  /** Refuses a command line that names one of them. */
  static void refuseIn(ParseResult parsed) {
    List<String> given = OPTIONS.stream().filter(parsed::hasMatchedOption).toList();
    if (!given.isEmpty()) {
      throw new UsageProblem(
          "no schema to rehearse on, for " + String.join(", ", given),
          "give --source URL for the production database, --schema-file FILE (from pg_dump"
              + " --schema-only), or --against URL for a database that is seeded already; without"
              + " all three, the files alone are checked");
    }
  }
}
