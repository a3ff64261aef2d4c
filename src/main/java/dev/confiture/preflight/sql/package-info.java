/**
 * SQL as text: source, tokens, statements, and what a statement's words tell without a server.
 *
 * <p>Offsets are code points, from 0; lines and columns only at the edge. Knows no server and never
 * throws over bad SQL: what is wrong with it is the server's to say.
 */
@NullMarked
package dev.confiture.preflight.sql;

import org.jspecify.annotations.NullMarked;
