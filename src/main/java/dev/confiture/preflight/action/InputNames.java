package dev.confiture.preflight.action;

import dev.confiture.preflight.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes inputs in the place of options: the engine advises in the words of the command line. */
final class InputNames {

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

  private static final Map<String, String> INPUTS = inputs();

  /** Any of them, the longer ones first: one may begin as another does. */
  private static final Pattern OPTION =
      Pattern.compile(
          INPUTS.keySet().stream()
              .sorted((a, b) -> b.length() - a.length())
              .map(Pattern::quote)
              .collect(Collectors.joining("|", "(?<![\\w-])(?:", ")(?![\\w-])")));

  private InputNames() {}

  /** Returns a sentence of ours with inputs in the place of options. */
  static String in(String sentence) {
    return OPTION
        .matcher(sentence)
        .replaceAll(found -> Matcher.quoteReplacement(INPUTS.getOrDefault(found.group(), "")));
  }

  private static Map<String, String> inputs() {
    Map<String, String> inputs = new LinkedHashMap<>();
    for (Option<?> option : Inputs.all()) {
      option.names().forEach(name -> inputs.put(name, option.input()));
    }
    inputs.putAll(OTHERS);
    return inputs;
  }
}
