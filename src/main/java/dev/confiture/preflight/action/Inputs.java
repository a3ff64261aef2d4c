package dev.confiture.preflight.action;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the inputs: the options of {@link Option#GROUPS} that have a name in a workflow.
 *
 * <p>To the runner an input that is not given and an empty one are the same, and blanks around a
 * value come with pasted secrets. The ids are in snake_case, since a variable with a hyphen in its
 * name does not survive every shell.
 */
final class Inputs {

  /** The words for options that have no input of the same meaning, and for what goes with them. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("--against URL", Option.AGAINST.input()),
          Map.entry("--no-python was given", "the input python is false"),
          Map.entry("--no-python", "python: false"),
          Map.entry(
              "a server of that version with --against or --postgres-bin",
              "a service container of that version with sandbox_url, or use the action's tag for it"
                  + " (v1-pgN)"),
          Map.entry("--postgres-bin", "a tag of the action for its version (v1-pgN)"),
          Map.entry(
              "the host's name in --against",
              "the host's name in sandbox_url: that of a service container is its label in the"
                  + " workflow"),
          Map.entry("as sslrootcert in the URL of --source", "with source_ca_file"),
          Map.entry("which is sslrootcert in the URL of --source", "which is source_ca_file"),
          Map.entry(
              "in the URL of --source, or by PGPASSWORD", "in source_url, or by source_password"),
          Map.entry("in the URL of --against, or by PGPASSWORD", "in sandbox_url"));

  /** Advice about the machine, which in the Action is that of the image. */
  private static final Pattern NEWER_PG_DUMP =
      Pattern.compile("install the package postgresql-client-(\\S+).*--postgres-bin");

  private static final Map<String, String> NAMES = names();

  /** Any of them, the longer ones first: one may begin as another does. */
  private static final Pattern OPTION =
      Pattern.compile(
          NAMES.keySet().stream()
              .sorted((a, b) -> b.length() - a.length())
              .map(Pattern::quote)
              .collect(Collectors.joining("|", "(?<![\\w-])(?:", ")(?![\\w-])")));

  private final Map<String, String> environment;

  Inputs(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Returns the inputs, in the order of action.yml. */
  static List<Option<?>> all() {
    return Option.GROUPS.stream()
        .<Option<?>>flatMap(group -> group.options().stream())
        .filter(option -> !option.input().isEmpty())
        .toList();
  }

  /** Returns the variable that the runner sets, to the empty string where nothing was given. */
  static String variable(Option<?> option) {
    return "INPUT_" + option.input().toUpperCase(Locale.ROOT);
  }

  /** Returns the meaning as action.yml and the README have it. */
  static String meaning(Option<?> option) {
    return named(option.meaningInAction());
  }

  /** Returns what was written, before it is read as a value. */
  Optional<String> text(Option<?> option) {
    return Optional.of(environment.getOrDefault(variable(option), "").strip())
        .filter(given -> !given.isEmpty());
  }

  /**
   * Returns the value that was given, else the default where there is one.
   *
   * @throws UsageProblem if it makes no sense; a connection string is not repeated
   */
  <T> Optional<T> find(Option<T> option) {
    Optional<String> value =
        text(option).or(() -> Optional.of(option.fallback()).filter(text -> !text.isEmpty()));
    try {
      return value.map(option::parse);
    } catch (IllegalArgumentException bad) {
      throw new UsageProblem(
          "the input " + option.input() + ": " + bad.getMessage(),
          option.input() + " means: " + meaning(option));
    }
  }

  /** Returns the value of an input that has a default. */
  <T> T get(Option<T> option) {
    return find(option).orElseThrow();
  }

  /**
   * Returns the name of the tool, by whichever of its two inputs it is given.
   *
   * @throws UsageProblem if they contradict each other
   */
  String tool() {
    String tool = get(Option.TOOL);
    Optional<String> alias = find(Option.CONVENTION);
    // The runner sets the default of action.yml too.
    boolean named = !tool.equals(Option.TOOL.fallback());
    if (named && alias.filter(name -> !name.equals(tool)).isPresent()) {
      throw new UsageProblem(
          "the inputs tool and convention name two tools: " + tool + " and " + alias.get(),
          "convention is another name of tool: give one of them");
    }
    return named ? tool : alias.orElse(tool);
  }

  /**
   * Returns a sentence of ours with inputs in the place of options: the engine advises in the words
   * of the command line.
   */
  static String named(String sentence) {
    return OPTION
        .matcher(
            NEWER_PG_DUMP
                .matcher(sentence)
                .replaceAll("use the action's tag for PostgreSQL $1 or later (v1-pg$1)"))
        .replaceAll(found -> Matcher.quoteReplacement(NAMES.getOrDefault(found.group(), "")));
  }

  /** Returns the phrases of the engine's that have words of their own in the Action. */
  static Set<String> phrases() {
    return OTHERS.keySet();
  }

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (Option<?> option : all()) {
      // A short one may be another program's: psql -c.
      option.names().stream()
          .filter(name -> name.startsWith("--"))
          .forEach(name -> names.put(name, option.input()));
    }
    names.putAll(OTHERS);
    return names;
  }
}
