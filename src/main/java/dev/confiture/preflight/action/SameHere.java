package dev.confiture.preflight.action;

import dev.confiture.preflight.Options;
import dev.confiture.preflight.SchemaOrigin;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.sandbox.Isolation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The command that rehearses the same on a developer's machine: with a server of its own, since the
 * service of the job is reached from the job alone.
 */
final class SameHere {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private final List<String> words = new ArrayList<>(List.of("preflight"));

  private SameHere() {}

  /** For a shell, without a password. */
  static String command(Options options) {
    SameHere same = new SameHere();
    options.schema().ifPresent(same::schema);
    Options.Which which = options.which();
    same.option("--migrations-dir", Optional.of(which.folder().toString()));
    same.option("--convention", Optional.of(which.convention()).filter(c -> !c.equals(Tools.AUTO)));
    same.option("--since", which.since());
    same.option("--applied-from", which.appliedFrom().map(Path::toString));
    same.option("--config", which.config().map(Path::toString));
    same.option(
        "--isolation",
        Optional.of(options.where().isolation())
            .filter(isolation -> isolation != Isolation.AUTO)
            .map(Isolation::toString));
    same.option("--run-as", options.where().runAs());
    return String.join(" ", same.words);
  }

  private void schema(SchemaOrigin origin) {
    switch (origin) {
      case SchemaOrigin.DumpFile(Path file) ->
          option("--schema-file", Optional.of(file.toString()));
      case SchemaOrigin.Production production -> {
        option("--source", Optional.of(production.url().redacted()));
        list("--exclude-schemas", production.excludeSchemas());
        list("--data-tables", production.dataTables());
      }
    }
  }

  private void list(String name, List<String> values) {
    option(name, Optional.of(String.join(",", values)).filter(all -> !all.isEmpty()));
  }

  private void option(String name, Optional<String> value) {
    value.ifPresent(
        given -> {
          words.add(name);
          words.add(
              PLAIN.matcher(given).matches() ? given : "'" + given.replace("'", "'\\''") + "'");
        });
  }
}
