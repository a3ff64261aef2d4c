/**
 * The tools that deploy migrations: one class a tool, the catalogue of them, and the choice among
 * them for a folder.
 *
 * <p>A tool's class is data and small rules behind {@link dev.confiture.preflight.migrations.Tool};
 * what confiture has besides is in a package of its own. Talks to no server.
 */
@NullMarked
package dev.confiture.preflight.migrations.tools;

import org.jspecify.annotations.NullMarked;
