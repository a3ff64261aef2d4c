/** Restores real dumps on a real server. */
@NullMarked
package dev.confiture.preflight.seed;

import org.jspecify.annotations.NullMarked;
