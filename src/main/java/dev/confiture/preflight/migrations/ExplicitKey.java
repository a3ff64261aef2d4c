package dev.confiture.preflight.migrations;

/**
 * A value of our own for the column of the tracking table that a sequence would number: a rollback
 * does not take a sequence back (manual, 9.17).
 *
 * @param column the column
 * @param value below all that a sequence gives
 */
public record ExplicitKey(String column, long value) {}
