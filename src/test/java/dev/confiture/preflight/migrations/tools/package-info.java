/** Tools on real folders. */
@NullMarked
package dev.confiture.preflight.migrations.tools;

import org.jspecify.annotations.NullMarked;
