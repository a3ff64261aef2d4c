/**
 * PostgreSQL's words and libpq's connection strings; only the reserved words are held against a
 * server.
 */
@NullMarked
package dev.confiture.preflight.postgres;

import org.jspecify.annotations.NullMarked;
