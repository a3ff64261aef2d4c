package dev.confiture.preflight.migrations.tools;

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
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * <a href="https://docs.rs/sqlx/latest/sqlx/macro.migrate.html">sqlx</a>: {@code
 * <number>_<name>.sql}, or {@code .up.sql} with {@code .down.sql}, each one simple query in a
 * transaction with its record, which holds the SHA-384 of the file.
 */
final class Sqlx implements Tool {

  private static final String SQL = ".sql";
  private static final String UP = ".up.sql";
  private static final String DOWN = ".down.sql";
  private static final String NO_TRANSACTION = "-- no-transaction";
  private static final String SUCCESS = "success";
  private static final String CHECKSUM = "checksum";

  /** A dependency, on a line of its own or as a table of its own. */
  private static final Pattern CRATE =
      Pattern.compile("(?m)^[ \\t]*+(?:\\[[\\w.-]*dependencies\\.)?sqlx\\s*[=\\].]");

  /** The marker of a tool that reads one, which a project of sqlx's may use beside it. */
  private static final Pattern MARKER = Pattern.compile("(?m)^--\\s*(?:migrate:|\\+\\w+ )");

  private static final LedgerFormat LEDGER =
      new LedgerFormat(
              QualifiedName.of("_sqlx_migrations"),
              "version",
              List.of(SUCCESS, CHECKSUM),
              List.of(),
              Sqlx::applied)
          .madeBy(
              "CREATE TABLE IF NOT EXISTS _sqlx_migrations (version BIGINT PRIMARY KEY, description"
                  + " TEXT NOT NULL, installed_on TIMESTAMPTZ NOT NULL DEFAULT now(), success"
                  + " BOOLEAN NOT NULL, checksum BYTEA NOT NULL, execution_time BIGINT NOT NULL)");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.WholeText(),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.Never(
              Optional.of("begin the file with " + NO_TRANSACTION)),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.IGNORED);

  @Override
  public String id() {
    return "sqlx";
  }

  @Override
  public Description description() {
    return new Description(
        "0.8.3",
        "<number>_<name>.sql, or .up.sql with .down.sql",
        "by number",
        NO_TRANSACTION + " as the file's first bytes: the file is still one message",
        "older pending ones are run; a missing, a changed and a half applied one are refused",
        "ignore_missing; migrations that are built into a program from another folder");
  }

  @Override
  public Detection detect(FolderFiles files) {
    List<MigrationFile> found = discover(files, new ArrayList<>());
    if (found.isEmpty()) {
      return new Detection.Nothing();
    }
    return evidence(files, found)
        .<Detection>map(Detection.Evidence::new)
        .orElseGet(() -> new Detection.Names("files named <number>_<name>.sql"));
  }

  private static Optional<String> evidence(FolderFiles files, List<MigrationFile> found) {
    for (MigrationFile file : found) {
      String text = files.read(file.path()).text().map(each -> each.text()).orElse("");
      if (text.startsWith(NO_TRANSACTION)) {
        return Optional.of(NO_TRANSACTION + " in " + file.fileName());
      }
      if (MARKER.matcher(text).find()) {
        return Optional.empty();
      }
    }
    return files
        .project("Cargo.toml")
        .flatMap(path -> files.read(path).text())
        .filter(text -> CRATE.matcher(text.text()).find())
        .map(_ -> "numbered .sql files, and sqlx in Cargo.toml");
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<Refusal> ofFolder = new ArrayList<>();
    List<MigrationFile> found = discover(files, ofFolder);
    return new MigrationFolder(
        this,
        evidence,
        found.stream()
            .sorted(MigrationFolder.order(NumericVersions.ORDER))
            .map(file -> read(file, files).refusing(ofFolder))
            .toList(),
        NumericVersions.ORDER,
        false,
        MigrationFolder.ignored(files, found, DOWN));
  }

  /** Returns the files that go up; a name that the tool cannot read stops it for all of them. */
  private static List<MigrationFile> discover(FolderFiles files, List<Refusal> refusals) {
    List<MigrationFile> found = new ArrayList<>();
    for (Path path : files.paths()) {
      String name = FolderFiles.name(path);
      int underscore = name.indexOf('_');
      if (underscore < 0 || !name.endsWith(SQL) || Files.isDirectory(path)) {
        continue;
      }
      String version = name.substring(0, underscore);
      if (!isVersion(version)) {
        refusals.add(
            Refusal.ofFile(
                "sqlx runs none of the folder's files: error parsing migration filename \""
                    + name
                    + "\"; expected integer version prefix (e.g. `01_foo.sql`)",
                "rename it, or move it out of the folder"));
      } else if (!name.endsWith(DOWN)) {
        String ending = name.endsWith(UP) ? UP : SQL;
        found.add(
            new MigrationFile(
                version,
                name.substring(
                    underscore + 1, Math.max(underscore + 1, name.length() - ending.length())),
                path));
      }
    }
    return found;
  }

  private static boolean isVersion(String text) {
    try {
      return Long.parseLong(text) >= 0;
    } catch (NumberFormatException none) {
      return false;
    }
  }

  private static Migration read(MigrationFile file, FolderFiles files) {
    FolderFiles.Content content = files.read(file.path());
    String name = FolderFiles.name(file.path());
    return new Migration(
        file,
        content
            .text()
            .map(Script::ofOneMessage)
            .<MigrationText>map(MigrationText.Sql::new)
            .orElse(content.unreadable()),
        content.sha384(),
        name.endsWith(UP)
            && Files.exists(
                file.path().resolveSibling(name.substring(0, name.length() - UP.length()) + DOWN)),
        List.of(),
        List.of(),
        List.of());
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(LEDGER);
  }

  private static Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    Set<String> versions = new LinkedHashSet<>();
    Map<String, String> checksums = new HashMap<>();
    List<String> dirty = new ArrayList<>();
    for (LedgerFormat.Row row : rows) {
      if (row.details().getOrDefault(SUCCESS, "true").equals("true")) {
        versions.add(row.version());
        Optional.ofNullable(row.details().get(CHECKSUM))
            .ifPresent(
                checksum -> checksums.put(row.version(), checksum.replaceFirst("^\\\\x", "")));
      } else {
        dirty.add(row.version());
      }
    }
    return new Applied(
        table,
        versions,
        checksums,
        Optional.empty(),
        dirty.stream()
            .min(NumericVersions.ORDER)
            .map(
                version ->
                    Refusal.notRun(
                        "sqlx runs nothing: migration "
                            + version
                            + " is partially applied; fix and remove row from `_sqlx_migrations`"
                            + " table",
                        "mend what it left, and delete its row")));
  }

  /** It refuses what is applied and missing, or changed since. */
  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    PendingSet all = PendingSet.notApplied(folder, selection);
    Map<String, String> recorded = new TreeMap<>(NumericVersions.ORDER);
    selection.recorded().ifPresent(applied -> recorded.putAll(applied.checksums()));
    List<Migration> changed =
        folder.migrations().stream()
            .filter(migration -> isChanged(migration, recorded))
            .map(Sqlx::changed)
            .toList();
    PendingSet planned = changed.isEmpty() ? all : all.among(changed, folder);
    return all.appliedWithoutFile().stream()
        .findFirst()
        .map(
            version ->
                planned.refusing(
                    Refusal.ofFile(
                        "sqlx runs nothing: migration "
                            + version
                            + " was previously applied but is missing in the resolved migrations",
                        "put its file back, or deploy with ignore_missing"),
                    folder))
        .orElse(planned);
  }

  private static boolean isChanged(Migration migration, Map<String, String> recorded) {
    String then = recorded.get(migration.version());
    return then != null && migration.checksum().filter(now -> !now.equals(then)).isPresent();
  }

  private static Migration changed(Migration migration) {
    return migration.refusing(
        List.of(
            Refusal.notRun(
                "sqlx stops at it: migration "
                    + Long.parseLong(migration.version())
                    + " was previously applied but has been modified",
                "put back the file as it was applied, line ends too, and write the change into a"
                    + " new one")));
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    Execution recorded =
        ledger.map(l -> EXECUTION.recordedBy(writes(migration, l))).orElse(EXECUTION);
    return migration
            .text()
            .source()
            .filter(text -> text.text().startsWith(NO_TRANSACTION))
            .isPresent()
        ? recorded.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(
                Optional.of(
                    "put it into a file of its own: sqlx sends all statements of a file together")),
            Execution.EndOfFile.TRANSACTION_LOST)
        : recorded;
  }

  private static Execution.LedgerWrites writes(Migration migration, Ledger ledger) {
    String table = Identifiers.quote(ledger.written());
    long version = Long.parseLong(migration.version());
    return new Execution.LedgerWrites(
        Optional.empty(),
        Optional.of(
            "INSERT INTO "
                + table
                + " (version, description, success, checksum, execution_time) VALUES ("
                + version
                + ", "
                + Identifiers.literal(migration.file().name().replace('_', ' '))
                + ", TRUE, pg_catalog.decode("
                + Identifiers.literal(migration.checksum().orElse(""))
                + ", 'hex'), -1)"),
        Optional.of("UPDATE " + table + " SET execution_time = 0 WHERE version = " + version));
  }
}
