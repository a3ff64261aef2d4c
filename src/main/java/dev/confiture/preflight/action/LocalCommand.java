package dev.confiture.preflight.action;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.Options;
import dev.confiture.preflight.SchemaOrigin;
import dev.confiture.preflight.recording.TeamCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes the command that rehearses the same on a developer's machine: on the embedded server,
 * since the service of the job is reached from the job alone.
 */
final class LocalCommand {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private final List<String> words = new ArrayList<>(List.of("preflight"));

  private LocalCommand() {}

  /** Returns the command for a shell, without a password. */
  static String of(Options options) {
    LocalCommand same = new LocalCommand();
    options.schema().ifPresent(same::schema);
    Options.Which which = options.which();
    same.word(Option.MIGRATIONS_DIR, which.folder().toString());
    same.option(Option.TOOL, Optional.of(which.tool()));
    new TreeMap<>(which.told().options())
        .forEach((name, value) -> same.word(Option.TOOL_OPTION, name + "=" + value));
    which.told().placeholders().keySet().stream()
        .sorted()
        .forEach(name -> same.word(Option.PLACEHOLDER, name + "=…"));
    same.option(Option.SINCE, which.since());
    same.option(Option.APPLIED_FROM, which.appliedFrom());
    same.option(Option.CONFIG, which.config());
    same.option(Option.ISOLATION, Optional.of(options.where().isolation()));
    Options.Role role = options.where().role();
    same.option(Option.RUN_AS, role.name());
    if (role.superuser()) {
      same.words.add(Option.RUN_AS_SUPERUSER.name());
    }
    // A custom one may well be a secret.
    role.settings()
        .forEach(
            (name, value) ->
                same.word(Option.SETTING, name + "=" + (name.contains(".") ? "…" : value)));
    options.command().ifPresent(same::exec);
    return String.join(" ", same.words);
  }

  private void exec(TeamCommand command) {
    words.add(1, "exec");
    option(Option.FRAMEWORK, command.framework());
    // A value may well be a secret.
    command.variables().keySet().stream().sorted().forEach(name -> word(Option.ENV, name + "=…"));
    words.add("--");
    command.words().forEach(this::word);
  }

  private void schema(SchemaOrigin origin) {
    switch (origin) {
      case SchemaOrigin.Empty _ -> words.add(Option.FROM_EMPTY.name());
      case SchemaOrigin.DumpFile(Path file) -> option(Option.SCHEMA_FILE, Optional.of(file));
      case SchemaOrigin.Production production -> {
        word(Option.SOURCE, production.url().redacted());
        list(Option.EXCLUDE_SCHEMAS, production.excludeSchemas());
        list(Option.DATA_TABLES, production.dataTables());
      }
    }
  }

  private void list(Option<List<String>> option, List<String> values) {
    if (!values.isEmpty()) {
      word(option, String.join(",", values));
    }
  }

  /** Adds a value that is not the default. */
  private <T> void option(Option<T> option, Optional<T> value) {
    value
        .map(Object::toString)
        .filter(given -> !given.equals(option.fallback()))
        .ifPresent(given -> word(option, given));
  }

  private void word(Option<?> option, String value) {
    words.add(option.name());
    word(value);
  }

  private void word(String value) {
    words.add(PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'");
  }
}
