/**
 * Where the schema comes from.
 *
 * <p>Knows files and what a dump says of itself; executes nothing.
 */
@NullMarked
package dev.confiture.preflight.source;

import org.jspecify.annotations.NullMarked;
