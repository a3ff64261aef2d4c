/**
 * The problems for which a rehearsal cannot be done, each with a message and a hint; and words that
 * messages share.
 *
 * <p>A migration that fails is a result and no problem. Must not know the other packages.
 */
@NullMarked
package dev.confiture.preflight.problem;

import org.jspecify.annotations.NullMarked;
