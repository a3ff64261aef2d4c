/**
 * The GitHub edge: a step's inputs become options, a report becomes annotations, a summary, outputs
 * and an exit code.
 *
 * <p>Knows what the runner sets, reads and parses (docs.github.com, "Workflow commands for GitHub
 * Actions" and "Metadata syntax"). Must not know how a rehearsal is done.
 */
@NullMarked
package dev.confiture.preflight.action;

import org.jspecify.annotations.NullMarked;
