package dev.confiture.preflight.cli;

import dev.confiture.preflight.SchemaOrigin;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.UsageProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** What to seed from. */
final class SchemaOptions {

  private static final List<String> PRODUCTION_ONLY =
      List.of("--exclude-schemas", "--data-tables", "--source-timeout");

  @Option(
      names = "--source",
      paramLabel = "URL",
      converter = ConnectionStrings.class,
      description =
          "the production database, which is only read: pg_dump takes its schema, its tracking"
              + " table tells what is applied")
  Optional<ConnectionString> source = Optional.empty();

  @Option(
      names = "--schema-file",
      paramLabel = "FILE",
      description =
          "a plain pg_dump of production's schema, or any SQL script, in place of --source; without"
              + " both, the schema is what --against holds, and without all three the files alone"
              + " are checked")
  Optional<Path> file = Optional.empty();

  @Option(
      names = "--exclude-schemas",
      paramLabel = "NAMES",
      split = ",",
      hideParamSyntax = true,
      description = "schemas of --source to leave out, between commas, as pg_dump -N takes them")
  List<String> excluded = List.of();

  @Option(
      names = "--data-tables",
      paramLabel = "NAMES",
      split = ",",
      hideParamSyntax = true,
      description =
          "small tables of --source whose rows the migrations need, between commas, as pg_dump -t"
              + " takes them")
  List<String> data = List.of();

  boolean isGiven() {
    return source.isPresent() || file.isPresent();
  }

  Optional<SchemaOrigin> origin(Map<String, String> environment, Duration timeout) {
    return source
        .<SchemaOrigin>map(
            url ->
                new SchemaOrigin.Production(
                    url.completedBy(environment), timeout, names(excluded), names(data)))
        .or(() -> file.map(SchemaOrigin.DumpFile::new));
  }

  /** Refuses a command line that names two origins, or tells how to read one that it lacks. */
  void check(ParseResult parsed) {
    if (source.isPresent() && file.isPresent()) {
      throw new UsageProblem(
          "--source and --schema-file both tell where the schema comes from", "give one of them");
    }
    List<String> idle =
        source.isPresent()
            ? List.of()
            : PRODUCTION_ONLY.stream().filter(parsed::hasMatchedOption).toList();
    if (!idle.isEmpty()) {
      throw new UsageProblem(
          String.join(", ", idle) + " without --source",
          "name the production database: --source URL");
    }
  }

  private static List<String> names(List<String> written) {
    return written.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
  }
}
