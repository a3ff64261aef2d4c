package dev.confiture.preflight.migrations;

import dev.confiture.preflight.process.PythonProgram;
import dev.confiture.preflight.process.PythonRun;

/**
 * Records the SQL of a migration that is a Python file, by executing the file without a database.
 */
public interface Recorder {

  /** Returns the program that executes the file and reports what it would send. */
  PythonProgram program();

  /**
   * Returns the migration with the SQL that was reported.
   *
   * @param migration the migration as the folder has it
   * @param run what the program reported, and how it ended
   */
  Migration recorded(Migration migration, PythonRun run);
}
