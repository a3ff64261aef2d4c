/**
 * One connection, spoken to as psql would: simple queries, texts as they are, answers as values.
 *
 * <p>The only package that knows JDBC and the driver's peculiarities. Must not know why a statement
 * is sent.
 */
@NullMarked
package dev.confiture.preflight.session;

import org.jspecify.annotations.NullMarked;
