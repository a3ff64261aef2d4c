/** Sessions, on a real server. */
@NullMarked
package dev.confiture.preflight.session;

import org.jspecify.annotations.NullMarked;
