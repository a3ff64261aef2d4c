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
import dev.confiture.preflight.sql.SourceText;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <a href="https://github.com/golang-migrate/migrate">golang-migrate</a>: {@code
 * <number>_<name>.up.sql}, each one simple query without a transaction around it; its ledger is one
 * row, the newest version and whether it is dirty, written before and after each file.
 */
final class GolangMigrate implements Tool {

  private static final Pattern FILE = Pattern.compile("([0-9]+)_(.*)\\.(down|up)\\.(.*)");
  private static final String DIRTY = "dirty";

  private static final LedgerFormat LEDGER =
      new LedgerFormat(
              QualifiedName.of("schema_migrations"),
              "version",
              List.of(DIRTY),
              Set.of(DIRTY),
              Set.of(),
              List.of(),
              GolangMigrate::applied)
          .madeBy(
              "CREATE TABLE IF NOT EXISTS public.schema_migrations (version bigint NOT NULL PRIMARY"
                  + " KEY, dirty boolean NOT NULL)");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.WholeText(),
          Execution.Scope.NONE,
          new Execution.OutsideTransaction.Never(
              Optional.of(
                  "put it into a file of its own: golang-migrate sends all statements of a file"
                      + " together")),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TRANSACTION_REFUSED,
          Execution.OwnEnd.IGNORED);

  private static final String MULTI = "x-multi-statement";
  private static final String DRIVER = "driver";

  private final Told told;

  GolangMigrate() {
    this(Told.NOTHING);
  }

  private GolangMigrate(Told told) {
    this.told = told;
  }

  @Override
  public String id() {
    return "golang-migrate";
  }

  @Override
  public Description description() {
    return new Description(
        "4.18 and its HEAD of July 2026, with lib/pq",
        "<number>_<name>.up.sql",
        "by number",
        "--tool-option x-multi-statement=true: cut at every semicolon, each part by itself",
        "older pending ones are passed over in silence, changed ones ignored, a missing current one refused",
        "x-statement-timeout; another x-migrations-table");
  }

  /** Names are all that there is, and confiture's too: the ledger tells. */
  @Override
  public Detection detect(FolderFiles files) {
    return discover(files, "up").isEmpty()
        ? new Detection.Nothing()
        : new Detection.Names("files named <number>_<name>.up.sql");
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<MigrationFile> found = discover(files, "up");
    List<MigrationFile> undoing = discover(files, "down");
    List<Refusal> doubled = new ArrayList<>(doubled(found));
    doubled.addAll(doubled(undoing));
    return new MigrationFolder(
        new GolangMigrate(told),
        evidence,
        found.stream()
            .sorted(MigrationFolder.order(NumericVersions.ORDER))
            .map(file -> read(file, files.read(file.path()), undoing, told).refusing(doubled))
            .toList(),
        NumericVersions.ORDER,
        false,
        MigrationFolder.ignored(files, found, ".down.sql"));
  }

  private static List<MigrationFile> discover(FolderFiles files, String direction) {
    List<MigrationFile> migrations = new ArrayList<>();
    for (Path path : files.paths()) {
      Matcher name = FILE.matcher(FolderFiles.name(path));
      if (name.matches() && name.group(3).equals(direction) && isVersion(name.group(1))) {
        migrations.add(new MigrationFile(name.group(1), name.group(2), path));
      }
    }
    return migrations;
  }

  /** Returns true for a number of 64 bits: a file with another is passed over. */
  private static boolean isVersion(String digits) {
    return new BigInteger(digits).bitLength() <= Long.SIZE;
  }

  private static Migration read(
      MigrationFile file, FolderFiles.Content content, List<MigrationFile> undoing, Told told) {
    return new Migration(
        file,
        content
            .text()
            .map(
                text -> told.isOn(MULTI) ? Script.of(text, parts(text)) : Script.ofOneMessage(text))
            .<MigrationText>map(MigrationText.Sql::new)
            .orElse(content.unreadable()),
        Optional.empty(),
        undoing.stream().anyMatch(down -> isSame(down, file)),
        List.of(),
        List.of(),
        List.of());
  }

  /** Splits behind every semicolon, that of a string, a comment or a body, too. */
  private static List<Integer> parts(SourceText text) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = 0; i < text.length() - 1; i++) {
      if (text.codePointAt(i) == ';') {
        starts.add(i + 1);
      }
    }
    return starts;
  }

  @Override
  public Set<String> options() {
    return Set.of(MULTI, DRIVER);
  }

  private static boolean isSame(MigrationFile one, MigrationFile other) {
    return NumericVersions.ORDER.compare(one.version(), other.version()) == 0;
  }

  private static List<Refusal> doubled(List<MigrationFile> files) {
    return MigrationFolder.doubled(files, NumericVersions.ORDER).stream()
        .map(
            file ->
                Refusal.ofFile(
                    "golang-migrate runs none of the folder's files: duplicate migration file: "
                        + file.fileName(),
                    "give it a version of its own"))
        .toList();
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(LEDGER);
  }

  private static Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    return rows.stream()
        .max((a, b) -> NumericVersions.ORDER.compare(a.version(), b.version()))
        .map(
            row ->
                new Applied(
                    table,
                    Set.of(row.version()),
                    Map.of(),
                    Optional.of(row.version()),
                    Optional.of(row)
                        .filter(one -> one.details().getOrDefault(DIRTY, "").equals("true"))
                        .map(
                            one ->
                                Refusal.notRun(
                                    "golang-migrate runs nothing: Dirty database version "
                                        + one.version()
                                        + ". Fix and force version.",
                                    "mend what that version left half done, then migrate force "
                                        + one.version()))))
        .orElseGet(() -> new Applied(table, Set.of(), Map.of()));
  }

  /** Fails what is older than the newest applied one: the tool passes over it, and says nothing. */
  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    Optional<String> newest = selection.applied().stream().max(NumericVersions.ORDER);
    PendingSet all = PendingSet.notApplied(folder, selection);
    if (newest.isEmpty()) {
      return all;
    }
    PendingSet planned =
        all.only(
                // A ledger of one row does not tell which of the older ones ran.
                migration ->
                    selection instanceof Selection.NotListed || isAfter(migration, newest.get()))
            .with(
                migration ->
                    isAfter(migration, newest.get())
                        ? migration
                        : migration.refusing(
                            List.of(
                                Refusal.notRun(
                                    "golang-migrate never runs it: it is older than version "
                                        + newest.get()
                                        + ", which is applied, and is passed over in silence",
                                    "give it a version above " + newest.get()))));
    return folder.has(newest.get())
        ? planned
        : planned.refusing(
            Refusal.notRun(
                "golang-migrate runs nothing: no migration found for version "
                    + newest.get()
                    + ", which is the current one",
                "put its file back"),
            folder);
  }

  private static boolean isAfter(Migration migration, String version) {
    return NumericVersions.ORDER.compare(migration.version(), version) > 0;
  }

  @Override
  public Execution execution() {
    return told.options().getOrDefault(DRIVER, "").equals("pgx5")
        ? EXECUTION.with(
            Execution.Scope.NONE, EXECUTION.outside(), Execution.EndOfFile.TOOL_COMMITS)
        : EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    Execution execution =
        told.isOn(MULTI)
            ? execution()
                .with(
                    new Execution.Send.Parts(
                        migration.text().source().map(GolangMigrate::parts).orElse(List.of())))
            : execution();
    return ledger
        .map(
            l ->
                execution.recordedBy(
                    new Execution.LedgerWrites(
                        Optional.of(row(migration, l, true)),
                        Optional.of(row(migration, l, false)))))
        .orElse(execution);
  }

  private static String row(Migration migration, Ledger ledger, boolean dirty) {
    String table = Identifiers.quote(ledger.table());
    return "TRUNCATE "
        + table
        + "; INSERT INTO "
        + table
        + " (version, dirty) VALUES ("
        + new BigInteger(migration.version())
        + ", "
        + dirty
        + ")";
  }
}
