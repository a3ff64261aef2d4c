/**
 * Restores a schema into an empty database, and writes down what could not be restored.
 *
 * <p>Is given a session, not a sandbox. Judges nothing: a gap is a fact for {@code findings}.
 */
@NullMarked
package dev.confiture.preflight.seed;

import org.jspecify.annotations.NullMarked;
