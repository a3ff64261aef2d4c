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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * <a href="https://github.com/pressly/goose">goose</a>: {@code <number>_<name>.sql} with a part
 * that goes up and one that goes down; split by its own rule ({@link GooseText}), a simple query a
 * statement, in a transaction with its record.
 */
final class Goose implements Tool {

  private static final String SQL = ".sql";

  private static final LedgerFormat LEDGER =
      new LedgerFormat(
          QualifiedName.of("goose_db_version"),
          "version_id",
          List.of("id", "is_applied"),
          List.of(),
          Goose::applied);

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.Parts(List.of()),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.Never(Optional.of("write -- +goose NO TRANSACTION")),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.IGNORED);

  @Override
  public String id() {
    return "goose";
  }

  @Override
  public Detection detect(FolderFiles files) {
    return sqlFiles(files).stream()
        .filter(path -> files.read(path).text().filter(GooseText::hasMarker).isPresent())
        .findFirst()
        .<Detection>map(
            path -> new Detection.Evidence("-- +goose markers in " + FolderFiles.name(path)))
        .orElseGet(Detection.Nothing::new);
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence) {
    List<MigrationFile> found = new ArrayList<>();
    List<Refusal> ofFolder = new ArrayList<>();
    for (Path path : sqlFiles(files)) {
      version(FolderFiles.name(path))
          .ifPresentOrElse(
              version -> found.add(file(version, path)),
              () ->
                  ofFolder.add(
                      Refusal.ofFile(
                          "goose runs none of the folder's files: "
                              + FolderFiles.name(path)
                              + " does not begin with a number above 0 and an underscore",
                          "rename it, or move it out of the folder")));
    }
    for (MigrationFile file : MigrationFolder.doubled(found, NumericVersions.ORDER)) {
      ofFolder.add(
          Refusal.ofFile(
              "goose runs none of the folder's files: duplicate version "
                  + file.version()
                  + " detected, of "
                  + file.fileName(),
              "give it a version of its own"));
    }
    return new MigrationFolder(
        this,
        evidence,
        found.stream()
            .sorted(MigrationFolder.order(NumericVersions.ORDER))
            .map(file -> read(file, files.read(file.path())).refusing(ofFolder))
            .toList(),
        NumericVersions.ORDER,
        false,
        MigrationFolder.ignored(files, found, ".down.sql"));
  }

  private static List<Path> sqlFiles(FolderFiles files) {
    return files.paths().stream().filter(path -> FolderFiles.name(path).endsWith(SQL)).toList();
  }

  /** Returns the number before the first underscore, where it is one of a version. */
  private static Optional<String> version(String name) {
    int underscore = name.indexOf('_');
    try {
      return underscore > 0 && Long.parseLong(name.substring(0, underscore)) > 0
          ? Optional.of(name.substring(0, underscore))
          : Optional.empty();
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  private static MigrationFile file(String version, Path path) {
    String name = FolderFiles.name(path);
    return new MigrationFile(
        version, name.substring(version.length() + 1, name.length() - SQL.length()), path);
  }

  private static Migration read(MigrationFile file, FolderFiles.Content content) {
    if (content.text().isEmpty()) {
      return new Migration(file, content.unreadable());
    }
    SourceText text = content.text().get();
    GooseText parsed = GooseText.of(text);
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

  /** Reads its rows: of a version the newest counts, and 0 is of the table itself. */
  private static Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    Map<String, LedgerFormat.Row> newest = new HashMap<>();
    for (LedgerFormat.Row row : rows) {
      newest.merge(row.version(), row, (a, b) -> number(a) > number(b) ? a : b);
    }
    Set<String> versions = new LinkedHashSet<>();
    newest.forEach(
        (version, row) -> {
          if (!version.equals("0") && row.details().getOrDefault("is_applied", "").equals("true")) {
            versions.add(version);
          }
        });
    return new Applied(table, versions, Map.of());
  }

  private static long number(LedgerFormat.Row row) {
    try {
      return Long.parseLong(row.details().getOrDefault("id", "0"));
    } catch (NumberFormatException another) {
      return 0;
    }
  }

  /** It refuses to run what is older than the newest applied one. */
  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    PendingSet all = PendingSet.notApplied(folder, selection);
    String newest = selection.applied().stream().max(NumericVersions.ORDER).orElse("");
    return all.with(
        migration ->
            all.outOfOrder().contains(migration.version())
                ? migration.refusing(
                    List.of(
                        Refusal.ofFile(
                            "goose refuses to run: found "
                                + all.outOfOrder().size()
                                + " missing migrations before current version "
                                + newest,
                            "give it a version above "
                                + newest
                                + ", or deploy with goose -allow-missing")))
                : migration);
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    GooseText text =
        migration.text().source().map(GooseText::of).orElseGet(() -> GooseText.of(EMPTY));
    Execution recorded =
        EXECUTION
            .with(new Execution.Send.Parts(text.starts()))
            .recordedBy(ledger.map(l -> insert(migration, l)));
    return text.transactional()
        ? recorded
        : recorded.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(
                Optional.of("put each statement on lines of its own")),
            Execution.EndOfFile.TRANSACTION_LOST);
  }

  private static final SourceText EMPTY = SourceText.of("");

  private static String insert(Migration migration, Ledger ledger) {
    return "INSERT INTO "
        + Identifiers.quote(ledger.written())
        + " ("
        + ledger.key().map(key -> Identifiers.quote(key.column()) + ", ").orElse("")
        + "version_id, is_applied)"
        + (ledger.key().isPresent() ? " OVERRIDING SYSTEM VALUE" : "")
        + " VALUES ("
        + ledger.key().map(key -> key.value() + ", ").orElse("")
        + Long.parseLong(migration.version())
        + ", true)";
  }
}
