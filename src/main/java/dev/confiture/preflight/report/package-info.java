/**
 * The report model and its writers.
 *
 * <p>Knows how results are shown, to people and to machines. Judges nothing and runs nothing.
 */
@NullMarked
package dev.confiture.preflight.report;

import org.jspecify.annotations.NullMarked;
