package dev.confiture.preflight.verdict;

import dev.confiture.preflight.rehearsal.Failure;

/** A further failure of a file, and whose fault it is. */
public record JudgedFailure(Failure failure, Cause cause) {}
