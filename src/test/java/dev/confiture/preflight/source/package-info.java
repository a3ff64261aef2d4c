/** Reads schema files as users have them. */
@NullMarked
package dev.confiture.preflight.source;

import org.jspecify.annotations.NullMarked;
