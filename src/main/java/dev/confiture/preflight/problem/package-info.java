/**
 * The reasons why a rehearsal could not be done.
 *
 * <p>A migration that fails is a result and never comes here. Knows nothing of the other packages.
 */
@NullMarked
package dev.confiture.preflight.problem;

import org.jspecify.annotations.NullMarked;
