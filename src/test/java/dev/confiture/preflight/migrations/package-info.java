/** Tools on real folders. */
@NullMarked
package dev.confiture.preflight.migrations;

import org.jspecify.annotations.NullMarked;
