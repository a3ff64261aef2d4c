/**
 * Runs the team's own command on a clone, and records from the server's log what each of its
 * migrations sends: for migrations that are code, which only their framework can run.
 *
 * <p>Knows frameworks by data ({@link dev.confiture.preflight.recording.Framework}), the server's
 * log, and how a migration that failed is passed by. What it gives is a folder of migrations whose
 * SQL is known, which is then rehearsed like one of SQL files. It must not know what a failure
 * means, nor how anything is printed.
 */
@NullMarked
package dev.confiture.preflight.recording;

import org.jspecify.annotations.NullMarked;
