/** PostgreSQL's words and libpq's connection strings; needs no server. */
@NullMarked
package dev.confiture.preflight.postgres;

import org.jspecify.annotations.NullMarked;
