package dev.confiture.preflight.action;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  /** The words for options that have no input of the same meaning. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "--against URL",
          Option.AGAINST.input(),
          "--no-python was given",
          "the input python is false",
          "--no-python",
          "python: false",
          "--postgres-bin",
          "a tag of the action for its version (v1-pgN)");

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
          "the input " + option.input() + ": " + bad.getMessage(), "it is " + meaning(option));
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
        .matcher(sentence)
        .replaceAll(found -> Matcher.quoteReplacement(NAMES.getOrDefault(found.group(), "")));
  }

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (Option<?> option : all()) {
      option.names().forEach(name -> names.put(name, option.input()));
    }
    names.putAll(OTHERS);
    return names;
  }
}
