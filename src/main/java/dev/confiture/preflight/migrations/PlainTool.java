package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.MetaCommand;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code <version>_<name>.sql}, run as {@code psql -f} would, a new session and a transaction a
 * file, versions compared as numbers.
 */
final class PlainTool implements Tool {

  private static final String SQL = ".sql";
  private static final String DOWN = ".down.sql";

  /** In a transaction, as {@code psql -1} has it; without one where a statement refuses that. */
  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.Statements(),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.WholeFile(),
          Execution.Carry.NEW_SESSION,
          Optional.empty(),
          Execution.EndOfFile.TOOL_COMMITS);

  /** psql variables that change how it stops at an error (the rehearsal does), or what it shows. */
  private static final Set<String> HARMLESS_VARIABLES =
      Set.of("ON_ERROR_STOP", "VERBOSITY", "SHOW_CONTEXT", "ECHO", "QUIET");

  @Override
  public String id() {
    return "plain";
  }

  @Override
  public boolean recognises(List<Path> files) {
    return !discover(files).isEmpty();
  }

  @Override
  public List<MigrationFile> discover(List<Path> files) {
    List<MigrationFile> migrations = new ArrayList<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      int underscore = name.indexOf('_');
      if (name.endsWith(SQL)
          && !name.endsWith(DOWN)
          && underscore > 0
          && NumericVersions.isVersion(name.substring(0, underscore))) {
        String title = name.substring(underscore + 1, name.length() - SQL.length());
        migrations.add(new MigrationFile(name.substring(0, underscore), title, file));
      }
    }
    return migrations;
  }

  @Override
  public boolean accompanies(Path file) {
    return String.valueOf(file.getFileName()).endsWith(DOWN);
  }

  @Override
  public boolean hasDown(MigrationFile file) {
    String name = String.valueOf(file.path().getFileName());
    String base = name.substring(0, name.length() - SQL.length());
    return Files.exists(file.path().resolveSibling(base + DOWN));
  }

  @Override
  public boolean requiresDown() {
    return false;
  }

  @Override
  public List<String> warnings(List<MigrationFile> together) {
    return List.of();
  }

  @Override
  public Comparator<String> versionOrder() {
    return NumericVersions.ORDER;
  }

  @Override
  public Optional<QualifiedName> trackingTable() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> sidecar(MigrationFile file) {
    return Optional.empty();
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    return migration.text().statements().stream().anyMatch(PlainTool::isBoundary)
        ? EXECUTION.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(),
            Execution.EndOfFile.TRANSACTION_LOST)
        : EXECUTION;
  }

  private static boolean isBoundary(Statement statement) {
    return TransactionControl.of(statement).filter(TransactionControl::isBoundary).isPresent();
  }

  @Override
  public String textToSend(MigrationText.Sql text) {
    return text.script().source().text();
  }

  @Override
  public List<Refusal> refusals(
      MigrationFile file, MigrationText.Sql text, List<MigrationFile> all) {
    List<Refusal> refusals = new ArrayList<>();
    for (Piece piece : text.script().pieces()) {
      if (piece instanceof MetaCommand command && !isHarmless(text, command)) {
        refusals.add(
            new Refusal(
                Refusal.Stage.NOT_REHEARSABLE,
                command.start(),
                command.start() + 1 + command.name().length(),
                "\\" + command.name() + " needs psql, which the rehearsal does not use",
                Optional.of("write it in SQL where that is possible")));
      }
    }
    return refusals;
  }

  @Override
  public List<Refusal> refusals(MigrationFile file, Recording recording, List<MigrationFile> all) {
    return List.of(); // It has no Python files.
  }

  private static boolean isHarmless(MigrationText.Sql text, MetaCommand command) {
    if (!command.name().equals("set")) {
      return command.isWithoutEffect();
    }
    String arguments =
        text.script().source().substring(command.start() + "\\set".length(), command.end()).strip();
    return HARMLESS_VARIABLES.stream().anyMatch(arguments::startsWith);
  }
}
