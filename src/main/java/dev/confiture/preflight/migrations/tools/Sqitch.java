package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.ReadText;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.migrations.tools.SqitchPlan.Change;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * <a href="https://sqitch.org">sqitch</a>: the changes of {@code sqitch.plan}, in its order; each
 * one's script in {@code deploy/} is run by a psql of its own, without a transaction, and recorded
 * by another session. Where one fails, what the same run has deployed is reverted.
 */
final class Sqitch implements Tool {

  private static final String PLAN = "sqitch.plan";
  private static final String REGISTRY = "sqitch";

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.Statements(),
          Execution.Scope.NONE,
          new Execution.OutsideTransaction.Never(Optional.empty()),
          Execution.Carry.NEW_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TRANSACTION_LOST,
          Execution.OwnEnd.IGNORED);

  private final SqitchPlan plan;
  private final String registry;
  private final Map<String, String> hashes;

  /** Makes the tool before a folder is read. */
  Sqitch() {
    this(new SqitchPlan("", List.of(), Optional.empty()), REGISTRY, Map.of());
  }

  private Sqitch(SqitchPlan plan, String registry, Map<String, String> hashes) {
    this.plan = plan;
    this.registry = registry;
    this.hashes = Map.copyOf(hashes);
  }

  @Override
  public String id() {
    return "sqitch";
  }

  @Override
  public Description description() {
    return new Description(
        "1.3.1",
        "deploy/<change>.sql, or <change>@<tag>.sql for one that is reworked, of sqitch.plan",
        "that of the plan",
        "none: psql opens no transaction but the script's own BEGIN",
        "changed scripts are ignored; a change that is inserted, renamed or removed before a"
            + " deployed one is refused",
        "verify and revert scripts; targets; changes of other projects; psql's ON_ERROR_ROLLBACK;"
            + " tags and dependencies in the registry");
  }

  @Override
  public Detection detect(FolderFiles files) {
    return planFile(files).isPresent() ? new Detection.Evidence(PLAN) : new Detection.Nothing();
  }

  private static Optional<Path> planFile(FolderFiles files) {
    return files.paths().stream()
        .filter(path -> FolderFiles.name(path).equals(PLAN))
        .findFirst()
        .or(
            () ->
                Optional.ofNullable(SqitchConfiguration.of(files).values().get("core.plan_file"))
                    .map(name -> files.folder().resolve(FolderFiles.name(Path.of(name))))
                    .filter(files.paths()::contains));
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    Path file =
        planFile(files)
            .orElseThrow(
                () ->
                    new UsageProblem(
                        "the folder " + files.folder() + " has no sqitch.plan",
                        "name the folder that holds it with --migrations-dir"));
    FolderFiles.Content content = files.read(file);
    SqitchPlan read =
        SqitchPlan.of(
            content
                .text()
                .orElseThrow(
                    () ->
                        new UsageProblem(
                            file + " cannot be read: " + content.unreadable().reason(), "")));
    SqitchConfiguration configuration = SqitchConfiguration.of(files);
    Map<String, String> variables = new HashMap<>(configuration.variables());
    variables.put("registry", configuration.value("registry", REGISTRY));
    variables.putAll(told.placeholders());
    List<Path> workingFolders = workingFolders(files, configuration);
    Path deploy = scripts("deploy", files, configuration);
    Path revert = scripts("revert", files, configuration);
    String ending = "." + configuration.value("extension", "sql");
    List<Migration> migrations = new ArrayList<>();
    Map<String, String> found = new HashMap<>();
    for (Change change : read.changes()) {
      Path script = script(deploy, change, ending);
      MigrationFile each = new MigrationFile(change.version(), change.version(), script);
      FolderFiles.Content of = files.read(script);
      of.bytes().ifPresent(bytes -> found.put(change.id(), SqitchPlan.sha1("", bytes)));
      boolean reversible = Files.exists(revert.resolve(deploy.relativize(script).toString()));
      migrations.add(
          read(each, of, reversible, files, workingFolders, variables)
              .refusing(
                  read.wrong().stream().map(wrong -> refusal(wrong, "mend sqitch.plan")).toList()));
    }
    Sqitch tool = new Sqitch(read, configuration.value("registry", REGISTRY), found);
    return new MigrationFolder(
        tool, evidence, migrations, tool.order(), false, ignored(files, deploy, migrations));
  }

  /** Returns what sqitch says of its plan, at which it looks before it runs anything. */
  private static Refusal refusal(String message, String hint) {
    return Refusal.notRun("sqitch deploys nothing: " + message, hint);
  }

  /**
   * Returns the folder of the scripts of a kind: as the configuration names it, beside which it
   * lies, else beside the plan.
   */
  private static Path scripts(String kind, FolderFiles files, SqitchConfiguration configuration) {
    String top = configuration.value("top_dir", "");
    String named =
        configuration.value(kind + "_dir", top.isEmpty() ? "" : Path.of(top, kind).toString());
    return configuration
        .file()
        .filter(file -> !named.isEmpty())
        .map(file -> files.written(file.resolveSibling(named).normalize()))
        .orElseGet(() -> files.folder().resolve(kind));
  }

  /** Returns where sqitch may be run, without links: beside its configuration, or its plan. */
  private static List<Path> workingFolders(FolderFiles files, SqitchConfiguration configuration) {
    Set<Path> folders = new LinkedHashSet<>();
    try {
      for (Path folder :
          Stream.concat(
                  configuration.file().map(file -> file.resolveSibling("")).stream(),
                  Stream.of(files.folder()))
              .toList()) {
        folders.add(folder.toRealPath());
      }
    } catch (IOException gone) {
      // Its reader says so.
    }
    return List.copyOf(folders);
  }

  /**
   * Returns the script of a change; of one that is reworked, that of the first tag that has one.
   */
  private static Path script(Path deploy, Change change, String ending) {
    List<Path> candidates =
        change.reworkedAt().isEmpty()
            ? List.of(deploy.resolve(change.name() + ending))
            : change.reworkedAt().stream()
                .map(tag -> deploy.resolve(change.name() + "@" + tag + ending))
                .toList();
    return candidates.stream().filter(Files::exists).findFirst().orElse(candidates.getFirst());
  }

  private static Migration read(
      MigrationFile file,
      FolderFiles.Content content,
      boolean reversible,
      FolderFiles files,
      List<Path> workingFolders,
      Map<String, String> variables) {
    if (content.text().isEmpty()) {
      return new Migration(
          file,
          content.unreadable(),
          Optional.empty(),
          reversible,
          List.of(),
          List.of(),
          List.of());
    }
    ReadText read =
        PsqlScript.read(files, workingFolders, file.path(), content.text().get(), variables);
    return new Migration(
        file, read.text(), Optional.empty(), reversible, read.refusals(), List.of(), read.notes());
  }

  /** Returns the scripts of changes that the plan does not have. */
  private static List<String> ignored(FolderFiles files, Path deploy, List<Migration> migrations) {
    Set<Path> run =
        migrations.stream().map(migration -> migration.file().path()).collect(Collectors.toSet());
    return files.below().stream()
        .filter(path -> path.startsWith(deploy) && !run.contains(path))
        .map(path -> files.folder().relativize(path).toString())
        .toList();
  }

  /** Versions in the order of the plan; others are behind them. */
  private Comparator<String> order() {
    Map<String, Integer> positions = new HashMap<>();
    for (Change change : plan.changes()) {
      positions.put(change.version(), positions.size());
    }
    return Comparator.comparingInt(
            (String version) -> positions.getOrDefault(version, Integer.MAX_VALUE))
        .thenComparing(Comparator.naturalOrder());
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(
        new LedgerFormat(
                QualifiedName.of(registry, "changes"),
                "change_id",
                List.of("change", "committed_at", "project"),
                Set.of("change_id", "script_hash", "change"),
                Set.of(),
                List.of(registry),
                this::applied)
            .madeBy(creation()));
  }

  /** Makes the tables of the registry that a deployment writes. */
  private String creation() {
    String schema = Identifiers.quote(registry);
    String people =
        " committer_name text NOT NULL, committer_email text NOT NULL, planned_at timestamptz NOT"
            + " NULL, planner_name text NOT NULL, planner_email text NOT NULL";
    return "CREATE SCHEMA IF NOT EXISTS "
        + schema
        + "; CREATE TABLE IF NOT EXISTS "
        + schema
        + ".projects (project text PRIMARY KEY, uri text UNIQUE, created_at timestamptz NOT NULL"
        + " DEFAULT clock_timestamp(), creator_name text NOT NULL, creator_email text NOT NULL);"
        + " CREATE TABLE IF NOT EXISTS "
        + schema
        + ".changes (change_id text PRIMARY KEY, script_hash text, change text NOT NULL, project"
        + " text NOT NULL REFERENCES "
        + schema
        + ".projects (project) ON UPDATE CASCADE, note text NOT NULL DEFAULT '', committed_at"
        + " timestamptz NOT NULL DEFAULT clock_timestamp(),"
        + people
        + ", UNIQUE (project, script_hash)); CREATE TABLE IF NOT EXISTS "
        + schema
        + ".events (event text NOT NULL, change_id text NOT NULL, change text NOT NULL, project"
        + " text NOT NULL REFERENCES "
        + schema
        + ".projects (project) ON UPDATE CASCADE, note text NOT NULL DEFAULT '', requires text[]"
        + " NOT NULL DEFAULT '{}', conflicts text[] NOT NULL DEFAULT '{}', tags text[] NOT NULL"
        + " DEFAULT '{}', committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),"
        + people
        + ", PRIMARY KEY (change_id, committed_at))";
  }

  /**
   * Reads its rows: the newest change counts, and all before it in the plan are deployed, since its
   * id holds theirs.
   */
  private Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    List<LedgerFormat.Row> ours =
        rows.stream()
            .filter(
                row -> row.details().getOrDefault("project", plan.project()).equals(plan.project()))
            .toList();
    Set<String> versions = new LinkedHashSet<>();
    for (LedgerFormat.Row row : ours) {
      versions.add(
          plan.withId(row.version())
              .map(Change::version)
              .orElseGet(() -> row.details().getOrDefault("change", row.version())));
    }
    Optional<LedgerFormat.Row> newest =
        ours.stream().reduce((a, b) -> moment(b).compareTo(moment(a)) >= 0 ? b : a);
    return new Applied(
        table,
        versions,
        Map.of(),
        Optional.empty(),
        newest
            .filter(row -> !plan.changes().isEmpty() && plan.withId(row.version()).isEmpty())
            .map(
                row ->
                    refusal(
                        "Cannot find change "
                            + row.version()
                            + " ("
                            + row.details().getOrDefault("change", "")
                            + ") in sqitch.plan",
                        "add changes at the end of the plan, and leave those before as they were"
                            + " deployed: a change's id depends on all before it")));
  }

  private static String moment(LedgerFormat.Row row) {
    return row.details().getOrDefault("committed_at", "");
  }

  /** Takes what follows the newest deployed change, and looks at dependencies before. */
  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    PendingSet all = PendingSet.notApplied(folder, selection);
    boolean told =
        selection.recorded().flatMap(Applied::refused).isPresent() || all.outOfOrder().isEmpty();
    List<Refusal> inserted =
        told
            ? List.of()
            : List.of(
                refusal(
                    "it does not find the newest deployed change in"
                        + " sqitch.plan, whose id depends on all before it, such as "
                        + all.outOfOrder().getFirst(),
                    "move it to the end of the plan"));
    return all.with(
        migration ->
            migration.refusing(
                Stream.concat(
                        all.outOfOrder().contains(migration.version())
                            ? inserted.stream()
                            : Stream.of(),
                        missing(migration, selection.applied()).stream())
                    .toList()));
  }

  private List<Refusal> missing(Migration migration, Set<String> applied) {
    List<Refusal> refusals = new ArrayList<>();
    int position = plan.position(migration.version());
    if (position < 0) {
      return refusals;
    }
    Change change = plan.changes().get(position);
    List<String> before = new ArrayList<>();
    plan.changes()
        .subList(0, position)
        .forEach(
            earlier -> {
              before.add(earlier.name());
              earlier
                  .tags()
                  .forEach(tag -> before.addAll(List.of("@" + tag, earlier.name() + "@" + tag)));
            });
    for (String need : change.requires()) {
      String name = need.contains("@") ? need.substring(need.indexOf('@')) : need;
      if (!need.contains(":") && !before.contains(need) && !before.contains(name)) {
        refusals.add(
            refusal("Missing required change: " + need, "put it before this one in the plan"));
      }
    }
    for (String other : change.conflicts()) {
      if (applied.contains(other)) {
        refusals.add(
            refusal(
                "Conflicts with previously deployed change: " + other, "revert that one first"));
      }
    }
    return refusals;
  }

  @Override
  public boolean revertsTheRun() {
    return true;
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    int position = plan.position(migration.version());
    return position < 0 || ledger.isEmpty()
        ? EXECUTION
        : EXECUTION.recordedBy(
            new Execution.LedgerWrites(
                Optional.empty(),
                Optional.empty(),
                ledger.map(table -> record(table, plan.changes().get(position)))));
  }

  private String record(Ledger ledger, Change change) {
    String schema = ledger.table().schema().map(name -> Identifiers.quote(name) + ".").orElse("");
    String project = Identifiers.literal(plan.project());
    String people =
        "'preflight', 'preflight@localhost', "
            + Stream.of(change.date(), change.planner(), change.email())
                .map(Identifiers::literal)
                .collect(Collectors.joining(", "));
    String what =
        Stream.of(change.name(), plan.project(), change.note())
            .map(Identifiers::literal)
            .collect(Collectors.joining(", "));
    String columns =
        "change, project, note, committer_name, committer_email, planned_at, planner_name,"
            + " planner_email)";
    return "INSERT INTO "
        + schema
        + "projects (project, creator_name, creator_email) SELECT "
        + project
        + ", 'preflight', 'preflight@localhost' WHERE NOT EXISTS (SELECT FROM "
        + schema
        + "projects WHERE project = "
        + project
        + "); INSERT INTO "
        + schema
        + "changes (change_id, script_hash, "
        + columns
        + " VALUES ("
        + Identifiers.literal(change.id())
        + ", "
        + Optional.ofNullable(hashes.get(change.id())).map(Identifiers::literal).orElse("NULL")
        + ", "
        + what
        + ", "
        + people
        + "); INSERT INTO "
        + schema
        + "events (event, change_id, requires, conflicts, tags, "
        + columns
        + " VALUES ('deploy', "
        + Identifiers.literal(change.id())
        + ", "
        + array(change.requires())
        + ", "
        + array(change.conflicts())
        + ", "
        + array(change.tags().stream().map(tag -> "@" + tag).toList())
        + ", "
        + what
        + ", "
        + people
        + ")";
  }

  private static String array(List<String> values) {
    return values.stream()
        .map(Identifiers::literal)
        .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
  }
}
