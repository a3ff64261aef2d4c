/**
 * PostgreSQL's own words: names, kinds of object, SQLSTATEs, errors, versions, connection strings.
 *
 * <p>Knows what the manual calls things. Must not know JDBC, files of the user, or anything of a
 * rehearsal.
 */
@NullMarked
package dev.confiture.preflight.postgres;

import org.jspecify.annotations.NullMarked;
