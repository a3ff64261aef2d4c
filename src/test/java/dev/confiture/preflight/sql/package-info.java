/** SQL texts in, statements and what they mean out; no server needed. */
@NullMarked
package dev.confiture.preflight.sql;

import org.jspecify.annotations.NullMarked;
