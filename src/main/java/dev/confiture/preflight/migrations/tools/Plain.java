package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.NumericVersions;
import dev.confiture.preflight.migrations.ReadText;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A loop over {@code psql}: files named {@code <version>_<name>.sql}, a session and a transaction a
 * file, versions compared as numbers, no ledger.
 */
public final class Plain implements Tool {

  private static final String SQL = ".sql";
  private static final String DOWN = ".down.sql";

  /** In a transaction; without one where a statement refuses that. */
  private static final Execution EITHER =
      new Execution(
          new Execution.Send.Statements(),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.WholeFile(),
          Execution.Carry.NEW_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.IGNORED);

  /** In a transaction, whatever the file holds. */
  private static final Execution SINGLE =
      EITHER.with(
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.Never(
              Optional.of("run the file without -1: psql sends each statement by itself then")),
          Execution.EndOfFile.TOOL_COMMITS);

  /** Each statement by itself. */
  private static final Execution AUTOCOMMIT =
      EITHER.with(
          Execution.Scope.NONE,
          new Execution.OutsideTransaction.Never(Optional.empty()),
          Execution.EndOfFile.TRANSACTION_LOST);

  private final Mode mode;

  /** The ways in which a loop may call psql. */
  private enum Mode {
    /** It is not known: in a transaction what may run in one. */
    EITHER("plain"),
    /** {@code psql -1 -f}. */
    SINGLE_TRANSACTION("psql-single"),
    /** {@code psql -f}. */
    AUTOCOMMIT("psql");

    private final String id;

    Mode(String id) {
      this.id = id;
    }
  }

  /** Makes a loop that runs in a transaction what may run in one. */
  public Plain() {
    this(Mode.EITHER);
  }

  private Plain(Mode mode) {
    this.mode = mode;
  }

  /** Returns a loop over {@code psql -1 -f}. */
  static Plain singleTransactions() {
    return new Plain(Mode.SINGLE_TRANSACTION);
  }

  /** Returns a loop over {@code psql -f}. */
  static Plain autocommit() {
    return new Plain(Mode.AUTOCOMMIT);
  }

  @Override
  public String id() {
    return mode.id;
  }

  @Override
  public Description description() {
    return new Description(
        "psql 15",
        "<number>_<name>.sql",
        "by number",
        switch (mode) {
          case EITHER -> "none: what needs no transaction is sent without one";
          case SINGLE_TRANSACTION -> "none: psql -1 opens one around each file";
          case AUTOCOMMIT -> "none: each statement is sent by itself, but for the file's own BEGIN";
        },
        "older ones are run",
        "a loop that does anything else but psql "
            + (mode == Mode.SINGLE_TRANSACTION ? "-1 -f" : "-f"));
  }

  @Override
  public Detection detect(FolderFiles files) {
    return mode != Mode.EITHER || discover(files).isEmpty()
        ? new Detection.Nothing()
        : new Detection.Names("numbered .sql files");
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<MigrationFile> found = discover(files);
    return new MigrationFolder(
        this,
        evidence,
        found.stream()
            .sorted(MigrationFolder.order(NumericVersions.ORDER))
            .map(file -> read(file, files, told.placeholders()))
            .toList(),
        NumericVersions.ORDER,
        false,
        MigrationFolder.ignored(files, found, DOWN));
  }

  private static List<MigrationFile> discover(FolderFiles files) {
    List<MigrationFile> migrations = new ArrayList<>();
    for (Path path : files.paths()) {
      String name = FolderFiles.name(path);
      int underscore = name.indexOf('_');
      if (name.endsWith(SQL)
          && !name.endsWith(DOWN)
          && underscore > 0
          && NumericVersions.isVersion(name.substring(0, underscore))) {
        String title = name.substring(underscore + 1, name.length() - SQL.length());
        migrations.add(new MigrationFile(name.substring(0, underscore), title, path));
      }
    }
    return migrations;
  }

  private static Migration read(
      MigrationFile file, FolderFiles files, Map<String, String> placeholders) {
    FolderFiles.Content content = files.read(file.path());
    String name = FolderFiles.name(file.path());
    String down = name.substring(0, name.length() - SQL.length()) + DOWN;
    boolean reversible = Files.exists(file.path().resolveSibling(down));
    if (content.text().isEmpty()) {
      return new Migration(
          file,
          content.unreadable(),
          content.sha256(),
          reversible,
          List.of(),
          List.of(),
          List.of());
    }
    ReadText read =
        PsqlScript.read(
            files, PsqlScript.anywhere(files), file.path(), content.text().get(), placeholders);
    return new Migration(
        file, read.text(), content.sha256(), reversible, read.refusals(), List.of(), read.notes());
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.empty();
  }

  @Override
  public Execution execution() {
    return switch (mode) {
      case EITHER -> EITHER;
      case SINGLE_TRANSACTION -> SINGLE;
      case AUTOCOMMIT -> AUTOCOMMIT;
    };
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    return mode == Mode.EITHER && migration.text().statements().stream().anyMatch(Plain::isBoundary)
        ? AUTOCOMMIT
        : execution();
  }

  private static boolean isBoundary(Statement statement) {
    return TransactionControl.of(statement).filter(TransactionControl::isBoundary).isPresent();
  }
}
