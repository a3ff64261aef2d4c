/** The judge, on observations made by hand. */
@NullMarked
package dev.confiture.preflight.findings;

import org.jspecify.annotations.NullMarked;
