package dev.confiture.preflight.cli;

import dev.confiture.preflight.Option;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.TypeConversionException;

/** Builds picocli's parser and help from {@link Option#GROUPS}. */
final class Usage {

  /** Prints the exit code at the end, where the program that called would not show it. */
  static final String SHOW_EXIT_CODE = "--show-exit-code";

  private Usage() {}

  /** Returns the parser, which prints help and version to these streams. */
  static CommandLine commandLine(PrintStream out, PrintStream err) {
    CommandSpec command = CommandSpec.create().name("preflight");
    command.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .hidden(true)
            .build());
    int order = 0;
    for (Option.Group group : Option.GROUPS) {
      command.addArgGroup(group(group, ++order));
    }
    command.versionProvider(
        () -> new String[] {"preflight " + version() + " (Java " + Runtime.version() + ")"});
    describe(command.usageMessage());
    CommandLine line = new CommandLine(command);
    // The arguments in a file would not pass the redaction of secrets.
    line.setExpandAtFiles(false);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setOut(new PrintWriter(out, true, out.charset()));
    line.setErr(new PrintWriter(err, true, err.charset()));
    return line;
  }

  /** Returns this program's version. */
  static String version() {
    String version = Usage.class.getPackage().getImplementationVersion();
    return version == null ? "(from a checkout)" : version;
  }

  /** Returns picocli's message with the first name of an option; picocli takes the longest. */
  static String withFirstNames(String message) {
    String named = message;
    for (Option.Group group : Option.GROUPS) {
      for (Option<?> option : group.options()) {
        for (String name : option.names()) {
          named = named.replace("'" + name + "'", "'" + option.name() + "'");
        }
      }
    }
    return named;
  }

  private static ArgGroupSpec group(Option.Group group, int order) {
    ArgGroupSpec.Builder builder =
        ArgGroupSpec.builder()
            .validate(false)
            .heading((order > 1 ? "%n" : "") + group.heading() + ":%n")
            .order(order);
    group.options().stream()
        .filter(option -> !option.names().isEmpty())
        .forEach(option -> builder.addArg(spec(option)));
    if (order == Option.GROUPS.size()) {
      builder.addArg(
          OptionSpec.builder(SHOW_EXIT_CODE).type(boolean.class).arity("0").hidden(true).build());
      builder.addArg(
          OptionSpec.builder("--version", "-V")
              .versionHelp(true)
              .type(boolean.class)
              .arity("0")
              .description("print the version")
              .build());
      builder.addArg(
          OptionSpec.builder("--help", "-h")
              .usageHelp(true)
              .type(boolean.class)
              .arity("0")
              .description("print this help")
              .build());
    }
    return builder.build();
  }

  private static <T> OptionSpec spec(Option<T> option) {
    OptionSpec.Builder spec =
        OptionSpec.builder(option.names().toArray(String[]::new)).description(description(option));
    if (option.isFlag()) {
      return spec.type(boolean.class).arity("0").build();
    }
    return spec.type(option.isList() ? List.class : String.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(option.label())
        .hideParamSyntax(true)
        .converters(value -> checked(option, value))
        .build();
  }

  private static String description(Option<?> option) {
    return option.fallback().isEmpty() || option.isFlag()
        ? option.meaning()
        : option.meaning() + " (default: " + option.fallback() + ")";
  }

  /** Refuses a wrong value while picocli still knows which option it was given for. */
  private static String checked(Option<?> option, String value) {
    try {
      option.parse(value);
      return value;
    } catch (IllegalArgumentException bad) {
      throw new TypeConversionException(String.valueOf(bad.getMessage()));
    }
  }

  private static void describe(UsageMessageSpec usage) {
    usage.width(100);
    usage.sortOptions(false);
    usage.synopsisHeading("Usage: ");
    usage.customSynopsis(
        "preflight [run] --source URL [--against URL] [--migrations-dir DIR] [options]",
        "       preflight [run] --schema-file FILE [--migrations-dir DIR] [--since VERSION]"
            + " [options]",
        "       preflight [run] --against URL [options]",
        "       preflight exec --schema-file FILE [--framework NAME] [options] -- COMMAND [ARG...]",
        "       preflight [run] [--migrations-dir DIR] [--format FORMAT]");
    usage.descriptionHeading("%n");
    usage.description(
        "Rehearses pending migrations on production's real schema.",
        "Without --source, --schema-file and --against it checks what the migration files alone"
            + " tell.");
    usage.optionListHeading("%n");
    usage.exitCodeListHeading("%nExit codes:%n");
    usage.exitCodeList(ExitCode.meanings());
    usage.footerHeading("%nExamples:%n");
    usage.footer(
        "  preflight --source postgresql://preflight@db.example.com/orders",
        "      rehearses what production's ledger does not hold on a copy of its schema",
        "  preflight --schema-file prod.sql --since 0142",
        "      restores the dump into a throwaway PostgreSQL and rehearses 0142 and later",
        "  preflight --schema-file prod.sql --applied-from applied.txt --format json",
        "  preflight --schema-file prod.sql --against"
            + " postgresql://postgres@localhost:5432/postgres",
        "      the same on an external server, in a database of its own",
        "  preflight --against postgresql://app@localhost:5432/staging",
        "      rehearses on a clone of a database that is seeded already",
        "  preflight exec --schema-file prod.sql -- bin/rails db:migrate",
        "      runs the command on a clone, and rehearses the migrations in code that it runs",
        "  preflight --format json",
        "      checks the files alone: down files, doubled versions, what refuses a transaction",
        "",
        "  prod.sql comes from: pg_dump --schema-only --file=prod.sql DATABASE");
  }
}
