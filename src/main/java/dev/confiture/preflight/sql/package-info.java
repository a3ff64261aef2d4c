/**
 * Reads SQL as text: source, tokens, statements, and what a statement's words tell without a
 * server.
 *
 * <p>Offsets are code points, from 0; lines and columns are for the edges. Must not know a server,
 * and never throws over bad SQL: the server tells what is wrong with it.
 */
@NullMarked
package dev.confiture.preflight.sql;

import org.jspecify.annotations.NullMarked;
