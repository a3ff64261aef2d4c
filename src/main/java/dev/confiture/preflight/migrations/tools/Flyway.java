package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.NumericVersions;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * <a href="https://github.com/flyway/flyway">Flyway</a>: {@code V<version>__<description>.sql} and
 * repeatable {@code R__<description>.sql}; a statement at a time over JDBC, in a transaction unless
 * a statement is known to refuse one; the record by a second session, which holds a lock, and with
 * it a snapshot, as long as a file runs.
 */
final class Flyway implements Tool {

  /** Begins the version of a baseline migration, which another file may have too. */
  static final String BASELINE = "B";

  private static final String REPEATABLE = "R__";
  private static final Pattern EVIDENT =
      Pattern.compile("(?:[VB][0-9]+(?:[._][0-9]+)*__|R__).*\\.(?i:sql)");
  private static final Pattern JAVA =
      Pattern.compile("(?:V[0-9]+(?:[._][0-9]+)*__|R__).*\\.(?:java|kt)");

  /** Files of which a folder that has them is a project, and its migrations lie further down. */
  private static final Set<String> OF_A_PROJECT =
      Set.of(".git", "pom.xml", "build.gradle", "build.gradle.kts", "package.json", "src");

  /** By version, a baseline migration behind the file of its version, repeatable ones last. */
  static final Comparator<String> ORDER =
      Comparator.comparing((String version) -> version.startsWith(REPEATABLE))
          .thenComparing(Flyway::compared, NumericVersions.ORDER)
          .thenComparing(version -> version.startsWith(BASELINE));

  private final FlywaySettings settings;
  private final Map<Path, FlywayFile> files;
  private final FlywayFile.Callbacks callbacks;

  /** Makes the tool before a folder is read. */
  Flyway() {
    this(FlywaySettings.none(), Map.of(), FlywayFile.Callbacks.NONE);
  }

  private Flyway(
      FlywaySettings settings, Map<Path, FlywayFile> files, FlywayFile.Callbacks callbacks) {
    this.settings = settings;
    this.files = Map.copyOf(files);
    this.callbacks = callbacks;
  }

  /** Returns the number that a version is compared by; of a repeatable migration its name. */
  static String number(String version) {
    return version.startsWith(BASELINE) ? version.substring(BASELINE.length()) : version;
  }

  /** Returns what is compared: of a repeatable migration the description in words, as strings. */
  private static String compared(String version) {
    return version.startsWith(REPEATABLE) ? version.replace('_', ' ') : number(version);
  }

  /** Returns the version, so to speak, of a repeatable migration. */
  static String repeatable(String description) {
    return REPEATABLE + description.replace(' ', '_');
  }

  private static boolean isRepeatable(Migration migration) {
    return migration.version().startsWith(REPEATABLE);
  }

  private static boolean isBaseline(Migration migration) {
    return migration.version().startsWith(BASELINE);
  }

  @Override
  public String id() {
    return "flyway";
  }

  @Override
  public Description description() {
    return new Description(
        "13.12.1",
        "V<version>__<description>.sql, R__<description>.sql (repeatable), B<version>__… (baseline)"
            + " and callbacks, in sub-folders too",
        "by version, part by part as numbers; repeatable ones last, by description",
        "what Flyway knows to need none (CREATE INDEX CONCURRENTLY, VACUUM, ALTER SYSTEM …) alone"
            + " in its file, executeInTransaction=false in <file>.conf, mixed=true: each statement"
            + " by itself",
        "older pending, missing, changed and failed ones are refused; the newest may be missing",
        "Java migrations (named, and nothing of them is run); settings in pom.xml, build.gradle,"
            + " code or the environment; Spring profiles; other prefixes, separators and suffixes;"
            + " callbacks of statements and errors; undo; cherryPick");
  }

  @Override
  public Detection detect(FolderFiles files) {
    return refinery(files)
        ? new Detection.Nothing()
        : evident(files)
            .<Detection>map(path -> new Detection.Evidence("files named as " + name(path)))
            .orElseGet(Detection.Nothing::new);
  }

  private static String name(Path path) {
    return FolderFiles.name(path);
  }

  /** Returns a file with such a name: here, or below where this is no whole project. */
  private static Optional<Path> evident(FolderFiles files) {
    return files.paths().stream()
        .filter(path -> EVIDENT.matcher(name(path)).matches())
        .findFirst()
        .or(
            () ->
                files.paths().stream().map(Flyway::name).anyMatch(OF_A_PROJECT::contains)
                    ? Optional.empty()
                    : files.below().stream()
                        .filter(path -> EVIDENT.matcher(name(path)).matches())
                        .findFirst());
  }

