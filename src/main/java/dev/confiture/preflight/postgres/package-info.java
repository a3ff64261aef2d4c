/**
 * PostgreSQL's vocabulary: names, kinds of object, SQLSTATEs, errors, versions, connection strings.
 *
 * <p>Knows the words of the manual. Must not know JDBC, files of the user, or a rehearsal.
 */
@NullMarked
package dev.confiture.preflight.postgres;

import org.jspecify.annotations.NullMarked;
