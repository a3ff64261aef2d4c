/**
 * Reading of files that a stranger may have written or linked: migrations, sidecars, schemas, lists
 * and configurations of a pull request.
 *
 * <p>Knows where such a file may lie and how large it may be; must not know what is in it.
 */
@NullMarked
package dev.confiture.preflight.files;

import org.jspecify.annotations.NullMarked;
