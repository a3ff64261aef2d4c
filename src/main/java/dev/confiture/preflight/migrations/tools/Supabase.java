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
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The <a href="https://supabase.com/docs/guides/deployment/database-migrations">supabase</a> CLI:
 * {@code <digits>_<name>.sql}, cut by its own rule ({@link SupabaseText}) and sent with its record
 * in one pipeline a file.
 *
 * <p>File names are compared as strings, and the digits before the first underscore are the
 * version, as text.
 */
final class Supabase implements Tool {

  private static final String INCLUDE_ALL = "include-all";

  private static final Pattern FILE = Pattern.compile("([0-9]+)_(.*)\\.sql");
  private static final Pattern INITIAL = Pattern.compile("([0-9]{14})_init\\.sql");

  /** Names the first file that an earlier CLI wrote, and that was never to be run. */
  private static final long LAST_INITIAL = 20211209000000L;

  private static final String SCHEMA = "supabase_migrations";

  private static final LedgerFormat LEDGER =
      new LedgerFormat(
              QualifiedName.of(SCHEMA, "schema_migrations"),
              "version",
              List.of(),
              List.of(SCHEMA),
              Supabase::applied)
          .madeBy(
              "CREATE SCHEMA IF NOT EXISTS supabase_migrations;"
                  + " CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations"
                  + " (version text NOT NULL PRIMARY KEY);"
                  + " ALTER TABLE supabase_migrations.schema_migrations"
                  + " ADD COLUMN IF NOT EXISTS statements text[];"
                  + " ALTER TABLE supabase_migrations.schema_migrations"
                  + " ADD COLUMN IF NOT EXISTS name text");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.Pipeline(List.of()),
          Execution.Scope.NONE,
          new Execution.OutsideTransaction.Never(
              Optional.of("put it into a file of its own, or first into this one")),
          Execution.Carry.SETTINGS_RESET,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TRANSACTION_LOST,
          Execution.OwnEnd.IGNORED);

  /** In the order of file names: a digit comes before what ends the version. */
  private static final Comparator<String> ORDER = Comparator.comparing(version -> version + "_");

  private final Told told;

  Supabase() {
    this(Told.NOTHING);
  }

  private Supabase(Told told) {
    this.told = told;
  }

  @Override
  public Set<String> options() {
    return Set.of(INCLUDE_ALL);
  }

  @Override
  public String id() {
    return "supabase";
  }

  @Override
  public Description description() {
    return new Description(
        "the CLI's pkg/migration of June 2026",
        "<digits>_<name>.sql in supabase/migrations",
        "by file name, as text",
        "none: a file's first statement may be one that refuses a transaction",
        "older pending ones and missing ones are refused, changed ones ignored",
        "folders as migrations; roles.sql, seeds and vault secrets");
  }

  @Override
  public Detection detect(FolderFiles files) {
    return discover(files).isEmpty() || !isAtItsPlace(files.folder())
        ? new Detection.Nothing()
        : new Detection.Evidence("supabase/migrations");
  }

  private static boolean isAtItsPlace(Path folder) {
    return folder.toAbsolutePath().normalize().endsWith(Path.of("supabase", "migrations"));
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<MigrationFile> found = discover(files);
    return new MigrationFolder(
        new Supabase(told),
        evidence,
        found.stream().map(file -> read(file, files.read(file.path()))).toList(),
        ORDER,
        false,
        MigrationFolder.ignored(files, found, ".down.sql"));
  }

  private static List<MigrationFile> discover(FolderFiles files) {
    List<MigrationFile> migrations = new ArrayList<>();
    List<Path> entries =
        files.paths().stream().sorted(Comparator.comparing(FolderFiles::name)).toList();
    for (Path path : entries) {
      Matcher name = FILE.matcher(FolderFiles.name(path));
      if (name.matches() && !(path.equals(entries.getFirst()) && isInitial(path))) {
        migrations.add(new MigrationFile(name.group(1), name.group(2), path));
      }
    }
    return migrations;
  }

  private static boolean isInitial(Path path) {
    Matcher name = INITIAL.matcher(FolderFiles.name(path));
    return name.find() && Long.parseLong(name.group(1)) < LAST_INITIAL;
  }

  private static Migration read(MigrationFile file, FolderFiles.Content content) {
    return new Migration(
        file,
        content
            .text()
            .<MigrationText>map(
                text ->
                    new MigrationText.Sql(text, Script.of(text, SupabaseText.of(text).starts())))
            .orElse(content.unreadable()),
        Optional.empty(),
        true,
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
    rows.forEach(row -> versions.add(row.version()));
    return new Applied(table, versions, Map.of());
  }

  /** Refuses what is missing here, and what is older than the newest applied one. */
  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    PendingSet all = PendingSet.notApplied(folder, selection);
    if (!all.appliedWithoutFile().isEmpty()) {
      return all.refusing(
          Refusal.ofFile(
              "supabase runs nothing: Remote migration versions not found in local migrations"
                  + " directory: "
                  + String.join(", ", all.appliedWithoutFile()),
              "put their files back, or supabase migration repair --status reverted "
                  + String.join(" ", all.appliedWithoutFile())),
          folder);
    }
    return told.isOn(INCLUDE_ALL)
        ? all
        : all.with(
            migration ->
                all.outOfOrder().contains(migration.version())
                    ? migration.refusing(
                        List.of(
                            Refusal.ofFile(
                                "supabase runs nothing: Found local migration files to be inserted"
                                    + " before the last migration on remote database: "
                                    + migration.file().fileName(),
                                "give it a version above the newest one, or deploy with"
                                    + " --include-all (--tool-option include-all=true)")))
                    : migration);
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    SupabaseText text =
        SupabaseText.of(migration.text().source().orElseGet(() -> SourceText.of("")));
    return EXECUTION
        .with(new Execution.Send.Pipeline(text.starts()))
        .recordedBy(ledger.map(l -> insert(migration, text, l)));
  }

  private static String insert(Migration migration, SupabaseText text, Ledger ledger) {
    return "INSERT INTO "
        + Identifiers.quote(ledger.table())
        + " (version, name, statements) VALUES ("
        + Identifiers.literal(migration.version())
        + ", "
        + Identifiers.literal(migration.file().name())
        + ", ARRAY["
        + text.statements().stream().map(Identifiers::literal).collect(Collectors.joining(", "))
        + "]::text[])";
  }
}
