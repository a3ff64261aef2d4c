/**
 * Starts programs, and cleans up at the end of this process.
 *
 * <p>Knows how a program is started without this process's environment, and what is done when this
 * process is told to end. Must not know what the programs are for.
 */
@NullMarked
package dev.confiture.preflight.process;

import org.jspecify.annotations.NullMarked;
