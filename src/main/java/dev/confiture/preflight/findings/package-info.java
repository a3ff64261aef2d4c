/**
 * Judges what was observed: whose fault a failure is, and what the run as a whole is worth.
 *
 * <p>Pure functions: observation in, finding out. No database, no file, no clock.
 */
@NullMarked
package dev.confiture.preflight.findings;

import org.jspecify.annotations.NullMarked;
