/**
 * Where migrations run: a PostgreSQL server of our own, or one that the user names.
 *
 * <p>Knows how a database is made, copied, handed to the role that migrates, and removed without a
 * trace; the only package besides {@code source} that starts programs, python3 among them, which
 * runs what it is handed where it can do little harm. Must not know what is restored into the
 * database, nor which migrations run there.
 */
@NullMarked
package dev.confiture.preflight.sandbox;

import org.jspecify.annotations.NullMarked;
