/**
 * Talks to a server as psql does: simple queries, texts sent unchanged, answers returned as values.
 *
 * <p>The only package that knows JDBC and the driver's peculiarities. Must not know why a statement
 * is sent.
 */
@NullMarked
package dev.confiture.preflight.session;

import org.jspecify.annotations.NullMarked;
