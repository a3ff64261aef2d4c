package dev.confiture.preflight.cli;

import dev.confiture.preflight.findings.FailOn;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is printed, where, and with which exit code. */
final class OutputOptions {

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = "table or json (default: ${DEFAULT-VALUE})")
  Format format = Format.TABLE;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write the report there in --format; stdout then gets the table")
  Optional<Path> file = Optional.empty();

  @Option(
      names = "--fail-on",
      paramLabel = "VERDICT",
      description =
          "failed, unverified or never: from where on to end with 1 (default: ${DEFAULT-VALUE})")
  FailOn failOn = FailOn.UNVERIFIED;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "auto, always or never (default: ${DEFAULT-VALUE})")
  Colour colour = Colour.AUTO;

  @Option(names = "--stacktrace", description = "show where in the program an error arose")
  boolean stacktrace;

  @Option(names = "--show-exit-code", hidden = true)
  boolean showExitCode;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "print the version")
  boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "print this help")
  boolean help;
}
