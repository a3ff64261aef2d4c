/**
 * The report model and its writers.
 *
 * <p>Knows how results are shown, to people and to machines. Judges nothing, runs nothing, and
 * looks at no SQL: what a statement means is a fact of the model by then. A new form of the report
 * is a class here that reads {@link dev.confiture.preflight.report.Report}.
 */
@NullMarked
package dev.confiture.preflight.report;

import org.jspecify.annotations.NullMarked;
