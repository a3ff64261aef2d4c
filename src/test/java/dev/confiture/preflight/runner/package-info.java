/**
 * The runner's own rules for what a step prints and writes, as far as a step can tell
 * (actions/runner: ActionCommand.cs, ActionCommandManager.cs, FileCommandManager.cs).
 */
@NullMarked
package dev.confiture.preflight.runner;

import org.jspecify.annotations.NullMarked;
