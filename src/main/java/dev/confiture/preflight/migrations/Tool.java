package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.QualifiedName;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a migration tool does, where tools differ: which files are migrations, their order, the
 * session and the transaction they run in, how a file is sent, and what the tool itself refuses.
 */
public interface Tool {

  /** The option's value, for example {@code confiture}. */
  String id();

  /** Whether a folder with these files looks like this tool's. */
  boolean recognises(List<Path> files);

  /** The migrations among the files of the folder, in no order. */
  List<MigrationFile> discover(List<Path> files);

  /** Whether a file that is no migration belongs to one, such as its down file. */
  boolean accompanies(Path file);

  /** Whether a migration can be undone: by a down file beside it, or by what it holds itself. */
  boolean hasDown(MigrationFile file);

  /** Whether the tool demands that every migration can be undone. */
  boolean requiresDown();

  /** What is to be said, a sentence each, of migrations that may be deployed in one go. */
  List<String> warnings(List<MigrationFile> together);

  /** The order of versions, also for {@code --since}. */
  Comparator<String> versionOrder();

  /** The table in which the tool records what it has applied, by its default name. */
  Optional<QualifiedName> trackingTable();

  /** How the tool executes an SQL file that asks for nothing else. */
  Execution execution();

  /**
   * How the tool executes this one.
   *
   * @param ledger where it records the file, if the database has the table
   */
  Execution execution(Migration migration, Optional<Ledger> ledger);

  /** The text as the tool would send it: as long as the file's, so that positions stay. */
  String textToSend(MigrationText.Sql text);

  /**
   * What the tool itself refuses about a file.
   *
   * @param file the file
   * @param text its text
   * @param all every migration file of the folder
   */
  List<Refusal> refusals(MigrationFile file, MigrationText.Sql text, List<MigrationFile> all);

  /** The same about a Python file, and what it executed. */
  List<Refusal> refusals(MigrationFile file, Recording recording, List<MigrationFile> all);

  /** The file beside a migration that says what must be so before it runs, if there is one. */
  Optional<Path> sidecar(MigrationFile file);
}