  /** Returns true for a project of Rust's refinery, which names its files alike. */
  private static boolean refinery(FolderFiles files) {
    return files
        .project("Cargo.toml")
        .flatMap(cargo -> files.read(cargo).text())
        .filter(text -> text.text().contains("refinery"))
        .isPresent();
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    FlywaySettings found = FlywaySettings.of(files);
    FlywayFile.Reader reader = new FlywayFile.Reader(found, told.placeholders());
    if (found.roots().isEmpty()) {
      reader.read(files, files.folder());
    }
    for (Path root : found.roots()) {
      reader.read(root.equals(files.folder()) ? files : FolderFiles.list(root), root);
    }
    reader.readCode(files.folder(), JAVA);
    List<Migration> migrations = reader.migrations(ORDER);
    return new MigrationFolder(
        new Flyway(found, reader.facts(), reader.callbacks()),
        evidence
            + (found.files().isEmpty()
                ? ""
                : ", settings of "
                    + String.join(", ", found.files().stream().map(Flyway::name).toList()))
            + (found.unknown().isEmpty()
                ? ""
                : ", where only the deployment knows the value of "
                    + String.join(", ", found.unknown())
                    + ": its default is taken"),
        migrations,
        ORDER,
        false,
        reader.ignored(files));
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    QualifiedName name =
        settings
            .schema()
            .map(schema -> QualifiedName.of(schema, settings.table()))
            .orElseGet(() -> QualifiedName.of(settings.table()));
    return Optional.of(
        new LedgerFormat(
                name,
                "script",
                FlywayHistory.COLUMNS,
                Set.of("installed_rank", "success"),
                Set.of(),
                List.of(),
                Flyway::applied)
            .madeBy(creation()));
  }

