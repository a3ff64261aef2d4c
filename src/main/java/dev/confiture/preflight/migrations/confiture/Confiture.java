package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.migrations.ConfiguredLedger;
import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.NumericVersions;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Words;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * confiture: {@code <version>_<name>.up.sql} with a {@code .down.sql} beside it, and {@code
 * <version>_<name>.py}; versions compared as strings, each SQL file one simple query in a
 * savepoint, one session for all.
 */
public final class Confiture implements Tool {

  private static final String UP = ".up.sql";
  private static final String DOWN = ".down.sql";
  private static final String SIDECAR = ".yaml";
  private static final String PYTHON = ".py";

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^[ \\t]*+(?:from|import)\\s+confiture(?:\\.[\\w.]+)?\\b");

  private static final LedgerFormat LEDGER =
      new LedgerFormat(
          QualifiedName.of("tb_confiture"),
          "version",
          List.of("checksum"),
          List.of("confiture"), // its view helpers
          Confiture::applied);

  /**
   * View helpers, which put dependent views aside while a column changes: {@code migrate up}
   * installs them where an environment's configuration lets it.
   */
  private static final Helpers HELPERS =
      new Helpers(
          "confiture",
          Set.of("save_and_drop_dependent_views", "recreate_saved_views", "saved_views"),
          "it needs confiture's view helpers, which the tool installs in its environment and which"
              + " are missing here: not the migration's fault");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.WholeText(),
          Execution.Scope.FILE_IN_SAVEPOINT,
          new Execution.OutsideTransaction.SingleStatement(
              "ran outside a transaction; confiture before 0.33 refuses this file"),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.IGNORED);

  /** The number of files that a sentence about several names. */
  private static final int MOST_NAMED = 3;

  /**
   * Returns the ledger that a configuration names.
   *
   * @param environment the variables that the configuration may use
   */
  public static ConfiguredLedger.Location configuredLedger(
      Path file, Map<String, String> environment) {
    return Configuration.read(file, LEDGER, environment);
  }

  /** Returns the configuration of an environment, relative to the working directory. */
  public static Path environment(String name) {
    return Configuration.ofEnvironment(name);
  }

  @Override
  public String id() {
    return "confiture";
  }

  @Override
  public Description description() {
    return new Description(
        "0.9.4 and later",
        "<version>_<name>.up.sql, and Python",
        "by version, as text",
        "transactional = False in Python: each statement by itself",
        "older ones are run, changed ones are named",
        "what docs/verdicts.md names");
  }

  @Override
  public Detection detect(FolderFiles files) {
    List<MigrationFile> found = discover(files);
    for (MigrationFile file : found) {
      if (isUp(file.path())) {
        Path sidecar = beside(file.path(), SIDECAR);
        if (Files.exists(sidecar)) {
          return new Detection.Evidence(
              FolderFiles.name(sidecar) + " beside " + FolderFiles.name(file.path()));
        }
      } else if (importsConfiture(files.read(file.path()))) {
        return new Detection.Evidence(FolderFiles.name(file.path()) + " imports confiture");
      }
    }
    if (found.stream().anyMatch(file -> isUp(file.path()))) {
      return new Detection.Names("files named *.up.sql");
    }
    return files.paths().stream().noneMatch(Confiture::isNumberedSql)
            && found.stream().anyMatch(file -> NumericVersions.isVersion(file.version()))
        ? new Detection.Names("numbered Python files")
        : new Detection.Nothing();
  }

  private static boolean importsConfiture(FolderFiles.Content content) {
    return content.text().filter(text -> IMPORT.matcher(text.text()).find()).isPresent();
  }

  private static boolean isNumberedSql(Path path) {
    String name = FolderFiles.name(path);
    int underscore = name.indexOf('_');
    return name.endsWith(".sql")
        && !name.endsWith(DOWN)
        && underscore > 0
        && NumericVersions.isVersion(name.substring(0, underscore));
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<MigrationFile> found = discover(files);
    Map<String, List<MigrationFile>> byVersion = new LinkedHashMap<>();
    for (MigrationFile file : found) {
      byVersion.computeIfAbsent(file.version(), _ -> new ArrayList<>()).add(file);
    }
    return new MigrationFolder(
        this,
        evidence,
        found.stream()
            .sorted(MigrationFolder.order(Comparator.naturalOrder()))
            .map(
                file ->
                    read(file, files.read(file.path()), files.folder())
                        .refusing(doubled(file, byVersion.getOrDefault(file.version(), List.of()))))
            .toList(),
        Comparator.naturalOrder(),
        true,
        MigrationFolder.ignored(files, found, DOWN));
  }

  private static List<MigrationFile> discover(FolderFiles files) {
    List<MigrationFile> migrations = new ArrayList<>();
    for (Path path : files.paths()) {
      if (isUp(path) || isPython(path)) {
        String name = FolderFiles.name(path);
        String base = name.substring(0, name.length() - (isUp(path) ? UP : PYTHON).length());
        int underscore = base.indexOf('_');
        migrations.add(
            underscore < 0
                ? new MigrationFile(base, "", path)
                : new MigrationFile(
                    base.substring(0, underscore), base.substring(underscore + 1), path));
      }
    }
    return migrations;
  }

  private static Migration read(MigrationFile file, FolderFiles.Content content, Path folder) {
    Optional<String> checksum = content.sha256();
    if (isPython(file.path())) {
      // A Python migration's class has a method that undoes it.
      return new Migration(
          file,
          content
              .text()
              .<MigrationText>map(text -> PythonRecorder.unexecuted(file, text))
              .orElse(content.unreadable()),
          checksum,
          true,
          List.of(),
          List.of(),
          List.of());
    }
    Optional<Sidecar> sidecar =
        Optional.of(beside(file.path(), SIDECAR))
            .filter(Files::exists)
            .map(beside -> Sidecar.read(beside, folder));
    boolean hasDown = Files.exists(beside(file.path(), DOWN));
    List<Refusal> refusals = new ArrayList<>();
    sidecar.map(Sidecar::refusals).ifPresent(refusals::addAll);
    Optional<Script> script = content.text().map(Script::ofOneMessage);
    script.map(ConfitureRefusals::refusals).ifPresent(refusals::addAll);
    if (script.isPresent() && !hasDown) {
      refusals.add(
          Refusal.ofFile(
              "confiture does not load a migration without its down file",
              "add " + FolderFiles.name(beside(file.path(), DOWN))));
    }
    return new Migration(
        file,
        script.<MigrationText>map(Confiture::sent).orElse(content.unreadable()),
        checksum,
        hasDown,
        refusals,
        sidecar.map(Sidecar::preconditions).orElse(List.of()),
        List.of());
  }

  private static MigrationText.Sql sent(Script script) {
    String text = TransactionWrapper.blanked(script);
    return text.equals(script.source().text())
        ? new MigrationText.Sql(script)
        : new MigrationText.Sql(script.source(), script.resplit(SourceText.of(text)));
  }

  private static List<Refusal> doubled(MigrationFile file, List<MigrationFile> sameVersion) {
    return sameVersion.stream()
        .filter(other -> !other.equals(file))
        .map(
            other ->
                Refusal.ofFile(
                    "version "
                        + file.version()
                        + " is also the version of "
                        + FolderFiles.name(other.path())
                        + ", and confiture deploys neither",
                    "give one of them a version of its own"))
        .toList();
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(LEDGER);
  }

  private static Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    Set<String> versions = new LinkedHashSet<>();
    Map<String, String> checksums = new LinkedHashMap<>();
    for (LedgerFormat.Row row : rows) {
      versions.add(row.version());
      Optional.ofNullable(row.details().get("checksum"))
          .map(String::strip)
          .filter(checksum -> !checksum.isEmpty())
          .ifPresent(checksum -> checksums.put(row.version(), checksum));
    }
    return new Applied(table, versions, checksums);
  }

  @Override
  public Optional<Helpers> helpers() {
    return Optional.of(HELPERS);
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    Execution recorded = EXECUTION.recordedBy(ledger.map(l -> insert(migration, l)));
    return switch (migration.text()) {
      case MigrationText.Recorded text -> execution(recorded, text);
      case MigrationText.Sql _, MigrationText.Python _, MigrationText.Unreadable _ -> recorded;
    };
  }

  /**
   * Returns how a Python file is executed: its class tells, since confiture does not look into its
   * SQL.
   */
  private static Execution execution(Execution sql, MigrationText.Recorded text) {
    Execution parts =
        sql.with(
            new Execution.Send.Parts(
                text.messages().stream().map(MigrationText.Message::start).toList()));
    return text.transactional()
        ? parts.with(
            sql.scope(),
            new Execution.OutsideTransaction.Never(
                Optional.of("set transactional = False on the class")),
            Execution.EndOfFile.TOOL_COMMITS)
        : parts.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(Optional.empty()),
            Execution.EndOfFile.TRANSACTION_REFUSED);
  }

  private static String insert(Migration migration, Ledger ledger) {
    MigrationFile file = migration.file();
    return "INSERT INTO "
        + Identifiers.quote(ledger.written())
        + " ("
        + ledger.key().map(key -> Identifiers.quote(key.column()) + ", ").orElse("")
        + "slug, version, name, execution_time_ms, checksum)"
        + (ledger.key().isPresent() ? " OVERRIDING SYSTEM VALUE" : "")
        + " VALUES ("
        + ledger.key().map(key -> key.value() + ", ").orElse("")
        + Identifiers.literal(file.name() + "_preflight_" + file.version())
        + ", "
        + Identifiers.literal(file.version())
        + ", "
        + Identifiers.literal(file.name())
        + ", 0, "
        + migration.checksum().map(Identifiers::literal).orElse("NULL")
        + ")";
  }

  /**
   * Notes files of the same name: the ledger's unique slug is the name and the second of the
   * deployment.
   */
  @Override
  public List<String> notes(List<MigrationFile> together) {
    Map<String, List<String>> byName = new TreeMap<>();
    for (MigrationFile file : together) {
      if (!file.name().isEmpty()) {
        byName
            .computeIfAbsent(file.name(), _ -> new ArrayList<>())
            .add(FolderFiles.name(file.path()));
      }
    }
    return byName.values().stream()
        .filter(files -> files.size() > 1)
        .map(
            files ->
                Words.few(files, MOST_NAMED)
                    + " have one name: confiture cannot record two of them within one second")
        .toList();
  }

  private static boolean isUp(Path path) {
    return FolderFiles.name(path).endsWith(UP);
  }

  private static boolean isPython(Path path) {
    return FolderFiles.name(path).endsWith(PYTHON) && !FolderFiles.name(path).startsWith("_");
  }

  private static Path beside(Path up, String ending) {
    String name = FolderFiles.name(up);
    return up.resolveSibling(name.substring(0, name.length() - UP.length()) + ending);
  }
}
