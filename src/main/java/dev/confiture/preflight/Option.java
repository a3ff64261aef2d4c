package dev.confiture.preflight;

import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.TimeSpan;
import dev.confiture.preflight.recording.TeamCommand;
import dev.confiture.preflight.sandbox.Isolation;
import dev.confiture.preflight.verdict.FailOn;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An option, declared once: the command line, the inputs of the Action, {@code action.yml}, the
 * README and docs/command-line.md follow from {@link #GROUPS}, or are compared with it by a test.
 *
 * <p>Read a row as: names on the command line, name of the input, type, default, meaning. An empty
 * name means that this edge does not have the option; an empty default, that there is none.
 *
 * @param <T> the type of its value
 */
public final class Option<T> {

  /** The form of the report on standard output. */
  public enum Format {
    TABLE,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The cases in which the terminal report is coloured. */
  public enum Color {
    AUTO,
    ALWAYS,
    NEVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The end of a step that has neither a source nor a schema file. */
  public enum OnMissingSource {
    FAIL,
    SKIP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Type<String> TEXT = new Type<>(Option::text);
  private static final Type<Path> PATH = new Type<>(Option::path);
  private static final Type<ConnectionString> URL = new Type<>(ConnectionString::parse);
  private static final Type<Duration> TIME = new Type<>(TimeSpan::parse);
  private static final Type<List<String>> NAMES = new Type<>(Option::names);
  private static final Type<Map<String, String>> SETTINGS = new Type<>(Option::settings);
  private static final Type<Boolean> FLAG = new Type<>(Option::flag);
  private static final Type<String> TOOL_NAME =
      new Type<>(value -> word(value, Tools.ids(), Function.identity()));

  public static final Option<ConnectionString> SOURCE =
      of(
          "--source URL",
          "source_url",
          URL,
          "",
          "the production database, which is only read: pg_dump takes its schema, its ledger"
              + " (the tool's tracking table) tells what is applied");

  public static final Option<String> SOURCE_PASSWORD =
      of(
          "",
          "source_password",
          TEXT,
          "",
          "its password, where source_url holds none: a token need not be encoded here");

  public static final Option<Path> SOURCE_CA_FILE =
      of(
          "",
          "source_ca_file",
          PATH,
          "",
          "the certificate authority that the source's certificate must be signed by");

  public static final Option<Path> SCHEMA_FILE =
      of(
              "--schema-file FILE",
              "schema_file",
              PATH,
              "",
              "a plain pg_dump of production's schema, or any SQL script, in place of --source;"
                  + " without both, the schema is what --against holds, and without all three the"
                  + " files alone are checked")
          .inAction(
              "a plain pg_dump of production's schema, or any SQL script, in place of source_url");

  public static final Option<Boolean> FROM_EMPTY =
      of(
          "--from-empty",
          "from_empty",
          FLAG,
          "false",
          "rehearse the whole history on an empty database, in place of --source and"
              + " --schema-file");

  public static final Option<List<String>> EXCLUDE_SCHEMAS =
      of(
          "--exclude-schemas NAMES",
          "exclude_schemas",
          NAMES,
          "",
          "schemas of production to leave out, between commas, as pg_dump -N takes them");

  public static final Option<List<String>> DATA_TABLES =
      of(
          "--data-tables NAMES",
          "data_tables",
          NAMES,
          "",
          "small tables of production whose rows the migrations need, between commas, as pg_dump -t"
              + " takes them");

  public static final Option<OnMissingSource> ON_MISSING_SOURCE =
      of(
          "",
          "on_missing_source",
          words(OnMissingSource.class),
          "fail",
          "fail or skip: without a source in a pull request from a fork, or of Dependabot's; elsewhere"
              + " an empty source is an error");

  public static final Option<ConnectionString> AGAINST =
      of(
              "--against URL, --sandbox",
              "sandbox_url",
              URL,
              "",
              "the external server to rehearse on, a PostgreSQL of yours; without it, a throwaway one"
                  + " is started")
          .inAction(
              "the external server to rehearse on, such as a service container; without it, the"
                  + " PostgreSQL inside the action's image is started");

  public static final Option<Isolation> ISOLATION =
      of(
          "--isolation KIND",
          "isolation",
          words(Isolation.class),
          "auto",
          "clone: migrate a throwaway database; savepoint: one transaction, rolled back; auto: a"
              + " clone where the user may make one");

  public static final Option<Boolean> ALLOW_NON_TRANSACTIONAL =
      of(
          "--allow-non-transactional",
          "allow_non_transactional",
          FLAG,
          "false",
          "only for savepoint isolation: run what cannot run in a transaction; this consumes the"
              + " database");

  public static final Option<String> RUN_AS =
      of(
          "--run-as ROLE",
          "run_as",
          TEXT,
          "",
          "the role that migrates; without it, the owner of the ledger or of most tables");

  public static final Option<Boolean> RUN_AS_SUPERUSER =
      of(
          "--run-as-superuser",
          "run_as_superuser",
          FLAG,
          "false",
          "production deploys as a superuser, and so does the sandbox: migrations may do there"
              + " whatever its server may");

  public static final Option<Boolean> SANDBOX_DISPOSABLE =
      of(
          "--sandbox-disposable",
          "sandbox_disposable",
          FLAG,
          "false",
          "the server of --against is thrown away afterwards: --run-as-superuser may hold there"
              + " too");

  public static final Option<Map<String, String>> SETTING =
      of(
              "--setting NAME=VALUE",
              "settings",
              SETTINGS,
              "",
              "a setting that production's database or migration role has, for example"
                  + " search_path=app,public; repeated for more")
          .inAction(
              "settings that production's database or migration role has, one a line, for example"
                  + " search_path=app,public");

  public static final Option<Path> POSTGRES_BIN =
      of(
          "--postgres-bin DIR",
          "",
          PATH,
          "",
          "the folder with the server programs for the throwaway PostgreSQL");

  public static final Option<Path> WORKING_DIRECTORY =
      of("", "working_directory", PATH, "", "the folder below the workspace that paths start from");

  public static final Option<Path> MIGRATIONS_DIR =
      of(
          "--migrations-dir DIR",
          "migrations_dir",
          PATH,
          "",
          "the folder with the migration files; without it, the one that is there: db/migrations,"
              + " migrations, src/main/resources/db/migration, prisma/migrations and the like");

  public static final Option<String> TOOL =
      of(
          "--tool NAME, --convention",
          "tool",
          TOOL_NAME,
          Tools.AUTO,
          "auto, or the tool that runs the migrations in production, such as flyway or goose: each"
              + " is named in docs/tools.md");

  public static final Option<String> CONVENTION =
      of("", "convention", TOOL_NAME, "", "another name of tool");

  public static final Option<Map<String, String>> TOOL_OPTION =
      of(
              "--tool-option NAME=VALUE",
              "tool_options",
              SETTINGS,
              "",
              "an option with which the tool is run in production, where it changes what is run, for"
                  + " example x-multi-statement=true; repeated for more")
          .inAction(
              "the options with which the tool is run in production, where they change what is run,"
                  + " one a line, for example x-multi-statement=true");

  public static final Option<Map<String, String>> PLACEHOLDER =
      of(
              "--placeholder NAME=VALUE",
              "placeholders",
              SETTINGS,
              "",
              "the value of a placeholder in the files, where the tool replaces such; repeated for"
                  + " more")
          .inAction(
              "the values of placeholders in the files, where the tool replaces such, one a line:"
                  + " NAME=VALUE");

  public static final Option<String> SINCE =
      of("--since VERSION", "since", TEXT, "", "rehearse this version and later ones")
          .inAction("rehearse this version and later ones; quote it: \"0142\"");

  public static final Option<Path> APPLIED_FROM =
      of(
          "--applied-from FILE",
          "applied_from",
          PATH,
          "",
          "a file with the applied versions, one a line; --since wins over it");

  public static final Option<Path> CONFIG =
      of(
          "--config FILE, -c",
          "confiture_config",
          PATH,
          "",
          "confiture's configuration: its database tells what is applied");

  public static final Option<String> ENV =
      of(
              "--env NAME",
              "confiture_env",
              TEXT,
              "",
              "short for --config: db/environments/NAME.yaml; for exec, NAME=VALUE is a variable of"
                  + " the command's, in which {url} stands for the clone's: repeated for more")
          .inAction("short for confiture_config: db/environments/NAME.yaml");

  public static final Option<String> FRAMEWORK =
      of(
          "--framework NAME",
          "",
          new Type<>(value -> word(value, TeamCommand.frameworks(), Function.identity())),
          "",
          "for exec: the framework whose migrations the command runs, where the project's files do"
              + " not tell it: "
              + String.join(", ", TeamCommand.frameworks()));

  public static final Option<Boolean> NO_PYTHON =
      of(
          "--no-python",
          "",
          FLAG,
          "false",
          "leave Python migrations unverified; otherwise python3 records their SQL");

  public static final Option<Boolean> PYTHON =
      of(
          "",
          "python",
          FLAG,
          "false",
          "execute Python migrations to record their SQL; never with a source");

  public static final Option<Duration> STATEMENT_TIMEOUT =
      of("--statement-timeout TIME", "statement_timeout", TIME, "60s", "for one statement");

  public static final Option<Duration> LOCK_TIMEOUT =
      of("--lock-timeout TIME", "lock_timeout", TIME, "5s", "for waiting on one lock");

  public static final Option<Duration> TIME_LIMIT =
      of(
          "--time-limit TIME",
          "time_limit",
          TIME,
          "10min",
          "for the whole run, up to its last migration");

  public static final Option<Duration> SOURCE_TIMEOUT =
      of(
          "--source-timeout TIME",
          "source_timeout",
          TIME,
          "60s",
          "for everything that is done on production");

  public static final Option<Format> FORMAT =
      of("--format FORMAT, -f", "", words(Format.class), "table", "table or json");

  public static final Option<Path> OUTPUT =
      of(
          "--output FILE, -o",
          "",
          PATH,
          "",
          "write the report there in --format; stdout then gets the table");

  public static final Option<FailOn> FAIL_ON =
      of(
              "--fail-on VERDICT",
              "fail_on",
              words(FailOn.class),
              "unverified",
              "failed, unverified or never: from where on to end with 1")
          .inAction("failed, unverified or never: from where on the step fails");

  public static final Option<Color> COLOR =
      of("--color WHEN", "", words(Color.class), "auto", "auto, always or never");

  public static final Option<Boolean> ANNOTATIONS =
      of("", "annotations", FLAG, "true", "show failures on the lines of the pull request");

  public static final Option<Boolean> SUMMARY =
      of("", "summary", FLAG, "true", "write the job summary");

  public static final Option<Path> JSON_FILE =
      of("", "json_file", PATH, "", "write the report there as JSON");

  public static final Option<Boolean> STACKTRACE =
      of("--stacktrace", "", FLAG, "false", "show where in the program an error arose");

  /** The options in the order in which the help, action.yml and the documentation list them. */
  public static final List<Group> GROUPS =
      List.of(
          new Group(
              "Schema",
              List.of(
                  SOURCE,
                  SOURCE_PASSWORD,
                  SOURCE_CA_FILE,
                  SCHEMA_FILE,
                  FROM_EMPTY,
                  EXCLUDE_SCHEMAS,
                  DATA_TABLES,
                  ON_MISSING_SOURCE)),
          new Group(
              "Sandbox",
              List.of(
                  AGAINST,
                  SANDBOX_DISPOSABLE,
                  ISOLATION,
                  ALLOW_NON_TRANSACTIONAL,
                  RUN_AS,
                  RUN_AS_SUPERUSER,
                  SETTING,
                  POSTGRES_BIN)),
          new Group(
              "Migrations",
              List.of(
                  WORKING_DIRECTORY,
                  MIGRATIONS_DIR,
                  TOOL,
                  CONVENTION,
                  TOOL_OPTION,
                  PLACEHOLDER,
                  SINCE,
                  APPLIED_FROM,
                  CONFIG,
                  ENV,
                  FRAMEWORK,
                  NO_PYTHON,
                  PYTHON)),
          new Group(
              "Limits (us, ms, s, min, h, d; 0 for none)",
              List.of(STATEMENT_TIMEOUT, LOCK_TIMEOUT, TIME_LIMIT, SOURCE_TIMEOUT)),
          new Group(
              "Output",
              List.of(
                  FORMAT, OUTPUT, FAIL_ON, COLOR, ANNOTATIONS, SUMMARY, JSON_FILE, STACKTRACE)));

  /**
   * Options that the help lists under one heading.
   *
   * @param heading without a colon
   */
  public record Group(String heading, List<Option<?>> options) {
    public Group {
      options = List.copyOf(options);
    }
  }

  /** Reads a value; throws an {@link IllegalArgumentException} that says what is wrong with it. */
  private record Type<T>(Function<String, T> parser) {}

  private final String onCommandLine;
  private final String input;
  private final Type<T> type;
  private final String fallback;
  private final String meaning;
  private final String meaningInAction;

  private Option(
      String onCommandLine,
      String input,
      Type<T> type,
      String fallback,
      String meaning,
      String meaningInAction) {
    this.onCommandLine = onCommandLine;
    this.input = input;
    this.type = type;
    this.fallback = fallback;
    this.meaning = meaning;
    this.meaningInAction = meaningInAction;
  }

  private static <T> Option<T> of(
      String onCommandLine, String input, Type<T> type, String fallback, String meaning) {
    return new Option<>(onCommandLine, input, type, fallback, meaning, meaning);
  }

  /** Returns the same option, with another meaning for the Action. */
  private Option<T> inAction(String other) {
    return new Option<>(onCommandLine, input, type, fallback, meaning, other);
  }

  /** Returns the names on the command line, the long one first; none where it is an input only. */
  public List<String> names() {
    return Stream.of(onCommandLine.split(", ", -1))
        .map(name -> name.split(" ", -1)[0])
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Returns the first name on the command line. */
  public String name() {
    return names().getFirst();
  }

  /** Returns the word for the value on the command line; empty for a flag. */
  public String label() {
    String[] parts = onCommandLine.split(", ", -1)[0].split(" ", -1);
    return parts.length > 1 ? parts[1] : "";
  }

  /** Returns the name of the input, as a workflow writes it; empty where there is none. */
  public String input() {
    return input;
  }

  /** Returns the default as it is written; empty where there is none. */
  public String fallback() {
    return fallback;
  }

  /** Returns the meaning on the command line. */
  public String meaning() {
    return meaning;
  }

  /** Returns the meaning in the Action, still with the names of the command line. */
  public String meaningInAction() {
    return meaningInAction;
  }

  /** Returns true for an option without a value on the command line. */
  public boolean isFlag() {
    return type.equals(FLAG);
  }

  /** Returns true for an option that may be given more than once. */
  public boolean isList() {
    return type.equals(NAMES) || type.equals(SETTINGS);
  }

  /** Returns what stands between several values of an option that may be given more than once. */
  public String separator() {
    return type.equals(SETTINGS) ? "\n" : ",";
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException with what is wrong with it; a connection string is not
   *     repeated
   */
  public T parse(String value) {
    return type.parser().apply(value);
  }

  /**
   * Returns the default.
   *
   * @throws IllegalArgumentException if the option has none
   */
  public T defaultValue() {
    return parse(fallback);
  }

  /** Returns true for a text that is meant as a connection string, however badly it is written. */
  public static boolean isConnectionString(String value) {
    return value.contains("://") || (value.contains("password") && value.contains("="));
  }

  /**
   * Refuses an empty text: it is a variable that was not set, and means neither all nor nothing.
   */
  private static String text(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    return value.strip();
  }

  /** Refuses a connection string: it may hold a password, and would become a file's name. */
  private static Path path(String value) {
    if (isConnectionString(value)) {
      throw new IllegalArgumentException(
          "a file or folder is wanted here, not a connection string");
    }
    if (value.isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException bad) {
      throw new IllegalArgumentException("not a path: " + bad.getReason(), bad);
    }
  }

  private static List<String> names(String value) {
    return Stream.of(value.split("[,\n]", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static Map<String, String> settings(String value) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String line : value.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("'" + line + "' is not NAME=VALUE");
      }
      settings.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
    return settings;
  }

  /** Reads a flag as YAML 1.2's core schema and the runner's toolkit do. */
  private static boolean flag(String value) {
    return switch (value) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> throw new IllegalArgumentException("'" + value + "' is neither true nor false");
    };
  }

  private static <E extends Enum<E>> Type<E> words(Class<E> type) {
    return new Type<>(value -> word(value, List.of(type.getEnumConstants()), Enum::toString));
  }

  private static <W> W word(String value, List<W> words, Function<W, String> written) {
    return words.stream()
        .filter(word -> written.apply(word).equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + value
                        + "' is not one of "
                        + String.join(", ", words.stream().map(written).toList())));
  }
}
