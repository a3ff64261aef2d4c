/**
 * The command line: options, exit codes, where the report goes, progress.
 *
 * <p>Knows picocli and the terminal; decides nothing about migrations.
 */
@NullMarked
package dev.confiture.preflight.cli;

import org.jspecify.annotations.NullMarked;
