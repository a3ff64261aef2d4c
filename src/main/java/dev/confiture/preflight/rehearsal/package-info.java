/**
 * Runs migrations in a database, file by file and statement by statement, and writes down what the
 * server answered and where in the file that is.
 *
 * <p>Observes only: whether a failure is the file's own fault is judged in {@code findings}.
 */
@NullMarked
package dev.confiture.preflight.rehearsal;

import org.jspecify.annotations.NullMarked;
