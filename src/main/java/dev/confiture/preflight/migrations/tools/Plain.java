package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.NumericVersions;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Piece.MetaCommand;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A loop over {@code psql}: files named {@code <version>_<name>.sql}, a session and a transaction a
 * file, versions compared as numbers, no ledger.
 */
public final class Plain implements Tool {

  private static final String SQL = ".sql";
  private static final String DOWN = ".down.sql";

  /** In a transaction, as {@code psql -1} has it; without one where a statement refuses that. */
  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.Statements(),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.WholeFile(),
          Execution.Carry.NEW_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.IGNORED);

  /** psql variables that change how it stops at an error (the rehearsal does), or what it shows. */
  private static final Set<String> HARMLESS_VARIABLES =
      Set.of("ON_ERROR_STOP", "VERBOSITY", "SHOW_CONTEXT", "ECHO", "QUIET");

  @Override
  public String id() {
    return "plain";
  }

  @Override
  public Description description() {
    return new Description(
        "psql 15",
        "<number>_<name>.sql",
        "by number",
        "none: what needs no transaction is sent without one",
        "older ones are run",
        "a loop that does anything else but psql -f");
  }

  @Override
  public Detection detect(FolderFiles files) {
    return discover(files).isEmpty()
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
            .map(file -> read(file, files.read(file.path())))
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

  private static Migration read(MigrationFile file, FolderFiles.Content content) {
    Optional<Script> script = content.text().map(Script::of);
    String name = FolderFiles.name(file.path());
    String down = name.substring(0, name.length() - SQL.length()) + DOWN;
    return new Migration(
        file,
        script.<MigrationText>map(MigrationText.Sql::new).orElse(content.unreadable()),
        content.sha256(),
        Files.exists(file.path().resolveSibling(down)),
        script.map(Plain::refusals).orElse(List.of()),
        List.of(),
        List.of());
  }

  /** Refuses what psql refuses, and psql's own commands, except those that only show something. */
  private static List<Refusal> refusals(Script script) {
    List<Refusal> refusals = new ArrayList<>();
    Optional<String> restricted = Optional.empty();
    for (Piece piece : script.pieces()) {
      if (piece instanceof MetaCommand command) {
        PsqlCommand line = new PsqlCommand(script.source(), command);
        Optional<String> refused =
            restricted.isPresent()
                ? restricted.flatMap(key -> whileRestricted(command, line, key))
                : line.refusal();
        if (refused.isPresent()) {
          refusals.add(
              refusal(
                  Refusal.Stage.TEXT,
                  command,
                  "psql refuses \\" + command.name() + ": " + refused.get(),
                  "psql reads all of the line as this command's: begin SQL on a line of its own"));
        } else if (!isHarmless(command, line)) {
          refusals.add(
              refusal(
                  Refusal.Stage.NOT_REHEARSABLE,
                  command,
                  "\\" + command.name() + " needs psql, which the rehearsal does not use",
                  command.name().equals(";")
                      ? "\\; sends two statements as one message: end each with a semicolon alone"
                      : "write it in SQL where that is possible"));
        }
        if (refused.isEmpty() && command.name().equals("restrict")) {
          restricted = line.arguments().stream().findFirst();
        } else if (refused.isEmpty() && command.name().equals("unrestrict")) {
          restricted = Optional.empty();
        }
      }
    }
    return refusals;
  }

  private static Refusal refusal(
      Refusal.Stage stage, MetaCommand command, String message, String hint) {
    return new Refusal(
        stage,
        command.start(),
        command.start() + 1 + command.name().length(),
        message,
        Optional.of(hint));
  }

  /** Returns why psql refuses a command between {@code \restrict} and its end. */
  private static Optional<String> whileRestricted(
      MetaCommand command, PsqlCommand line, String key) {
    if (!command.name().equals("unrestrict")) {
      return Optional.of("backslash commands are restricted; only \\unrestrict is allowed");
    }
    return line.refusal()
        .or(
            () ->
                line.arguments().getFirst().equals(key)
                    ? Optional.empty()
                    : Optional.of("\\unrestrict: wrong key"));
  }

  private static boolean isHarmless(MetaCommand command, PsqlCommand line) {
    return command.name().equals("set")
        ? line.arguments().stream().findFirst().filter(HARMLESS_VARIABLES::contains).isPresent()
        : command.isWithoutEffect();
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.empty();
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    return migration.text().statements().stream().anyMatch(Plain::isBoundary)
        ? EXECUTION.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(Optional.empty()),
            Execution.EndOfFile.TRANSACTION_LOST)
        : EXECUTION;
  }

  private static boolean isBoundary(Statement statement) {
    return TransactionControl.of(statement).filter(TransactionControl::isBoundary).isPresent();
  }
}
