package dev.confiture.preflight.action;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The engine advises in the words of the command line; whoever reads it in a workflow has inputs.
 */
final class InputNames {

  /** Options that are not called as their input is. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "--against URL", Input.SANDBOX_URL.id(),
          "--against", Input.SANDBOX_URL.id(),
          "--source", Input.SOURCE_URL.id(),
          "--config", Input.CONFITURE_CONFIG.id(),
          "--env", Input.CONFITURE_ENV.id(),
          "--no-python was given", "the input python is false",
          "--no-python", "python: false",
          "--postgres-bin", "a tag of the action for its version (v1-pgN)");

  private static final Map<String, String> INPUTS = inputs();

  /** The longer ones first: one may begin as another does. */
  private static final Pattern OPTION =
      Pattern.compile(
          INPUTS.keySet().stream()
              .sorted((a, b) -> b.length() - a.length())
              .map(Pattern::quote)
              .collect(Collectors.joining("|", "(?<![\\w-])(?:", ")(?![\\w-])")));

  private InputNames() {}

  /** A sentence of ours, with inputs in the place of options. */
  static String in(String sentence) {
    return OPTION
        .matcher(sentence)
        .replaceAll(found -> Matcher.quoteReplacement(INPUTS.getOrDefault(found.group(), "")));
  }

  private static Map<String, String> inputs() {
    Map<String, String> inputs = new LinkedHashMap<>();
    for (Input input : Input.values()) {
      inputs.put("--" + input.name().toLowerCase(Locale.ROOT).replace('_', '-'), input.id());
    }
    inputs.putAll(OTHERS);
    return inputs;
  }
}
