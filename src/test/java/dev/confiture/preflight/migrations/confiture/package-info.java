/** Tools on real folders. */
@NullMarked
package dev.confiture.preflight.migrations.confiture;

import org.jspecify.annotations.NullMarked;
