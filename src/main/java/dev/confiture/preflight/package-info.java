/**
 * Rehearses pending migrations on production's real schema.
 *
 * <p>{@link dev.confiture.preflight.Preflight} is the list of the steps: take the schema from its
 * {@code source}, {@code seed} it into a {@code sandbox}, find the pending {@code migrations},
 * split them ({@code sql}), run them ({@code rehearsal}), judge what was observed ({@code
 * verdict}), {@code report}. Beneath them, {@code session} speaks to servers, {@code process} owns
 * child processes, {@code postgres} holds PostgreSQL's own words, {@code files} reads what a
 * stranger may have written, and {@code problem} says why a rehearsal could not be done. The edges,
 * {@code cli} and {@code action}, read their options from {@link dev.confiture.preflight.Option}
 * and call this package, never the other way round. Imports point down that list only.
 */
@NullMarked
package dev.confiture.preflight;

import org.jspecify.annotations.NullMarked;
