package dev.confiture.preflight.findings;

import dev.confiture.preflight.rehearsal.RehearsedMigration;

/** A migration with its outcome. */
public record JudgedMigration(RehearsedMigration rehearsed, Outcome outcome) {}
