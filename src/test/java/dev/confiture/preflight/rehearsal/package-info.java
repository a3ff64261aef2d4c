/** What the words of files tell the rehearsal; how files run is tested by the golden cases. */
@NullMarked
package dev.confiture.preflight.rehearsal;

import org.jspecify.annotations.NullMarked;
