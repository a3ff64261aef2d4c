@NullMarked
package dev.confiture.preflight.files;

import org.jspecify.annotations.NullMarked;
