/**
 * The migrations of the project under test, whatever tool deploys them: which files there are, in
 * which order, what the tool's ledger says is applied, what is pending, and how each is executed.
 *
 * <p>A tool is data behind {@link dev.confiture.preflight.migrations.Tool}; the tools themselves
 * are in {@code migrations.tools}, and nothing here knows one by name. A ledger is read here, from
 * production, from the database that a configuration names or from the seeded one. Knows no sandbox
 * and executes nothing.
 */
@NullMarked
package dev.confiture.preflight.migrations;

import org.jspecify.annotations.NullMarked;
