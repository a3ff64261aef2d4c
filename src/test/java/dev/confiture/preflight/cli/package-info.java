/** The command line with its streams captured. */
@NullMarked
package dev.confiture.preflight.cli;

import org.jspecify.annotations.NullMarked;
