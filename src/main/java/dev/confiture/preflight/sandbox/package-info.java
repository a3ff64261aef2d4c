/**
 * Gives migrations a server to run on: one model for the embedded server and external ones.
 *
 * <p>Knows how a database is made, copied, given to the role that migrates, and removed without a
 * trace, and how a server is started; besides {@code source} the only package that starts programs,
 * python3 among them, which runs what it is handed where it can do little harm. Must not know what
 * is restored into the database, nor which migrations run there.
 */
@NullMarked
package dev.confiture.preflight.sandbox;

import org.jspecify.annotations.NullMarked;
