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
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <a href="https://github.com/rubenv/sql-migrate">sql-migrate</a> (rubenv): every {@code *.sql} of
 * the folder, known by its name; split by its own rule ({@link SqlMigrateText}), a simple query a
 * statement, in a transaction with its record.
 */
final class SqlMigrate implements Tool {

  private static final Pattern NUMBER = Pattern.compile("([0-9]+).*", Pattern.DOTALL);

  /** By the number that a name begins with; names without one come last. */
  private static final Comparator<String> ORDER =
      Comparator.<String, Boolean>comparing(name -> number(name).isEmpty())
          .thenComparing(name -> number(name).orElse(BigInteger.ZERO))
          .thenComparing(Comparator.naturalOrder());

  private static final LedgerFormat LEDGER =
      new LedgerFormat(
              QualifiedName.of("gorp_migrations"), "id", List.of(), List.of(), SqlMigrate::applied)
          .madeBy(
              "CREATE TABLE IF NOT EXISTS gorp_migrations (id text NOT NULL PRIMARY KEY, applied_at"
                  + " timestamp with time zone)");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.Parts(List.of()),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.Never(Optional.of("write -- +migrate Up notransaction")),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.TOOL_FAILS);

  private static final SourceText EMPTY = SourceText.of("");

  private static Optional<BigInteger> number(String name) {
    Matcher number = NUMBER.matcher(name);
    return number.matches() ? Optional.of(new BigInteger(number.group(1))) : Optional.empty();
  }

  @Override
  public String id() {
    return "sql-migrate";
  }

  @Override
  public Description description() {
    return new Description(
        "1.0.0",
        "*.sql with -- +migrate Up, hidden ones too",
        "by the number at the beginning of the name, else by name",
        "-- +migrate Up notransaction: each statement by itself",
        "older ones are run, missing ones refused, changed ones ignored",
        "table, schema and environments of dbconfig.yml; LineSeparator; migrations in Go");
  }

  @Override
  public Detection detect(FolderFiles files) {
    return sqlFiles(files).stream()
        .filter(path -> files.read(path).text().filter(SqlMigrateText::hasMarker).isPresent())
        .findFirst()
        .<Detection>map(
            path -> new Detection.Evidence("-- +migrate markers in " + FolderFiles.name(path)))
        .orElseGet(Detection.Nothing::new);
  }

  private static List<Path> sqlFiles(FolderFiles files) {
    return files.paths().stream()
        .filter(path -> FolderFiles.name(path).endsWith(".sql"))
        .sorted(Comparator.comparing(FolderFiles::name, ORDER))
        .toList();
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<MigrationFile> found =
        sqlFiles(files).stream()
            .map(path -> new MigrationFile(FolderFiles.name(path), "", path))
            .toList();
    return new MigrationFolder(
        this,
        evidence,
        found.stream().map(file -> read(file, files.read(file.path()))).toList(),
        ORDER,
        false,
        MigrationFolder.ignored(files, found, ".down.sql"));
  }

  private static Migration read(MigrationFile file, FolderFiles.Content content) {
    if (content.text().isEmpty()) {
      return new Migration(file, content.unreadable());
    }
    SourceText text = content.text().get();
    SqlMigrateText parsed = SqlMigrateText.of(text);
    return new Migration(
        file,
        new MigrationText.Sql(text, Script.of(text.blanked(parsed.notSent()), parsed.starts())),
        Optional.empty(),
        parsed.hasDown(),
        parsed.refusals(),
        List.of(),
        List.of());
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(LEDGER);
  }

  private static Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.add(row.version()));
    return new Applied(table, names, Map.of());
  }

  /** Refuses all where a recorded file is gone. */
  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    PendingSet all = PendingSet.notApplied(folder, selection);
    return all.appliedWithoutFile().isEmpty() || selection.recorded().isEmpty()
        ? all
        : all.refusing(
            new Refusal(
                Refusal.Stage.NOT_RUN,
                0,
                0,
                "sql-migrate runs nothing: Unable to create migration plan because of "
                    + all.appliedWithoutFile().getFirst()
                    + ": unknown migration in database",
                Optional.of("bring the file back, or deploy with sql-migrate up -ignore-unknown")),
            folder);
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    SqlMigrateText text = SqlMigrateText.of(migration.text().source().orElse(EMPTY));
    Execution recorded =
        EXECUTION
            .with(new Execution.Send.Parts(text.starts()))
            .recordedBy(
                ledger.map(
                    table ->
                        "INSERT INTO "
                            + Identifiers.quote(table.written())
                            + " (id, applied_at) VALUES ("
                            + Identifiers.literal(migration.version())
                            + ", pg_catalog.now())"));
    return text.transactional()
        ? recorded
        : recorded.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(
                Optional.of("put each statement on lines of its own")),
            Execution.EndOfFile.TRANSACTION_LOST);
  }
}
