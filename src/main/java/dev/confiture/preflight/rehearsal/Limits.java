package dev.confiture.preflight.rehearsal;

import java.time.Duration;

/**
 * The time limits of a rehearsal.
 *
 * @param statement the server's {@code statement_timeout}; zero for none
 * @param lock the server's {@code lock_timeout}; zero for none
 * @param total the whole run, from its start to its last migration; zero for none
 */
public record Limits(Duration statement, Duration lock, Duration total) {}
