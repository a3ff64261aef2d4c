/**
 * Runs migrations in a database, first as their tool would and then, where one fails, without what
 * failed, and writes down what the server answered and where in the file that is.
 *
 * <p>Observes only: whether a failure is the file's own fault is judged in {@code verdict}.
 */
@NullMarked
package dev.confiture.preflight.rehearsal;

import org.jspecify.annotations.NullMarked;
