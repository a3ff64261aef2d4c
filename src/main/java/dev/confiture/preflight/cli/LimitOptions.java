package dev.confiture.preflight.cli;

import dev.confiture.preflight.SchemaOrigin;
import dev.confiture.preflight.rehearsal.Limits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long things may take. */
final class LimitOptions {

  @Option(
      names = "--statement-timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "for one statement (default: 60s)")
  Duration statement = Limits.DEFAULT.statement();

  @Option(
      names = "--lock-timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "for waiting on one lock (default: 5s)")
  Duration lock = Limits.DEFAULT.lock();

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "for the whole rehearsal (default: 10min)")
  Duration total = Limits.DEFAULT.total();

  @Option(
      names = "--source-timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "for everything that is done on production (default: 60s)")
  Duration source = SchemaOrigin.Production.DEFAULT_TIMEOUT;

  Limits limits() {
    return new Limits(statement, lock, total);
  }
}
