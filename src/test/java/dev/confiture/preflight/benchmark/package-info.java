/** Measures the program against psql doing the same work in the same run. */
@NullMarked
package dev.confiture.preflight.benchmark;

import org.jspecify.annotations.NullMarked;
