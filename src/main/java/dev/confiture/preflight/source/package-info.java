/**
 * Reads the schema: from a file, or from a production database.
 *
 * <p>Knows the formats and comments of dumps, and how production is only read: by one read-only
 * session and pg_dump, in one snapshot, within one limit. No secret leaves this package. Must not
 * know where the schema is restored, or what for.
 */
@NullMarked
package dev.confiture.preflight.source;

import org.jspecify.annotations.NullMarked;
