/** The image as the runner starts it, with service containers, on a real container engine. */
@NullMarked
package dev.confiture.preflight.container;

import org.jspecify.annotations.NullMarked;
