/** The action as the runner sees it, with real files and a real server. */
@NullMarked
package dev.confiture.preflight.action;

import org.jspecify.annotations.NullMarked;
