package dev.confiture.preflight.verdict;

import dev.confiture.preflight.rehearsal.Failure;

/** A further failure of a file, with its cause. */
public record JudgedFailure(Failure failure, Cause cause) {}
