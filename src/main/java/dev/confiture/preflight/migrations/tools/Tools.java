package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.ConfiguredLedger;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.LedgerOfCode;
import dev.confiture.preflight.migrations.LedgerSearch;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.migrations.confiture.Confiture;
import dev.confiture.preflight.migrations.liquibase.Liquibase;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.problem.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The catalogue of tools, and the choice among them.
 *
 * <p>What only one tool's projects have decides. Where nothing such is found, and file names are
 * those of several tools, the ledger does that the schema has; else the order of the catalogue.
 */
public final class Tools {

  /** The value of the option that lets the folder's files decide. */
  public static final String AUTO = "auto";

  private static final List<Tool> ALL =
      List.of(
          new Confiture(),
          Plain.autocommit(),
          Plain.singleTransactions(),
          new Atlas(),
          new Dbmate(),
          new Diesel(),
          new Drizzle(),
          new Flyway(),
          new GolangMigrate(),
          new Goose(),
          new GraphileMigrate(),
          new Hasura(),
          new Liquibase(),
          new MyBatis(),
          new NodePgMigrate(),
          new PostgresMigrations(),
          new Prisma(),
          new Sqitch(),
          new SqlMigrate(),
          new Sqlx(),
          new Supabase(),
          new Tern(),
          new Yoyo(),
          new Plain());

  private static final int MOST_NAMED = 5;

  private Tools() {}

  /** Returns all of them. */
  static List<Tool> all() {
    return ALL;
  }

  /** Returns the values of the option, {@code auto} first. */
  public static List<String> ids() {
    return Stream.concat(Stream.of(AUTO), ALL.stream().map(Tool::id)).toList();
  }

  /**
   * Reads a folder of migrations.
   *
   * @param id a tool's id, or {@code auto}
   * @param told what the user tells of how the tool is run
   * @param ledgers asked where the folder alone does not tell the tool
   * @throws UsageProblem if the folder is missing, holds no migration, or there is no such tool;
   *     and where several tools have evidence of being the one
   */
  public static MigrationFolder read(
      Path folder, String id, Tool.Told told, Supplier<LedgerSearch> ledgers) {
    FolderFiles files = FolderFiles.list(folder);
    Chosen chosen = choose(ALL, files, id, ledgers);
    refuseUnknown(chosen.tool(), told.options().keySet());
    MigrationFolder read = chosen.tool().read(files, chosen.evidence(), told);
    if (read.migrations().isEmpty()) {
      throw noMigrations(files);
    }
    if (id.equals(AUTO)) {
      refuseUnseen(read, files);
    }
    return read;
  }

  private static void refuseUnknown(Tool tool, Set<String> options) {
    for (String option : options) {
      if (!tool.options().contains(option)) {
        throw new UsageProblem(
            "--tool-option " + option + " is no option of " + tool.id() + " that is known here",
            tool.options().isEmpty()
                ? "leave it out: none of its options changes what is rehearsed"
                : "the known ones are " + String.join(", ", new TreeSet<>(tool.options())));
      }
    }
  }

  /**
   * A tool with what told that it is the folder's.
   *
   * @param evidence as a clause
   */
  record Chosen(Tool tool, String evidence) {}

  /** Chooses the tool of a folder. */
  static Chosen choose(
      List<Tool> tools, FolderFiles files, String id, Supplier<LedgerSearch> ledgers) {
    if (!id.equals(AUTO)) {
      return tools.stream()
          .filter(tool -> tool.id().equals(id))
          .findFirst()
          .map(tool -> new Chosen(tool, "as named"))
          .orElseThrow(
              () ->
                  new UsageProblem("there is no tool " + id, "one of " + String.join(", ", ids())));
    }
    List<Chosen> named = new ArrayList<>();
    List<Chosen> evident = new ArrayList<>();
    for (Tool tool : tools) {
      switch (tool.detect(files)) {
        case Tool.Detection.Nothing _ -> {}
        case Tool.Detection.Names(String what) -> named.add(new Chosen(tool, what));
        case Tool.Detection.Evidence(String what) -> evident.add(new Chosen(tool, what));
      }
    }
    if (evident.isEmpty() && files.lookalikes().isEmpty()) {
      // Names of Python files are those of several tools.
      CodeTool.problem(files)
          .ifPresent(
              problem -> {
                throw problem;
              });
    }
    if (evident.isEmpty() && named.size() > 1) {
      evident.addAll(withLedger(named, ledgers.get()));
    }
    if (evident.size() > 1) {
      throw new UsageProblem(
          "the migrations folder "
              + files.folder()
              + " may be that of several tools: "
              + evident.stream()
                  .map(one -> one.tool().id() + " (" + one.evidence() + ")")
                  .collect(Collectors.joining(", ")),
          "name the one that deploys it with --tool: "
              + evident.stream().map(one -> one.tool().id()).collect(Collectors.joining(" or ")));
    }
    return evident.stream()
        .findFirst()
        .or(() -> byName(named))
        .orElseThrow(() -> noMigrations(files));
  }

