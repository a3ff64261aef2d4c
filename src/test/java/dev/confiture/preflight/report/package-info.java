/** Reports on runs that are made up by hand. */
@NullMarked
package dev.confiture.preflight.report;

import org.jspecify.annotations.NullMarked;
