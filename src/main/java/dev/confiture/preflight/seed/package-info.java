/**
 * Restores a schema into an empty database, and records the restore gaps: what it could not
 * restore.
 *
 * <p>Knows dumps, stub roles and extensions. Must not know the sandbox (it is given a session), and
 * judges nothing: a gap is a fact for the verdict.
 */
@NullMarked
package dev.confiture.preflight.seed;

import org.jspecify.annotations.NullMarked;
