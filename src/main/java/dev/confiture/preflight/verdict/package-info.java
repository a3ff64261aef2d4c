/**
 * Judges what two runs showed: whose fault a failure is, and what the rehearsal as a whole is
 * worth.
 *
 * <p>Knows what was sent, refused and left out, and the names in it. Must not know a database, a
 * file or a clock, nor read what a message says beyond the names in it.
 */
@NullMarked
package dev.confiture.preflight.verdict;

import org.jspecify.annotations.NullMarked;
