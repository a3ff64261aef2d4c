/**
 * Liquibase, and all that only it has: changelogs that name changelogs, in SQL, XML, YAML and JSON,
 * and its rule to split SQL.
 *
 * <p>Other packages know it by {@link dev.confiture.preflight.migrations.Tool} alone: only the
 * catalogue of tools names its class. Starts no process and talks to no server.
 */
@NullMarked
package dev.confiture.preflight.migrations.liquibase;

import org.jspecify.annotations.NullMarked;
