package dev.confiture.preflight.migrations.confiture;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <code>${NAME}</code> in a configuration's value, from the environment.
 *
 * <p>Nothing else is special: <code>$NAME</code> and a lone <code>$</code> stay, as a password may
 * have them, and <code>$${</code> stands for <code>${</code> itself. What a variable holds is put
 * in as it is, after the YAML was read, so it needs no quotes there; it is in no message.
 */
final class Variables {

  private static final String ESCAPED = "$${";
  private static final Pattern MENTION =
      Pattern.compile("\\$\\$\\{|\\$\\{(?:[A-Za-z_][A-Za-z0-9_]*})?");

  private final Map<String, String> environment;

  Variables(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The value with its variables replaced.
   *
   * @throws dev.confiture.preflight.problem.UsageProblem if one is not set
   */
  String expand(ConfigurationSection.Text text) {
    return MENTION
        .matcher(text.value())
        .replaceAll(found -> Matcher.quoteReplacement(replacement(found.group(), text)));
  }

  private String replacement(String mention, ConfigurationSection.Text text) {
    if (mention.equals(ESCAPED)) {
      return "${";
    }
    if (!mention.endsWith("}")) {
      throw text.problem(
          "in " + text.key() + ", no name and } follow a ${",
          "write ${NAME} for the environment variable NAME, and $${ for the characters ${");
    }
    String name = mention.substring(2, mention.length() - 1);
    return Optional.ofNullable(environment.get(name))
        .orElseThrow(
            () ->
                text.problem(
                    text.key() + " needs the environment variable " + name + ", which is not set",
                    "set it; the characters ${ themselves are written as $${"));
  }
}
