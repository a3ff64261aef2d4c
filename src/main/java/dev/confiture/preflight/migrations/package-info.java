/**
 * The migration files of the project under test: which there are, in which order, which are
 * pending, and what the team's own tool would do with each.
 *
 * <p>Each tool is one class behind {@link dev.confiture.preflight.migrations.Tool}. What is applied
 * may stand in the database that confiture's configuration names, which is read here. A Python file
 * tells its SQL only when it is executed: the modules that then stand in for confiture's are here
 * too, and what they tell is read here. Knows no sandbox and executes nothing.
 */
@NullMarked
package dev.confiture.preflight.migrations;

import org.jspecify.annotations.NullMarked;