  /** Names alone are confiture's where they can be, else those of a loop over psql. */
  private static Optional<Chosen> byName(List<Chosen> named) {
    return named.stream()
        .filter(chosen -> chosen.tool() instanceof Confiture)
        .findFirst()
        .or(() -> named.stream().filter(chosen -> chosen.tool() instanceof Plain).findFirst())
        .or(() -> named.stream().findFirst());
  }

  /** Returns those of several tools whose ledger the schema has. */
  private static List<Chosen> withLedger(List<Chosen> named, LedgerSearch ledgers) {
    List<Chosen> found = new ArrayList<>();
    for (Chosen chosen : named) {
      chosen
          .tool()
          .ledger()
          .flatMap(ledgers::find)
          .ifPresent(
              table ->
                  found.add(
                      new Chosen(chosen.tool(), chosen.evidence() + ", and the table " + table)));
    }
    return found;
  }

  /** Refuses a folder of which the tool would run the smaller part: it is another tool's. */
  private static void refuseUnseen(MigrationFolder read, FolderFiles files) {
    List<String> unseen = read.lookalikes();
    int seen = read.migrations().size();
    if (unseen.size() > seen) {
      throw new UsageProblem(
          "the migrations folder "
              + files.folder()
              + " does not look like one of "
              + read.tool().id()
              + ": of its files "
              + seen
              + (seen == 1 ? " is a migration" : " are migrations")
              + " to it, and "
              + unseen.size()
              + " that look like migrations are not: "
              + Words.few(unseen, MOST_NAMED),
          "name the folder that holds them with --migrations-dir or, if these are all that is"
              + " deployed, its tool with --tool");
    }
  }

  /** Returns true if a tool, or the one that is named, would find migrations in a folder. */
  static boolean findsMigrations(Path folder, String id) {
    FolderFiles files = FolderFiles.list(folder);
    return ALL.stream()
        .filter(tool -> id.equals(AUTO) || tool.id().equals(id))
        .anyMatch(tool -> finds(tool, files));
  }

  /**
   * Returns true if a tool finds migrations; what it cannot read, where nobody sent it, is none.
   */
  private static boolean finds(Tool tool, FolderFiles files) {
    try {
      return !(tool.detect(files) instanceof Tool.Detection.Nothing);
    } catch (UsageProblem unreadable) {
      return false;
    }
  }

  private static UsageProblem noMigrations(FolderFiles files) {
    return CodeTool.problem(files)
        .orElseGet(
            () ->
                new UsageProblem(
                    "the migrations folder " + files.folder() + " holds no migration file",
                    "migrations are named <version>_<name>.up.sql (confiture) or"
                        + " <version>_<name>.sql (plain), or as another tool has them (docs/tools.md);"
                        + " name the folder with --migrations-dir"));
  }

  /** Returns the ledgers of tools whose migrations are code. */
  public static List<LedgerOfCode> ledgersOfCode() {
    return CodeTool.ledgers();
  }

  /**
   * Returns the ledger that a configuration names; confiture's is the one kind that there is.
   *
   * @param environment the variables that the configuration may use
   * @throws UsageProblem if the configuration cannot be read, or names no database
   */
  public static ConfiguredLedger.Location configuredLedger(
      Path file, Map<String, String> environment) {
    return Confiture.configuredLedger(file, environment);
  }

  /**
   * Returns the configuration of an environment, relative to the working directory.
   *
   * @throws UsageProblem if the name is none that an environment has
   */
  public static Path environment(String name) {
    return Confiture.environment(name);
  }
}
