/** Runs real migration tools, to compare how they end with how a rehearsal says that they do. */
@NullMarked
package dev.confiture.preflight.live;

import org.jspecify.annotations.NullMarked;
