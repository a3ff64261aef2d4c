package dev.confiture.preflight.cli;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.Options;
import dev.confiture.preflight.SchemaOrigin;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.migrations.tools.Locations;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.recording.TeamCommand;
import dev.confiture.preflight.rehearsal.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads the options of the pipeline from the arguments of a call. */
final class Arguments {

  private static final String RUN = "run";
  private static final String EXEC = "exec";

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

  /** Options that mean nothing where the team's own command knows its migrations. */
  private static final List<Option<?>> OF_FILES =
      List.of(
          Option.TOOL,
          Option.TOOL_OPTION,
          Option.PLACEHOLDER,
          Option.SINCE,
          Option.APPLIED_FROM,
          Option.CONFIG,
          Option.ISOLATION,
          Option.ALLOW_NON_TRANSACTIONAL,
          Option.NO_PYTHON);

  private final ParseResult parsed;
  private final Map<String, String> environment;

  Arguments(ParseResult parsed, Map<String, String> environment) {
    this.parsed = parsed;
    this.environment = environment;
    refuseRepeated();
    refuseFurther();
  }

  /** Refuses a word behind run, as picocli does. */
  private void refuseFurther() {
    List<String> words = words();
    if (words.size() > 1 && !isExec()) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(),
          "Unmatched argument at index 1: '" + words.get(1) + "'");
    }
  }

  /** Refuses an option that is given twice: picocli sees none in a group. */
  private void refuseRepeated() {
    for (OptionSpec matched : parsed.matchedOptions()) {
      boolean variables = isExec() && matched.longestName().equals(Option.ENV.name());
      if (!variables && !matched.isMultiValue() && matched.stringValues().size() > 1) {
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
    Options files = ofFiles();
    return isExec() ? files.with(command()) : files;
  }

  /** Returns true if the team's own command is to run. */
  boolean isExec() {
    return words().stream().findFirst().filter(EXEC::equals).isPresent();
  }

  private List<String> words() {
    return parsed.matchedPositionalValue(0, List.of());
  }

  private TeamCommand command() {
    List<String> words = words().subList(1, words().size());
    if (words.isEmpty()) {
      throw new UsageProblem(
          "exec runs a command, and none is named",
          "write it behind --, as it is run in a deployment: preflight exec --schema-file prod.sql"
              + " -- bin/rails db:migrate");
    }
    return new TeamCommand(words, variables(), find(Option.FRAMEWORK), Path.of(""));
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    List<String> given =
        has(Option.ENV) ? parsed.matchedOption(Option.ENV.name()).stringValues() : List.of();
    for (String each : given) {
      int equals = each.indexOf('=');
      if (equals <= 0) {
        throw new UsageProblem(
            "--env " + each + " is no variable of a command",
            "write --env NAME=VALUE, for example --env APP_DATABASE={url}");
      }
      variables.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return variables;
  }

  private Options ofFiles() {
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
        .or(() -> isExec() ? Optional.of(Path.of(".")) : Optional.empty())
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
    if (has(Option.CONFIG) && has(Option.ENV) && !isExec()) {
      throw new UsageProblem(
          "--config and --env both name a configuration", "give one of them: --env is the shorter");
    }
    return find(Option.CONFIG)
        .or(() -> isExec() ? Optional.empty() : find(Option.ENV).map(Tools::environment));
  }

  private void check() {
    List<String> words = words();
    if (!words.isEmpty() && !isExec() && !words.equals(List.of(RUN))) {
      throw new UsageProblem(
          "there is no command " + words.getFirst(),
          "the commands are run and exec: preflight --help");
    }
    if (isExec() && (!hasSchema() || has(Option.AGAINST))) {
      throw new UsageProblem(
          has(Option.AGAINST)
              ? "exec with --against: what a command sends is read from the log of a server of our"
                  + " own"
              : "no schema for exec to run the command on",
          has(Option.AGAINST)
              ? "leave out --against"
              : "give --source URL, --schema-file FILE (from pg_dump --schema-only), or"
                  + " --from-empty");
    }
    List<String> ofFiles = given(OF_FILES);
    if (isExec() && !ofFiles.isEmpty()) {
      throw new UsageProblem(
          String.join(", ", ofFiles)
              + " with exec: the command itself knows its migrations, and looks up in the clone which"
              + " are applied",
          "leave it out; the rows of the framework's table belong into the schema file");
    }
    if (!isExec() && has(Option.FRAMEWORK)) {
      throw new UsageProblem(
          "--framework without exec", "write preflight exec … -- COMMAND, or leave it out");
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
