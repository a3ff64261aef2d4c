/** Splits and reads SQL as psql and PostgreSQL do; needs no server. */
@NullMarked
package dev.confiture.preflight.sql;

import org.jspecify.annotations.NullMarked;
