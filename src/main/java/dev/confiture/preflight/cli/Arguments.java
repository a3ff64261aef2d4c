package dev.confiture.preflight.cli;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.Options;
import dev.confiture.preflight.SchemaOrigin;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.migrations.tools.Locations;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.rehearsal.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParseResult;

/** Reads the options of the pipeline from the arguments of a call. */
final class Arguments {

  private static final List<Option<?>> OF_PRODUCTION =
      List.of(Option.EXCLUDE_SCHEMAS, Option.DATA_TABLES, Option.SOURCE_TIMEOUT);

  /** Options that mean nothing where the files alone are checked; they are not ignored there. */
  private static final List<Option<?>> OF_A_REHEARSAL =
      List.of(
          Option.SINCE,
          Option.APPLIED_FROM,
          Option.CONFIG,
          Option.ENV,
          Option.ISOLATION,
          Option.ALLOW_NON_TRANSACTIONAL,
          Option.RUN_AS,
          Option.RUN_AS_SUPERUSER,
          Option.SETTING,
          Option.POSTGRES_BIN);

  private final ParseResult parsed;
  private final Map<String, String> environment;

  Arguments(ParseResult parsed, Map<String, String> environment) {
    this.parsed = parsed;
    this.environment = environment;
    refuseRepeated();
  }

  /** Refuses an option that is given twice: picocli sees none in a group. */
  private void refuseRepeated() {
    for (OptionSpec matched : parsed.matchedOptions()) {
      if (!matched.isMultiValue() && matched.stringValues().size() > 1) {
        throw new OverwrittenOptionException(
            parsed.commandSpec().commandLine(),
            matched,
            "option '" + matched.longestName() + "' should be specified only once");
      }
    }
  }

  /** Returns the value that was given. */
  <T> Optional<T> find(Option<T> option) {
    if (!has(option)) {
      return Optional.empty();
    }
    OptionSpec matched = parsed.matchedOption(option.name());
    return Optional.of(
        option.parse(
            option.isFlag() ? "true" : String.join(option.separator(), matched.stringValues())));
  }

  /** Returns the value that was given, else the default. */
  <T> T get(Option<T> option) {
    return find(option).orElseGet(option::defaultValue);
  }

  boolean showsExitCode() {
    return parsed.hasMatchedOption(Usage.SHOW_EXIT_CODE);
  }

  /** Returns true if there is a schema to rehearse on; otherwise the files alone are checked. */
  boolean hasSchema() {
    return has(Option.SOURCE)
        || has(Option.SCHEMA_FILE)
        || has(Option.FROM_EMPTY)
        || has(Option.AGAINST);
  }

  /**
   * Returns the options of the pipeline.
   *
   * @throws UsageProblem if the arguments contradict each other, or one means nothing here
   */
  Options options() {
    check();
    return new Options(
        schema(),
        new Options.Where(
            new Options.Server(
                find(Option.AGAINST).map(url -> url.completedBy(environment)),
                get(Option.SANDBOX_DISPOSABLE),
                find(Option.POSTGRES_BIN),
                Duration.ZERO),
            get(Option.ISOLATION),
            get(Option.ALLOW_NON_TRANSACTIONAL),
            new Options.Role(
                find(Option.RUN_AS),
                get(Option.RUN_AS_SUPERUSER),
                find(Option.SETTING).orElse(Map.of()))),
        new Options.Which(
            folder(),
            get(Option.TOOL),
            find(Option.SINCE),
            find(Option.APPLIED_FROM),
            configuration(),
            new Tool.Told(
                find(Option.PLACEHOLDER).orElse(Map.of()),
                find(Option.TOOL_OPTION).orElse(Map.of())),
            !get(Option.NO_PYTHON),
            true),
        new Limits(get(Option.STATEMENT_TIMEOUT), get(Option.LOCK_TIMEOUT), get(Option.TIME_LIMIT)),
        environment);
  }

  /** Returns the folder of migrations that was given, else the one that is there. */
  Path folder() {
    return find(Option.MIGRATIONS_DIR)
        .orElseGet(() -> Locations.find(Path.of(""), get(Option.TOOL)));
  }

  private Optional<SchemaOrigin> schema() {
    return find(Option.SOURCE)
        .map(url -> url.completedBy(environment))
        .<SchemaOrigin>map(this::production)
        .or(() -> find(Option.SCHEMA_FILE).map(SchemaOrigin.DumpFile::new))
        .or(() -> find(Option.FROM_EMPTY).map(_ -> new SchemaOrigin.Empty()));
  }

  private SchemaOrigin.Production production(ConnectionString url) {
    return new SchemaOrigin.Production(
        url,
        get(Option.SOURCE_TIMEOUT),
        find(Option.EXCLUDE_SCHEMAS).orElse(List.of()),
        find(Option.DATA_TABLES).orElse(List.of()));
  }

  /**
   * Returns confiture's configuration, by whichever option it is named.
   *
   * @throws UsageProblem if both name it, or the environment's name is none
   */
  Optional<Path> configuration() {
    if (has(Option.CONFIG) && has(Option.ENV)) {
      throw new UsageProblem(
          "--config and --env both name a configuration", "give one of them: --env is the shorter");
    }
    return find(Option.CONFIG).or(() -> find(Option.ENV).map(Tools::environment));
  }

  private void check() {
    String verb = parsed.matchedPositionalValue(0, "run");
    if (!verb.equals("run")) {
      throw new UsageProblem(
          "there is no command " + verb, "the only one is run: preflight --help");
    }
    if (has(Option.SOURCE) && has(Option.SCHEMA_FILE)) {
      throw new UsageProblem(
          "--source and --schema-file both tell where the schema comes from", "give one of them");
    }
    if (has(Option.FROM_EMPTY) && (has(Option.SOURCE) || has(Option.SCHEMA_FILE))) {
      throw new UsageProblem(
          "--from-empty beside "
              + (has(Option.SOURCE) ? "--source" : "--schema-file")
              + ", which tells where the schema comes from",
          "give one of them");
    }
    List<String> idle = given(OF_PRODUCTION);
    if (!has(Option.SOURCE) && !idle.isEmpty()) {
      throw new UsageProblem(
          String.join(", ", idle) + " without --source",
          "name the production database: --source URL");
    }
    List<String> meaningless = given(OF_A_REHEARSAL);
    if (!hasSchema() && !meaningless.isEmpty()) {
      throw new UsageProblem(
          "no schema to rehearse on, for " + String.join(", ", meaningless),
          "give --source URL for the production database, --schema-file FILE (from pg_dump"
              + " --schema-only), or --against URL for a database that is seeded already; without"
              + " all three, the files alone are checked");
    }
  }

  private List<String> given(List<Option<?>> options) {
    return options.stream().filter(this::has).map(Option::name).toList();
  }

  private boolean has(Option<?> option) {
    return parsed.hasMatchedOption(option.name());
  }
}
