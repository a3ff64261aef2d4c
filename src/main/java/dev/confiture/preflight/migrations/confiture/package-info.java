/**
 * confiture, and all that only confiture has: its YAML configuration, the sidecars beside its
 * files, the preconditions that they declare, its Python migrations and how their SQL is recorded.
 *
 * <p>Other packages know it by {@link dev.confiture.preflight.migrations.Tool} alone: only the
 * catalogue of tools names its class. Starts no process and talks to no server.
 */
@NullMarked
package dev.confiture.preflight.migrations.confiture;

import org.jspecify.annotations.NullMarked;
