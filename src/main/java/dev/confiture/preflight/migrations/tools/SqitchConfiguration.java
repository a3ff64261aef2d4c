package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The <a href="https://sqitch.org/docs/manual/sqitch-config/">sqitch.conf</a> of a project, as far
 * as it tells what is deployed. The user's and the machine's own are not read.
 *
 * @param file where it is, if there is one
 * @param values by the full names of their settings: {@code core.top_dir}
 */
record SqitchConfiguration(Optional<Path> file, Map<String, String> values) {

  private static final Pattern SECTION =
      Pattern.compile("\\s*\\[\\s*([^\\s\"\\]]+)(?:\\s+\"([^\"]*)\")?\\s*\\]\\s*");
  private static final Pattern SETTING = Pattern.compile("\\s*+([A-Za-z][^=\\s]*+)\\s*+=(.*)");

  SqitchConfiguration {
    values = Map.copyOf(values);
  }

  /** Reads the project's. */
  static SqitchConfiguration of(FolderFiles files) {
    Optional<Path> file = files.project("sqitch.conf");
    return new SqitchConfiguration(
        file,
        file.flatMap(path -> files.read(path).text())
            .map(SqitchConfiguration::values)
            .orElse(Map.of()));
  }

  private static Map<String, String> values(SourceText text) {
    Map<String, String> values = new HashMap<>();
    String section = "";
    for (int i = 1; i <= text.lineCount(); i++) {
      String line = text.line(i);
      Matcher begins = SECTION.matcher(line);
      Matcher setting = SETTING.matcher(line);
      if (begins.matches()) {
        String sub = Optional.ofNullable(begins.group(2)).map(name -> "." + name).orElse("");
        section = begins.group(1).toLowerCase(Locale.ROOT) + sub + ".";
      } else if (setting.matches()) {
        values.put(section + setting.group(1), unquoted(setting.group(2).strip()));
      }
    }
    return values;
  }

  private static String unquoted(String value) {
    return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  /** Returns a setting of the engine's, else of the core. */
  String value(String name, String otherwise) {
    return Optional.ofNullable(values.get("engine.pg." + name))
        .or(() -> Optional.ofNullable(values.get("core." + name)))
        .orElse(otherwise);
  }

  /** Returns the variables that psql gets, for a deployment by default. */
  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    for (String section : new String[] {"core", "engine.pg", "deploy"}) {
      String begin = section + ".variables.";
      values.forEach(
          (name, value) -> {
            if (name.startsWith(begin)) {
              variables.put(name.substring(begin.length()), value);
            }
          });
    }
    return variables;
  }
}
