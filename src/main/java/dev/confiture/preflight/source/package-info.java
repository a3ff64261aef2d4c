/**
 * Where the schema comes from.
 *
 * <p>Knows files and what a dump says of itself; and how to read a production database so that it
 * is only read: one session, one snapshot, pg_dump as a program of its own, all within a limit. No
 * secret leaves this package. Restores nothing.
 */
@NullMarked
package dev.confiture.preflight.source;

import org.jspecify.annotations.NullMarked;
