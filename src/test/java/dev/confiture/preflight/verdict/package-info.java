/** The judge, on observations made by hand. */
@NullMarked
package dev.confiture.preflight.verdict;

import org.jspecify.annotations.NullMarked;
