/**
 * The GitHub edge: a step's inputs become options, a report becomes annotations, a summary, outputs
 * and an exit code.
 *
 * <p>Knows what the runner sets, reads and parses (<a
 * href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">workflow
 * commands</a>). Must not know how a rehearsal is done.
 */
@NullMarked
package dev.confiture.preflight.action;

import org.jspecify.annotations.NullMarked;