  private static Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    FlywayHistory history = FlywayHistory.of(rows);
    return new Applied(
        table,
        history.versions(),
        Map.of(),
        history.baseline(),
        // A failed row alone, and nothing applied, is to be told too.
        history.versions().isEmpty() && history.isBegun()
            ? Optional.of(
                Refusal.notRun(
                    "Flyway runs nothing: its history holds a failed migration alone",
                    "remove what is half done, then run flyway repair"))
            : Optional.empty(),
        rows);
  }

  private String creation() {
    String schema = settings.schema().orElse("public");
    String table = Identifiers.quote(QualifiedName.of(schema, settings.table()));
    return (settings.schema().isPresent()
            ? "CREATE SCHEMA IF NOT EXISTS " + Identifiers.quote(schema) + "; "
            : "")
        + "CREATE TABLE IF NOT EXISTS "
        + table
        + " (installed_rank integer NOT NULL PRIMARY KEY, version varchar(50), description"
        + " varchar(200) NOT NULL, type varchar(20) NOT NULL, script varchar(1000) NOT NULL,"
        + " checksum integer, installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL"
        + " DEFAULT now(), execution_time integer NOT NULL, success boolean NOT NULL)"
        + (settings.isOn("baselineonmigrate", false)
            ? "; INSERT INTO "
                + table
                + " (installed_rank, version, description, type, script, installed_by,"
                + " execution_time, success) SELECT 1, "
                + Identifiers.literal(baselineVersion())
                + ", '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', CURRENT_USER, 0,"
                + " true WHERE NOT EXISTS (SELECT FROM "
                + table
                + ") AND EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = "
                + Identifiers.literal(Identifiers.quote(schema))
                + "::pg_catalog.regnamespace AND c.relkind IN ('r', 'v', 'S') AND c.relname <> "
                + Identifiers.literal(settings.table())
                + ")"
            : "");
  }

  private String baselineVersion() {
    return settings.text("baselineversion").orElse("1").replace('_', '.');
  }

  @Override
  public Optional<String> refusalWithoutLedger() {
    return baselines()
        ? Optional.empty()
        : Optional.of(
            "Found non-empty schema(s) but no schema history table. Use baseline() or set"
                + " baselineOnMigrate to true to initialize the schema history table.");
  }

  private boolean baselines() {
    return settings.isOn("baselineonmigrate", false);
  }

  /** With baselineOnMigrate it goes on behind the version that it is given. */
  @Override
  public Optional<Applied> withoutLedger() {
    return baselines()
        ? Optional.of(
            applied(
                QualifiedName.of(settings.schema().orElse("public"), settings.table()),
                List.of(
                    new LedgerFormat.Row(
                        "<< Flyway Baseline >>",
                        Map.of("version", baselineVersion(), "type", "BASELINE")))))
        : Optional.empty();
  }

  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    Optional<FlywayHistory> history =
        selection.recorded().map(applied -> FlywayHistory.of(applied.rows()));
    Set<String> applied = selection.applied();
    Optional<String> newest =
        history.isPresent()
            ? history.get().newest()
            : applied.stream().filter(NumericVersions::isVersion).max(NumericVersions.ORDER);
    boolean begun = history.map(FlywayHistory::isBegun).orElse(!applied.isEmpty());
    Optional<String> baseline = begun ? Optional.empty() : newestBaseline(folder);
    PendingSet all = PendingSet.notApplied(folder, selection);
    Set<String> notApplied = new TreeSet<>(ORDER);
    all.migrations().forEach(migration -> notApplied.add(migration.version()));
    List<Migration> pending = new ArrayList<>();
    List<String> older = new ArrayList<>();
    for (Migration migration : folder.migrations()) {
      String version = number(migration.version());
      if (isRepeatable(migration)
          ? history
              .map(rows -> rows.hasRun(migration, file(migration).flatMap(FlywayFile::written)))
              .orElse(applied.contains(migration.version()))
          : isBaseline(migration)
              ? baseline.filter(version::equals).isEmpty()
              : baseline.filter(b -> NumericVersions.ORDER.compare(version, b) <= 0).isPresent()
                  || !notApplied.contains(migration.version())
                  || history.filter(rows -> rows.isBelowBaseline(version)).isPresent()
                  || isAboveTarget(version)) {
        continue;
      }
      boolean isOlder =
          !isRepeatable(migration)
              && newest.filter(n -> NumericVersions.ORDER.compare(version, n) < 0).isPresent();
      if (isOlder) {
        older.add(migration.version());
      }
      pending.add(
          isOlder && !settings.runsOutOfOrder()
              ? migration.refusing(outOfOrder(version))
              : migration);
    }
    pending.removeIf(migration -> isSkipped(migration, older));
    PendingSet planned = new PendingSet(selection, pending, gone(all, history), older);
    List<FlywayHistory.Finding> findings =
        history.filter(_ -> validates()).map(rows -> findings(rows, folder)).orElse(List.of());
    for (FlywayHistory.Finding finding : findings) {
      planned = planned.refusing(refusal(finding, pending.isEmpty()), folder);
    }
    return planned;
  }

  private boolean validates() {
    return settings.isOn("validateonmigrate", true);
  }

  private List<FlywayHistory.Finding> findings(FlywayHistory history, MigrationFolder folder) {
    return history.findings(
        folder.migrations(),
        migration -> file(migration).map(FlywayFile::description).orElse(""),
        settings.text("ignoremigrationpatterns"));
  }

  private static Refusal refusal(FlywayHistory.Finding finding, boolean nothingPending) {
    Refusal refusal =
        Refusal.ofFile(
            "Flyway runs nothing: Validate failed: Migrations have failed validation. "
                + finding.message(),
            finding.hint());
    // What is applied already is not executed once more.
    return nothingPending ? refusal.ofFileNotRun() : refusal;
  }

  private static List<String> gone(PendingSet all, Optional<FlywayHistory> history) {
    return all.appliedWithoutFile().stream()
        .filter(
            version ->
                history.flatMap(FlywayHistory::baseline).filter(version::equals).isEmpty()
                    || history.get().entries().containsKey(version))
        .toList();
  }

  private boolean isAboveTarget(String version) {
    return settings
        .text("target")
        .map(target -> target.replace('_', '.').replace("?", ""))
        .filter(NumericVersions::isVersion)
        .filter(target -> NumericVersions.ORDER.compare(version, target) > 0)
        .isPresent();
  }

  /** Returns true for an older file that Flyway is told to pass over. */
  private boolean isSkipped(Migration migration, List<String> older) {
    return !settings.runsOutOfOrder()
        && older.contains(migration.version())
        && FlywayHistory.isIgnored(
            settings.text("ignoremigrationpatterns"), "versioned", "ignored");
  }

  private List<Refusal> outOfOrder(String version) {
    return List.of(
        Refusal.ofFile(
            validates()
                ? "Flyway runs nothing: Validate failed: Migrations have failed validation. Detected"
                    + " resolved migration not applied to database: "
                    + version
                    + "."
                : "Flyway never runs it: it is older than the newest applied version, and is passed"
                    + " over in silence",
            "give it a version above the newest applied one, or deploy with outOfOrder=true"));
  }

  private static Optional<String> newestBaseline(MigrationFolder folder) {
    return folder.migrations().stream()
        .filter(Flyway::isBaseline)
        .map(migration -> number(migration.version()))
        .max(NumericVersions.ORDER);
  }

  @Override
  public List<Migration> inOneDeployment(
      MigrationFolder folder, Selection selection, List<Migration> chosen) {
    List<Migration> all = new ArrayList<>(chosen);
    switch (selection) {
      case Selection.Everything _ ->
          newestBaseline(folder)
              .ifPresent(
                  baseline ->
                      all.removeIf(
                          migration ->
                              !isRepeatable(migration)
                                  && NumericVersions.ORDER.compare(
                                          number(migration.version()), baseline)
                                      <= 0
                                  && !migration.version().equals(BASELINE + baseline)));
      case Selection.Since _ -> all.removeIf(Flyway::isBaseline);
      case Selection.Known _ -> {}
    }
    if (settings.isGroup() && !settings.isMixed()) {
      refuseMixedGroup(all);
    }
    return all.isEmpty() ? all : callbacks.around(all, Flyway::isRepeatable);
  }

  private void refuseMixedGroup(List<Migration> group) {
    for (int i = 1; i < group.size(); i++) {
      Migration other = group.get(i);
      if (isTransactional(other) != isTransactional(group.getFirst())) {
        group.set(
            i,
            other.refusing(
                List.of(
                    Refusal.notRun(
                        "Flyway runs nothing: Detected both transactional and non-transactional"
                            + " migrations within the same migration group (even though mixed is"
                            + " false). First offending migration: \""
                            + other.version()
                            + file(other).map(f -> " " + f.description()).orElse("")
                            + "\""
                            + (isTransactional(other) ? "" : " [non-transactional]"),
                        "deploy it by itself, or without group=true"))));
        return;
      }
    }
  }

  private Optional<FlywayFile> file(Migration migration) {
    return Optional.ofNullable(files.get(migration.file().path()));
  }

  private boolean isTransactional(Migration migration) {
    return file(migration).map(FlywayFile::transactional).orElse(true);
  }

  @Override
  public Execution execution() {
    Execution execution =
        new Execution(
            new Execution.Send.Statements(),
            settings.isGroup() ? Execution.Scope.RUN : Execution.Scope.FILE,
            new Execution.OutsideTransaction.Never(
                Optional.of(
                    "write executeInTransaction=false into a file <its name>.conf beside it")),
            Execution.Carry.SAME_SESSION_IN_OWN_ROLE,
            Execution.LedgerWrites.NONE,
            Execution.EndOfFile.TOOL_COMMITS,
            Execution.OwnEnd.REOPENED);
    return settings.locksInTransaction()
        ? execution.besideSnapshot(
            "set flyway.postgresql.transactional.lock=false, with which Flyway's lock needs no"
                + " transaction")
        : execution;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    Optional<FlywayFile> file = file(migration);
    Execution whole =
        isTransactional(migration)
            ? execution()
            : execution()
                .with(
                    Execution.Scope.NONE,
                    new Execution.OutsideTransaction.Never(Optional.empty()),
                    Execution.EndOfFile.TOOL_COMMITS);
    Execution execution =
        file.flatMap(FlywayFile::parts)
            .map(starts -> whole.with(new Execution.Send.Parts(starts)))
            .orElse(whole);
    List<Execution.Query> path =
        settings
            .schema()
            .map(schema -> new Execution.Query("flyway.defaultSchema", searchPath(schema)))
            .stream()
            .toList();
    return file.filter(FlywayFile::isRecorded)
        .map(
            each ->
                execution
                    .recordedBy(
                        new Execution.LedgerWrites(
                            Optional.empty(),
                            Optional.empty(),
                            ledger.map(l -> each.insert(l, migration))))
                    .between(
                        new Execution.Around(
                            FlywayFile.joined(path, callbacks.beforeEach()),
                            callbacks.afterEach())))
        .orElseGet(() -> execution.between(new Execution.Around(path, List.of())));
  }

  /** Returns the query that puts the configured schema before those of the session. */
  private static String searchPath(String schema) {
    String quoted = Identifiers.literal(Identifiers.quote(schema));
    return "SELECT pg_catalog.set_config('search_path', "
        + quoted
        + " || ',' || pg_catalog.current_setting('search_path'), false)"
        + " WHERE pg_catalog.current_schema() IS DISTINCT FROM "
        + Identifiers.literal(schema);
  }
}
